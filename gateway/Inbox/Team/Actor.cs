namespace MailInbox.Inbox.Team;

/// <summary>Who does something: an agent, or the gateway itself.</summary>
/// <param name="AgentId">Null for the gateway.</param>
/// <param name="Name">As the history shows it.</param>
public sealed record Actor(long? AgentId, string Name)
{
    public static Actor Gateway { get; } = new(null, "MailInbox");
}
