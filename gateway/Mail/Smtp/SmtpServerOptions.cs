using System.Net;

namespace MailInbox.Mail.Smtp;

/// <summary>One listener.</summary>
public sealed record SmtpServerOptions
{
    public IPEndPoint EndPoint { get; init; } = new(IPAddress.IPv6Any, 25);

    /// <summary>The name in greeting and EHLO, also looked for in Received fields to find loops.</summary>
    public required string HostName { get; init; }

    public SmtpLimits Limits { get; init; } = new();

    /// <summary>Refuses messages with any bare LF. When false they are kept as they came, unless the LF stands beside a lone dot.</summary>
    public bool RejectBareLf { get; init; } = true;

    /// <summary>How long <see cref="SmtpServer.Stop"/> lets sessions finish the message they are in.</summary>
    public TimeSpan Drain { get; init; } = TimeSpan.FromSeconds(8);
}
