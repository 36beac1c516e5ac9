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

    internal static Filing? Find(Snapshot reader, long rawId, string inboxKey) =>
        reader.First<Filing>("SELECT * FROM filing WHERE raw_id = @rawId AND inbox = @inboxKey", new { rawId, inboxKey });

    internal static void Add(Transaction t, Filing filing) => t.Execute(
        "INSERT INTO filing (raw_id, inbox, outcome, reason, message_id, conversation_id, at) VALUES (@RawId, @Inbox, @Outcome, @Reason, @MessageId, @ConversationId, @now)",
        new { filing.RawId, filing.Inbox, filing.Outcome, filing.Reason, filing.MessageId, filing.ConversationId, now = t.Now });

    /// <summary>Takes a quarantined filing back, so that it can be tried again. False when there was none.</summary>
    internal static bool Release(Transaction t, long rawId) =>
        t.Execute("DELETE FROM filing WHERE raw_id = @rawId AND outcome = 'quarantined'", new { rawId }) > 0;
}
