using MailInbox.Inbox.Team;

namespace MailInbox.Admin.SignIn;

/// <summary>What somebody invited fills in.</summary>
public sealed record WelcomeForm(string Email, string Name, string Password)
{
    public const int MinPassword = Passwords.MinLength;

    private const int MaxName = 100;
    private const int MaxEmail = 254;

    /// <summary>Words by field; empty when all is well.</summary>
    public IReadOnlyDictionary<string, string> Problems(Invitation invitation)
    {
        Dictionary<string, string> problems = [];
        if (invitation.Agent is null)
        {
            if (!LooksLikeAddress(Email))
                problems["email"] = "This is no e-mail address.";
            if (Name.Length is 0 or > MaxName)
                problems["name"] = $"Give your name, up to {MaxName} characters.";
        }
        if (Password.Length < MinPassword)
            problems["password"] = $"At least {MinPassword} characters; a few words are good.";
        else if (Password.Length > Passwords.MaxLength)
            problems["password"] = $"At most {Passwords.MaxLength} characters.";
        return problems;
    }

    internal static bool LooksLikeAddress(string email)
    {
        int at = email.LastIndexOf('@');
        return at > 0 && at < email.Length - 1 && email.Length <= MaxEmail && !email.Any(c => char.IsWhiteSpace(c) || char.IsControl(c));
    }
}
