namespace MailInbox.Inbox.Team;

public enum Role
{
    /// <summary>Reads; changes nothing.</summary>
    Observer,
    Agent,
    Administrator,
}

/// <summary>A person who answers.</summary>
public sealed record Agent
{
    public long Id { get; init; }

    public string Email { get; init; } = "";

    public string Name { get; init; } = "";

    public Role Role { get; init; }

    public bool Active { get; init; }

    /// <summary>Empty until the invitation was taken up.</summary>
    public string PasswordHash { get; init; } = "";

    /// <summary>Changes with the password, the role and deactivation; a session with an older one ends.</summary>
    public string Stamp { get; init; } = "";
}
