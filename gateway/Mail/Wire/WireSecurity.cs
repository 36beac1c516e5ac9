namespace MailInbox.Mail.Wire;

/// <summary>How a connection to a server is protected. What is asked for is required: there is no falling back.</summary>
public enum WireSecurity
{
    /// <summary>In the clear; a password is then sent to loopback addresses only.</summary>
    None,

    /// <summary>STARTTLS before anything else (RFC 3207, RFC 9051 §6.2.1).</summary>
    StartTls,

    /// <summary>TLS from the first byte (RFC 8314).</summary>
    Tls,
}
