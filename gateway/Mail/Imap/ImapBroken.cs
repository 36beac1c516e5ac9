using System.Diagnostics.CodeAnalysis;

namespace MailInbox.Mail.Imap;

/// <summary>In what way a connection cannot be used.</summary>
public enum ImapFault
{
    /// <summary>The name of the host is not known.</summary>
    UnknownHost,

    /// <summary>Nothing answers at the port.</summary>
    Unreachable,

    /// <summary>TLS cannot be had as demanded, or the certificate cannot be trusted.</summary>
    Tls,

    /// <summary>The server offers no way to log in that we know, or none that is safe here.</summary>
    Login,

    /// <summary>The connection was closed or reset.</summary>
    Closed,

    /// <summary>No answer in time.</summary>
    Silent,

    /// <summary>An answer that cannot be understood, or is larger than any sound one.</summary>
    Unreadable,
}

/// <summary>The wire broke: the connection is of no more use.</summary>
[SuppressMessage("Naming", "CA1710", Justification = "Says what happened to the wire")]
public sealed class ImapBroken(ImapFault fault, string message, Exception? inner = null) : IOException(message, inner)
{
    public ImapFault Fault { get; } = fault;
}
