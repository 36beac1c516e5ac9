namespace MailInbox.Inbox.Team;

/// <summary>Checks who signs in (PBKDF2-SHA512, 210,000 rounds); at most two checks run at once.</summary>
public sealed class Passwords
{
    /// <summary>The agent, or null when address or password is wrong, or the agent is deactivated; takes the same time in each case.</summary>
    public Task<Agent?> Check(string email, string password, CancellationToken cancel) => throw new NotSupportedException();
}
