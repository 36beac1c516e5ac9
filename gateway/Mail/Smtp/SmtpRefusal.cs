using System.Diagnostics.CodeAnalysis;

namespace MailInbox.Mail.Smtp;

/// <summary>A "no" of the protocol: in the server what the client is answered, in the client what the server answered.</summary>
[SuppressMessage("Naming", "CA1710", Justification = "Refusal is the word of the trade")]
public sealed class SmtpRefusal(SmtpReply reply) : Exception(reply.ToString())
{
    public SmtpRefusal(int code, string status, string text) : this(new SmtpReply(code, status, text))
    {
    }

    public SmtpReply Reply { get; } = reply;
}
