using MailInbox.Mail.Mime;
using MailInbox.Mail.Mime.Headers;

namespace MailInbox.Inbox.Intake;

/// <summary>How far a mail was written by a machine or for many (RFC 3834, RFC 2369, RFC 2919 and the usual fields).</summary>
/// <param name="List">Came through a mailing list.</param>
/// <param name="Promotion">Sent to many, not through a list.</param>
/// <param name="Automatic">Nobody wrote it: a report, an automatic answer, a notice.</param>
internal sealed record MachineMail(bool List, bool Promotion, bool Automatic)
{
    public static MachineMail Read(MimeMessage message, string envelopeFrom)
    {
        ListFields fields = ListFields.Of(message.Headers);
        bool list = fields.IsList || Precedence.Keyword(message.Headers) == "list";
        bool promotion = !list && (fields.Unsubscribe || Precedence.IsBulk(message.Headers));
        return new MachineMail(list, promotion, WrittenByMachine(message, envelopeFrom));
    }

    private static bool WrittenByMachine(MimeMessage message, string envelopeFrom) =>
        AutoSubmitted.IsAutomatic(message.Headers)
        || envelopeFrom.Length == 0
        || message.Root.Type.Media == "multipart/report"
        || message.Headers.Has("X-Autoreply") || message.Headers.Has("X-Autorespond") || Precedence.Keyword(message.Headers) == "auto_reply"
        || message.From.Any(a => a.Address.StartsWith("mailer-daemon@", StringComparison.OrdinalIgnoreCase) || a.Address.StartsWith("postmaster@", StringComparison.OrdinalIgnoreCase));
}
