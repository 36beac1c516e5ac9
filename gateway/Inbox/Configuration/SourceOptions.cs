using MailInbox.Mail.Wire;

namespace MailInbox.Inbox.Configuration;

/// <summary>A mailbox on an IMAP server that an inbox polls.</summary>
public sealed record SourceOptions
{
    /// <summary>What <see cref="Sent"/> says to let the server tell which folder it is.</summary>
    public const string SentByServer = "auto";

    /// <summary>Key of the inbox that its mail belongs to.</summary>
    public required string Inbox { get; init; }

    /// <summary>Lower case.</summary>
    public required string Host { get; init; }

    public required int Port { get; init; }

    public WireSecurity Security { get; init; } = WireSecurity.Tls;

    public required string User { get; init; }

    /// <summary>The secret itself, never its place; null where <see cref="OAuth"/> is used.</summary>
    public string? Password { get; init; }

    public OAuthOptions? OAuth { get; init; }

    /// <summary>A file of certificates (PEM) to trust instead of the system's; null for the system's.</summary>
    public string? TrustedRoots { get; init; }

    /// <summary>The first is listened to (IDLE), the others are looked into.</summary>
    public IReadOnlyList<string> Folders { get; init; } = ["INBOX"];

    public StartPolicy Start { get; init; } = StartPolicy.Now;

    public Afterwards Afterwards { get; init; } = Afterwards.Leave;

    /// <summary>How often the folders are looked into.</summary>
    public TimeSpan Every { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Of a larger message only the header is taken.</summary>
    public long MaxSize { get; init; } = 50L << 20;

    /// <summary>Folder that gets a copy of what we send, <see cref="SentByServer"/>, or null.</summary>
    public string? Sent { get; init; }

    /// <summary>The name in the ledger, in commands and on pages: stays the same while the mailbox and its inbox do.</summary>
    public string Key => $"{Inbox}/{Host}/{User}";

    /// <summary>A key as people say it.</summary>
    public static string WordsOf(string key) => key.Split('/', 3) is [_, var host, var user] ? $"{user} at {host}" : key;

    /// <summary>Without secrets: options are printed in logs.</summary>
    public override string ToString() => $"{User} at {Host}";
}

/// <summary>Which messages count that were there before us.</summary>
/// <param name="All">Every message.</param>
/// <param name="Since">Those that came to the server since this day; null with <paramref name="All"/> false: none.</param>
public sealed record StartPolicy(bool All, DateOnly? Since)
{
    public static StartPolicy Now { get; } = new(false, null);

    public static StartPolicy Everything { get; } = new(true, null);
}

/// <summary>What is done on the server with a message that was filed.</summary>
public enum AfterwardsAct
{
    Leave,

    /// <summary>Marked as read.</summary>
    Seen,

    Move,

    Delete,
}

/// <param name="Folder">Where to, for <see cref="AfterwardsAct.Move"/>; else empty.</param>
public sealed record Afterwards(AfterwardsAct Act, string Folder = "")
{
    public static Afterwards Leave { get; } = new(AfterwardsAct.Leave);
}

/// <summary>How access tokens are got (RFC 6749).</summary>
/// <param name="Endpoint">The token endpoint.</param>
/// <param name="Scope">What to ask for; empty when nothing is said.</param>
/// <param name="Secret">The client's secret itself; null for a public client.</param>
/// <param name="RefreshToken">As configured; null for client credentials (§4.4).</param>
public sealed record OAuthOptions(Uri Endpoint, string Client, string? Secret, string? RefreshToken, string Scope)
{
    /// <summary>Without secrets: options are printed in logs.</summary>
    public override string ToString() => $"{Client} at {Endpoint}";
}
