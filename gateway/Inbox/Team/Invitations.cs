namespace MailInbox.Inbox.Team;

/// <summary>One-time links: the first administrator's, and each new agent's.</summary>
public sealed class Invitations
{
    /// <summary>The token for the first administrator while there is none; null once there is.</summary>
    public Task<string?> FirstAdministrator(CancellationToken cancel) => throw new NotSupportedException();

    /// <summary>A fresh token for an agent, good for seven days; older ones end.</summary>
    public Task<string> For(long agentId, CancellationToken cancel) => throw new NotSupportedException();

    /// <summary>Whom the token is for; null when it is unknown, used or expired. Agent is null for the first administrator.</summary>
    public Invitation? Find(string token) => throw new NotSupportedException();

    /// <summary>Takes the invitation up with a password; the first administrator also gives email and name. Null when the token is no longer good.</summary>
    public Task<Agent?> Accept(string token, string email, string name, string password, CancellationToken cancel) => throw new NotSupportedException();
}

/// <param name="Agent">Null when the link creates the first administrator.</param>
public sealed record Invitation(Agent? Agent);
