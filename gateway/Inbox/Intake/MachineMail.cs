using MailInbox.Mail.Mime;

namespace MailInbox.Inbox.Intake;

/// <summary>How far a mail was written by a machine or for many (RFC 3834, RFC 2369, RFC 2919 and the usual fields).</summary>
/// <param name="List">Came through a mailing list.</param>
/// <param name="Promotion">Sent to many, not through a list.</param>
/// <param name="Automatic">Nobody wrote it: a report, an automatic answer, a notice.</param>
internal sealed record MachineMail(bool List, bool Promotion, bool Automatic)
{
    public static MachineMail Read(MimeMessage message, string envelopeFrom)
    {
        HeaderFields headers = message.Headers;
        string precedence = headers.Text("Precedence").Trim();
        bool list = Has(headers, "List-Id") || Has(headers, "List-Post") || Is(precedence, "list");
        bool promotion = !list && (Has(headers, "List-Unsubscribe") || Is(precedence, "bulk") || Is(precedence, "junk"));
        return new MachineMail(list, promotion, WrittenByMachine(message, envelopeFrom));
    }

    private static bool WrittenByMachine(MimeMessage message, string envelopeFrom)
    {
        HeaderFields headers = message.Headers;
        string submitted = headers.Text("Auto-Submitted").Trim();
        return (submitted.Length > 0 && !submitted.StartsWith("no", StringComparison.OrdinalIgnoreCase))
            || envelopeFrom.Length == 0
            || message.Root.Type.Media == "multipart/report"
            || Has(headers, "X-Autoreply") || Has(headers, "X-Autorespond") || Is(headers.Text("Precedence").Trim(), "auto_reply")
            || message.From.Any(a => a.Address.StartsWith("mailer-daemon@", StringComparison.OrdinalIgnoreCase) || a.Address.StartsWith("postmaster@", StringComparison.OrdinalIgnoreCase));
    }

    private static bool Has(HeaderFields headers, string name) => headers.First(name) is not null;

    private static bool Is(string value, string word) => value.Equals(word, StringComparison.OrdinalIgnoreCase);
}
