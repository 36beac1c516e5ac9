using MailInbox.Mail.Wire;

namespace MailInbox.Inbox.Configuration;

/// <summary>inboxes.json.</summary>
public sealed record InboxesOptions(IReadOnlyList<InboxOptions> Inboxes, IReadOnlyDictionary<string, SubmissionOptions> Submission)
{
    public InboxOptions? Find(string key) => Inboxes.FirstOrDefault(i => i.Key == key);
}

/// <summary>One shared place for mail.</summary>
public sealed record InboxOptions
{
    /// <summary>Name in rules, commands and addresses of pages.</summary>
    public required string Key { get; init; }

    public required string Name { get; init; }

    /// <summary>The first is the From of answers.</summary>
    public required IReadOnlyList<string> Addresses { get; init; }

    /// <summary>Whole domains whose mail belongs here, lower case.</summary>
    public IReadOnlyList<string> Domains { get; init; } = [];

    /// <summary>Key under submission; null while answers can only wait in the queue.</summary>
    public string? SendThrough { get; init; }

    /// <summary>Mailboxes that are polled for it.</summary>
    public IReadOnlyList<SourceOptions> Sources { get; init; } = [];

    /// <summary>How long each of its sources may bring no mail before an alarm; null: learned from its past.</summary>
    public TimeSpan? SilenceAlarm { get; init; }

    public string Address => Addresses[0];
}

/// <summary>A smart host.</summary>
/// <param name="Password">The secret itself, never its place; null when the host asks for none.</param>
public sealed record SubmissionOptions(string Key, string Host, int Port, WireSecurity Security, string? User, string? Password)
{
    /// <summary>Without the password: options are printed in logs.</summary>
    public override string ToString() => $"{Key}: {Host}:{Port} ({Security})";
}
