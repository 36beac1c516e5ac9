using MailInbox.Mail.Mime.Reading;

namespace MailInbox.Mail.Mime.Attached;

/// <summary>A mail inside a mail, to be read where it stands.</summary>
/// <param name="From">Name or address of who wrote it; empty when it does not say.</param>
/// <param name="Text">Its text, HTML as text; perhaps cut.</param>
public sealed record AttachedMail(string From, DateTimeOffset? At, string Subject, string Text)
{
    /// <summary>Attached mails that are shown of one message; the others are files like any.</summary>
    private const int Most = 10;

    private const int MostText = 20_000;

    /// <summary>The mails among the parts of a mail, the first of them.</summary>
    public static IReadOnlyList<AttachedMail> Of(MimeMessage message) =>
        [.. message.AllParts().Where(p => p.Message is not null).Take(Most).Select(p => Read(p.Message!))];

    private static AttachedMail Read(MimeMessage mail)
    {
        string from = mail.From is [var first, ..] ? (first.Name.Length > 0 ? first.Name : first.Address) : "";
        string text = BodyText.Of(mail).Trim();
        return new AttachedMail(from, mail.Date, mail.Subject, text.Length <= MostText ? text : text[..MostText] + " …");
    }
}
