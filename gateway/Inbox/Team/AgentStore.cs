namespace MailInbox.Inbox.Team;

/// <summary>The people of the team.</summary>
public sealed class AgentStore
{
    public IReadOnlyList<Agent> All() => throw new NotSupportedException();

    public Agent? Find(long id) => throw new NotSupportedException();

    /// <summary>Adds somebody who will set a password by invitation. Null when the address is taken.</summary>
    public Task<Agent?> Add(string email, string name, Role role, Actor actor, CancellationToken cancel) => throw new NotSupportedException();

    /// <summary>False when that would leave no active administrator.</summary>
    public Task<bool> SetRole(long id, Role role, Actor actor, CancellationToken cancel) => throw new NotSupportedException();

    public Task Activate(long id, Actor actor, CancellationToken cancel) => throw new NotSupportedException();
}
