using System.Net;

namespace MailInbox.Mail.Smtp;

/// <summary>What a session said about one message before its bytes (RFC 5321 §2.3.1).</summary>
public sealed class Envelope
{
    /// <summary>The client's address as the socket gave it.</summary>
    public required IPEndPoint Client { get; init; }

    /// <summary>The argument of EHLO or HELO, control characters removed.</summary>
    public required string Helo { get; init; }

    /// <summary>Whether the session ran under TLS when the message came.</summary>
    public bool Tls { get; init; }

    /// <summary>The reverse path; <see cref="SmtpPath.Null"/> for bounces.</summary>
    public required SmtpPath From { get; init; }

    /// <summary>SIZE= of MAIL in bytes, when given (RFC 1870).</summary>
    public long? DeclaredSize { get; init; }

    /// <summary>The accepted recipients, in the order of RCPT.</summary>
    public IReadOnlyList<SmtpPath> Recipients => _recipients;

    internal void Add(SmtpPath recipient) => _recipients.Add(recipient);

    private readonly List<SmtpPath> _recipients = [];
}
