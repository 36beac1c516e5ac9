using MailInbox.Mail.Mime.Html;

namespace MailInbox.Mail.Mime.Reading;

/// <summary>Text parts as people read them.</summary>
public static class BodyText
{
    /// <summary>The text of one part, HTML turned into text; empty for what is no text. Line ends as in the mail.</summary>
    public static string Of(MimePart part)
    {
        if (part.Type.Kind != "text") return "";
        return part.Type.Media == "text/html" ? HtmlText.Of(part.Text()) : part.Text();
    }

    /// <summary>The text of a mail: its text body (RFC 8621 §4.1.4), part below part.</summary>
    public static string Of(MimeMessage mail) => string.Join("\n\n", mail.TextBody.Where(part => part.Type.Kind == "text").Select(Of));
}
