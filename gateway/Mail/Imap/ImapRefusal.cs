using System.Diagnostics.CodeAnalysis;

namespace MailInbox.Mail.Imap;

/// <summary>How the server said no (RFC 9051 §7.1).</summary>
public enum ImapStatus
{
    No,
    Bad,
    Bye,
}

/// <summary>The server said no. The connection goes on, except after BYE.</summary>
/// <param name="command">The command that was refused, without arguments: no secret and no folder name.</param>
/// <param name="code">Response code in upper case without its arguments (<c>AUTHENTICATIONFAILED</c>); empty when there was none.</param>
/// <param name="text">The server's words, control characters taken out.</param>
[SuppressMessage("Naming", "CA1710", Justification = "Refusal is the word of the trade")]
public sealed class ImapRefusal(string command, ImapStatus status, string code, string text)
    : Exception($"{command}: {status.ToString().ToUpperInvariant()} {(code.Length > 0 ? $"[{code}] " : "")}{text}")
{
    public string Command { get; } = command;

    public ImapStatus Status { get; } = status;

    public string Code { get; } = code;

    public string Text { get; } = text;

    /// <summary>Says something about the moment, not about the command: the same may work later.</summary>
    public bool Temporary => Status == ImapStatus.Bye || Code is "UNAVAILABLE" or "LIMIT" or "INUSE" or "SERVERBUG" or "OVERQUOTA" or "THROTTLED";
}
