using MailInbox.Inbox.RawMail;
using MailInbox.Inbox.Storage;
using MailInbox.Inbox.Team;
using Microsoft.Extensions.Logging;

namespace MailInbox.Inbox.Conversations;

/// <summary>
/// Deletes for ever. First inbox.db forgets the conversation and notes which raw bytes must go, then mail.db erases them:
/// a crash between the two is made good at the next start. The digest and the ledger stay, so that the mail does not come back.
/// </summary>
public sealed class Erasure(Database inbox, RawMailStore raw, ILogger<Erasure> logger)
{
    /// <summary>Conversations in one piece of the writer.</summary>
    private const int Slice = 20;

    private static readonly Actor Gone = new(null, "Trash");
    private static readonly string[] Tables = ["reference", "participant", "event", "reading", "outgoing"];

    /// <summary>Removes messages, attachments and raw bytes of conversations whose time in the trash is over. Returns how many.</summary>
    public async Task<int> DeleteDue(DateTimeOffset now, CancellationToken cancel)
    {
        int deleted = 0;
        IReadOnlyList<long> due = inbox.Read(r => r.All<long>("SELECT id FROM conversation WHERE delete_at <= @now AND disposition = 'trash' ORDER BY delete_at, id", new { now }));
        foreach (long[] slice in due.Chunk(Slice))
        {
            deleted += await inbox.Write(t => Delete(t, slice, now)).WaitAsync(cancel);
        }

        await Purge(cancel);
        return deleted;
    }

    /// <summary>Erases the raw bytes that are noted; also at start, for what a crash left.</summary>
    public async Task Purge(CancellationToken cancel)
    {
        int erased = 0;
        foreach (long id in inbox.Read(r => r.All<long>("SELECT raw_id FROM purge")))
        {
            cancel.ThrowIfCancellationRequested();
            if (raw.Find(id) is { State: RawState.Waiting })
            {
                // Another inbox that it is for has yet to get it.
                continue;
            }

            if (!inbox.Read(r => Needed(r, id)))
            {
                await raw.Erase(id);
                erased++;
            }

            await inbox.Write(t => t.Execute("DELETE FROM purge WHERE raw_id = @id", new { id }));
        }

        if (erased > 0)
        {
            await raw.Shrink();
            await inbox.Shrink();
            logger.LogInformation("Erased the bytes of {Count} mails", erased);
        }
    }

    /// <summary>Notes that the bytes of a mail must go, unless somebody needs them.</summary>
    internal static void Order(Transaction t, long rawId) => t.Execute("INSERT INTO purge (raw_id) VALUES (@rawId) ON CONFLICT DO NOTHING", new { rawId });

    private static bool Needed(Snapshot reader, long rawId) => reader.First<long>(
        "SELECT 1 WHERE EXISTS (SELECT 1 FROM message WHERE raw_id = @rawId) OR EXISTS (SELECT 1 FROM filing WHERE raw_id = @rawId AND outcome = 'quarantined')",
        new { rawId }) == 1;

    // Looks again inside the transaction: an answer may have brought it back meanwhile.
    private static int Delete(Transaction t, IReadOnlyList<long> ids, DateTimeOffset now)
    {
        IReadOnlyList<Conversation> gone = [.. ConversationStore.Find(t, ids).Where(c => c.Disposition == Disposition.Trash && c.DeleteAt <= now)];
        foreach (Conversation c in gone)
        {
            Forget(t, c.Id);
            AuditLog.Add(t, Gone, "deleted", $"#{c.Id} of {c.Inbox}");
            t.Touch(c.Inbox, c.Id);
        }

        return gone.Count;
    }

    private static void Forget(Transaction t, long id)
    {
        // Duplicates say the same: their bytes go with it.
        t.Execute(
            """
            INSERT INTO purge (raw_id) SELECT raw_id FROM message WHERE conversation_id = @id
                UNION SELECT raw_id FROM filing WHERE conversation_id = @id ON CONFLICT DO NOTHING
            """,
            new { id });
        t.Execute("UPDATE digest SET message_id = NULL WHERE message_id IN (SELECT id FROM message WHERE conversation_id = @id)", new { id });
        t.Execute("DELETE FROM attachment WHERE message_id IN (SELECT id FROM message WHERE conversation_id = @id)", new { id });
        t.Execute("DELETE FROM delivery WHERE message_id IN (SELECT id FROM message WHERE conversation_id = @id)", new { id });
        foreach (string table in Tables)
        {
            t.Execute($"DELETE FROM {table} WHERE conversation_id = @id", new { id });
        }

        t.Execute("UPDATE filing SET reason = 'deleted for ever', message_id = '' WHERE conversation_id = @id", new { id });
        t.Execute("UPDATE conversation SET linked_id = NULL WHERE linked_id = @id", new { id });
        t.Execute("DELETE FROM message WHERE conversation_id = @id", new { id });
        t.Execute("DELETE FROM conversation WHERE id = @id", new { id });
    }
}
