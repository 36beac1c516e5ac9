using System.Security.Cryptography.X509Certificates;
using MailInbox.Mail.Wire;

namespace MailInbox.Mail.Smtp;

/// <summary>The server to submit to, and as whom.</summary>
public sealed record SmtpClientOptions
{
    public required string Host { get; init; }

    public required int Port { get; init; }

    public WireSecurity Security { get; init; } = WireSecurity.StartTls;

    /// <summary>Null: no AUTH.</summary>
    public string? User { get; init; }

    public string? Password { get; init; }

    /// <summary>What EHLO says: the full name of this host, or an address literal.</summary>
    public required string HeloName { get; init; }

    /// <summary>Roots to trust instead of the system's; for servers with a certificate of a private authority.</summary>
    public X509Certificate2Collection? TrustedRoots { get; init; }

    public SmtpTimeouts Timeouts { get; init; } = new();
}

/// <summary>How long the client waits in each phase.</summary>
public sealed record SmtpTimeouts
{
    public TimeSpan Connect { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>TLS handshake.</summary>
    public TimeSpan Handshake { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Greeting, EHLO, AUTH, MAIL and RCPT, each.</summary>
    public TimeSpan Command { get; init; } = TimeSpan.FromSeconds(300);

    /// <summary>The answer to DATA.</summary>
    public TimeSpan Data { get; init; } = TimeSpan.FromSeconds(120);

    /// <summary>For the server to take one block of the message.</summary>
    public TimeSpan Block { get; init; } = TimeSpan.FromSeconds(180);

    /// <summary>The answer to the final dot (RFC 5321 §4.5.3.2.6).</summary>
    public TimeSpan Dot { get; init; } = TimeSpan.FromSeconds(600);

    public TimeSpan Reset { get; init; } = TimeSpan.FromSeconds(20);

    public TimeSpan Quit { get; init; } = TimeSpan.FromSeconds(5);
}
