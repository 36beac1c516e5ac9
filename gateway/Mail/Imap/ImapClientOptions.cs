using System.Security.Cryptography.X509Certificates;
using MailInbox.Mail.Wire;

namespace MailInbox.Mail.Imap;

/// <summary>The server to read from, and as whom.</summary>
public sealed record ImapClientOptions
{
    public required string Host { get; init; }

    public required int Port { get; init; }

    public WireSecurity Security { get; init; } = WireSecurity.Tls;

    public required string User { get; init; }

    /// <summary>Null where <see cref="AccessToken"/> is given.</summary>
    public string? Password { get; init; }

    /// <summary>An OAuth 2.0 access token: OAUTHBEARER (RFC 7628) or XOAUTH2 is used instead of a password.</summary>
    public string? AccessToken { get; init; }

    /// <summary>Roots to trust instead of the system's; for servers with a certificate of a private authority.</summary>
    public X509Certificate2Collection? TrustedRoots { get; init; }

    public ImapTimeouts Timeouts { get; init; } = new();

    /// <summary>Without secrets: options are printed in logs.</summary>
    public override string ToString() => $"{User} at {Host}:{Port} ({Security})";
}

/// <summary>How long the client waits in each phase.</summary>
public sealed record ImapTimeouts
{
    public TimeSpan Connect { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>TLS handshake.</summary>
    public TimeSpan Handshake { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>The answer to a command, apart from the bytes of messages in it.</summary>
    public TimeSpan Command { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Slowest transfer of message bytes that is borne, in bytes a second, on top of the time of a command.</summary>
    public int BytesPerSecond { get; init; } = 5 * 1024;
}
