using MailInbox.Inbox.Team;

namespace MailInbox.Inbox.Conversations;

/// <summary>An agent leaves: his sessions end and his conversations go back to nobody, in one transaction.</summary>
public sealed class Departure
{
    /// <summary>False when that would leave no active administrator.</summary>
    public Task<bool> Deactivate(long agentId, Actor actor, CancellationToken cancel) => throw new NotSupportedException();
}
