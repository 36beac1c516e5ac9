using MailInbox.Inbox.Mailboxes.Watching;

namespace MailInbox.Admin.Mailboxes;

/// <summary>What the page about sources shows.</summary>
public sealed record SourcesState(IReadOnlyList<SourceStatus> Sources, IReadOnlyList<HeldMessage> Held)
{
    /// <summary>The source that was just tested; empty for none.</summary>
    public string Tested { get; init; } = "";

    /// <summary>What the test found.</summary>
    public SourceTest? Test { get; init; }
}
