using MailInbox.Inbox.Mailboxes;

namespace MailInbox.Host.Control;

/// <summary>What a command asks of the running gateway: one JSON line.</summary>
/// <param name="Verb"><see cref="Backfill"/> or <see cref="Reconcile"/>.</param>
/// <param name="Inbox">Key of an inbox; null for all.</param>
internal sealed record ControlRequest(string Verb, string? Inbox, DateOnly? Since)
{
    public const string Backfill = "backfill";
    public const string Reconcile = "reconcile";
}

/// <summary>One line of the answer; the last one has <see cref="Done"/> or <see cref="Refusal"/>.</summary>
/// <param name="Report">A folder was compared.</param>
/// <param name="Waiting">Messages that are still to be fetched.</param>
/// <param name="Refusal">Why nothing was done.</param>
internal sealed record ControlAnswer(FolderReport? Report = null, long? Waiting = null, bool Done = false, string? Refusal = null);
