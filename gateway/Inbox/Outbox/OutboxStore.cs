using MailInbox.Inbox.Conversations;
using MailInbox.Inbox.RawMail;
using MailInbox.Inbox.Storage;

namespace MailInbox.Inbox.Outbox;

/// <summary>A message in the queue.</summary>
internal sealed record OutgoingMail
{
    public long Id { get; init; }

    public long MessageId { get; init; }

    public long ConversationId { get; init; }

    public string Inbox { get; init; } = "";

    public long RawId { get; init; }

    public string EnvelopeFrom { get; init; } = "";

    public int Attempts { get; init; }

    public DateTimeOffset QueuedAt { get; init; }
}

/// <summary>What an attempt gave for one recipient.</summary>
internal sealed record Outcome(string Address, DeliveryState State, string Reply);

/// <summary>How many outgoing messages stand where.</summary>
public sealed record OutboxCounts(long Queued, long Sent, long Deferred, long Failed);

/// <summary>The queue of outgoing mail: an entry lives until each of its recipients has a final state.</summary>
public sealed class OutboxStore(Database inbox)
{
    /// <summary>How many messages were sent, wait for their first or a further attempt, or failed for a recipient.</summary>
    public OutboxCounts Counts() => inbox.Read(r => new OutboxCounts(
        Queued(r),
        r.First<long>("SELECT count(*) FROM outgoing WHERE state = 'done' AND NOT EXISTS (SELECT 1 FROM delivery d WHERE d.message_id = outgoing.message_id AND d.state = 'failed')"),
        r.First<long>("SELECT count(*) FROM outgoing WHERE state = 'waiting' AND attempts > 0"),
        r.First<long>("SELECT count(*) FROM outgoing WHERE state = 'done' AND EXISTS (SELECT 1 FROM delivery d WHERE d.message_id = outgoing.message_id AND d.state = 'failed')")));

    /// <summary>How many messages wait for their first attempt; quick, however many were sent.</summary>
    public long Queued() => inbox.Read(Queued);

    /// <summary>At start: erases composed bytes whose transaction never came, because the process ended between the two. Returns how many.</summary>
    public async Task<int> SweepUnsent(RawMailStore raw)
    {
        IReadOnlyList<long> kept = raw.Outgoing();
        List<long> unused = inbox.Read(r => kept.Where(id => r.First<long>("SELECT count(*) FROM message WHERE raw_id = @id", new { id }) == 0).ToList());
        foreach (long id in unused)
        {
            await raw.Erase(id);
        }

        return unused.Count;
    }

    /// <summary>Queues a message for its recipients, due at once.</summary>
    internal static void Enqueue(Transaction t, Message message, string envelopeFrom, IReadOnlyList<string> recipients)
    {
        t.Execute(
            """
            INSERT INTO outgoing (message_id, conversation_id, inbox, raw_id, envelope_from, state, attempts, queued_at, next_at)
            VALUES (@Id, @ConversationId, @Inbox, @RawId, @envelopeFrom, 'waiting', 0, @now, @now)
            """,
            new { message.Id, message.ConversationId, message.Inbox, message.RawId, envelopeFrom, now = t.Now });
        foreach (string address in recipients)
        {
            t.Execute(
                "INSERT INTO delivery (message_id, address, state, reply, at) VALUES (@Id, @address, 'queued', '', @now) ON CONFLICT DO NOTHING",
                new { message.Id, address, now = t.Now });
        }
    }

    /// <summary>Messages of these inboxes whose time has come, oldest first.</summary>
    internal IReadOnlyList<OutgoingMail> Due(IReadOnlyList<string> inboxes, DateTimeOffset now, int limit) => inbox.Read(r => r.All<OutgoingMail>(
        $"SELECT * FROM outgoing WHERE state = 'waiting' AND next_at <= @now AND {r.Dialect.In("inbox", "@inboxes")} ORDER BY next_at, id LIMIT @limit",
        new { now, limit, inboxes = Snapshot.List(inboxes) }));

    /// <summary>
    /// Notes the attempt and the time of the next one before the host is called: whatever happens in between, a crash included,
    /// does not try at once again. Returns the recipients that still need it.
    /// </summary>
    internal Task<IReadOnlyList<string>> Claim(OutgoingMail mail, DateTimeOffset next) => inbox.Write(t =>
    {
        t.Execute("UPDATE outgoing SET attempts = attempts + 1, next_at = @next WHERE id = @Id", new { mail.Id, next });
        return t.All<string>("SELECT address FROM delivery WHERE message_id = @MessageId AND (state = 'queued' OR next_at IS NOT NULL) ORDER BY address", new { mail.MessageId });
    });

    /// <summary>Records what an attempt gave and ends the entry when no recipient is left.</summary>
    internal static void Record(Transaction t, OutgoingMail mail, IReadOnlyList<Outcome> outcomes, DateTimeOffset next)
    {
        foreach (Outcome outcome in outcomes)
        {
            // A report can be quicker than the end of the attempt it speaks of.
            bool again = outcome.State == DeliveryState.Deferred || (outcome.State == DeliveryState.Uncertain && !Was(t, mail, outcome));
            t.Execute(
                "UPDATE delivery SET state = @State, reply = @Reply, at = @now, next_at = @next WHERE message_id = @MessageId AND address = @Address AND state <> 'bounced'",
                new { outcome.State, outcome.Reply, now = t.Now, next = again ? next : (DateTimeOffset?)null, mail.MessageId, outcome.Address });
        }

        bool open = t.First<long>("SELECT count(*) FROM delivery WHERE message_id = @MessageId AND next_at IS NOT NULL", new { mail.MessageId }) > 0;
        t.Execute(
            "UPDATE outgoing SET state = @state, next_at = @next WHERE id = @Id",
            new { mail.Id, next, state = open ? "waiting" : "done" });
    }

    private static long Queued(Snapshot reader) => reader.First<long>("SELECT count(*) FROM outgoing WHERE state = 'waiting' AND attempts = 0");

    /// <summary>Whether the attempt before ended in the same way: an uncertain message is sent once more, not for ever.</summary>
    private static bool Was(Transaction t, OutgoingMail mail, Outcome outcome) => t.First<long>(
        "SELECT 1 FROM delivery WHERE message_id = @MessageId AND address = @Address AND state = @State",
        new { mail.MessageId, outcome.Address, outcome.State }) == 1;
}
