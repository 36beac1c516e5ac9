namespace MailInbox.Inbox.Configuration;

/// <summary>team.json.</summary>
public sealed record TeamOptions(IReadOnlyDictionary<string, TeamGroup> Teams);

/// <summary>A team: its primary members get work by routing, the others only see it.</summary>
public sealed record TeamGroup(string Key, string Name, IReadOnlyList<string> Primary, IReadOnlyList<string> Also);

/// <summary>retention.json.</summary>
public sealed record RetentionOptions(TimeSpan Trash, IReadOnlyDictionary<string, TimeSpan> TrashByInbox)
{
    public TimeSpan TrashFor(string inbox) => TrashByInbox.GetValueOrDefault(inbox, Trash);
}
