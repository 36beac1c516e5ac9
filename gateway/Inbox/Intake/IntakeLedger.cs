using MailInbox.Inbox.Storage;

namespace MailInbox.Inbox.Intake;

/// <summary>What became of a raw mail in one inbox.</summary>
public enum FilingOutcome
{
    Filed,

    /// <summary>The same message is there already.</summary>
    Duplicate,

    /// <summary>Could not be filed; it waits for a person (<see cref="Quarantine"/>).</summary>
    Quarantined,
}

/// <summary>A row of the ledger.</summary>
public sealed record Filing
{
    public long RawId { get; init; }

    public string Inbox { get; init; } = "";

    public FilingOutcome Outcome { get; init; }

    public string Reason { get; init; } = "";

    /// <summary>Message-ID of the mail; empty when it had none or was not read.</summary>
    public string MessageId { get; init; } = "";

    public long? ConversationId { get; init; }

    public DateTimeOffset At { get; init; }
}

/// <summary>One row for each raw mail and inbox, written in the transaction that files it: that is what makes filing happen exactly once.</summary>
public sealed class IntakeLedger(Database inbox)
{
    public IReadOnlyList<Filing> Of(long rawId) => inbox.Read(r => r.All<Filing>("SELECT * FROM filing WHERE raw_id = @rawId ORDER BY inbox", new { rawId }));

    /// <summary>How many filings had each outcome.</summary>
    public IReadOnlyDictionary<FilingOutcome, long> Counts() => inbox.Read(r =>
        Enum.GetValues<FilingOutcome>().ToDictionary(o => o, o => r.First<long>("SELECT count(*) FROM filing WHERE outcome = @o", new { o })));

    /// <summary>Whether nothing is left to do for it; what stands in quarantine may be tried again.</summary>
    internal static bool Settled(Snapshot reader, long rawId, string inboxKey) => reader.First<long>(
        "SELECT 1 FROM filing WHERE raw_id = @rawId AND inbox = @inboxKey AND outcome <> 'quarantined'", new { rawId, inboxKey }) == 1;

    /// <summary>Writes the row; only that of a mail in quarantine is written over. Throws when another one stands there.</summary>
    internal static void Add(Transaction t, Filing filing)
    {
        int written = t.Execute(
            """
            INSERT INTO filing (raw_id, inbox, outcome, reason, message_id, conversation_id, at) VALUES (@RawId, @Inbox, @Outcome, @Reason, @MessageId, @ConversationId, @now)
            ON CONFLICT (raw_id, inbox) DO UPDATE SET outcome = excluded.outcome, reason = excluded.reason, message_id = excluded.message_id,
                conversation_id = excluded.conversation_id, at = excluded.at WHERE filing.outcome = 'quarantined'
            """,
            new { filing.RawId, filing.Inbox, filing.Outcome, filing.Reason, filing.MessageId, filing.ConversationId, now = t.Now });
        if (written != 1)
        {
            throw new InvalidOperationException($"Raw mail {filing.RawId} is filed in {filing.Inbox} already.");
        }
    }
}
