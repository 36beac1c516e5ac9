using MailInbox.Admin.SignIn;
using MailInbox.Inbox.Team;

namespace MailInbox.Admin.Settings;

/// <summary>What the page about people shows beyond the team itself: a link that was just made, or a form that was not taken.</summary>
public sealed record PeopleState
{
    private const int MaxName = 100;

    public string Email { get; init; } = "";

    public string Name { get; init; } = "";

    public string Role { get; init; } = nameof(MailInbox.Inbox.Team.Role.Agent);

    /// <summary>Whom the link is for.</summary>
    public Agent? Invited { get; init; }

    /// <summary>Shown once; only its hash is kept.</summary>
    public string Link { get; init; } = "";

    /// <summary>Where the words stand: email, name, role or team.</summary>
    public string Field { get; init; } = "";

    public string Words { get; init; } = "";

    internal static bool Known(string role) => Enum.GetNames<Role>().Contains(role);

    /// <summary>The state with words when the form cannot be taken, else null.</summary>
    internal PeopleState? Problem() =>
        !WelcomeForm.LooksLikeAddress(Email) ? this with { Field = "email", Words = "This is no e-mail address." }
        : Name.Length is 0 or > MaxName ? this with { Field = "name", Words = $"Give a name, up to {MaxName} characters." }
        : !Known(Role) ? this with { Field = "role", Words = "Choose a role.", Role = nameof(MailInbox.Inbox.Team.Role.Agent) }
        : null;
}
