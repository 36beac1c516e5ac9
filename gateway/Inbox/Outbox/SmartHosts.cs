using MailInbox.Inbox.Configuration;

namespace MailInbox.Inbox.Outbox;

/// <summary>Which inbox sends through which host.</summary>
public sealed class SmartHosts(GatewayOptions options, string heloName)
{
    public string HeloName { get; } = heloName;

    /// <summary>Hosts that some inbox sends through.</summary>
    public IReadOnlyList<SubmissionOptions> All { get; } =
        [.. options.Inboxes.Submission.Values.Where(s => options.Inboxes.Inboxes.Any(i => i.SendThrough == s.Key))];

    public IReadOnlyList<string> InboxesOf(SubmissionOptions host) =>
        [.. options.Inboxes.Inboxes.Where(i => i.SendThrough == host.Key).Select(i => i.Key)];
}
