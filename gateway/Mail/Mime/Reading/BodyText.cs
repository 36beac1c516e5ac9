using MailInbox.Mail.Mime.Attached;
using MailInbox.Mail.Mime.Headers;
using MailInbox.Mail.Mime.Html;

namespace MailInbox.Mail.Mime.Reading;

/// <summary>Text parts as people read them.</summary>
public static class BodyText
{
    /// <summary>
    /// The text of one part: HTML turned into text, the lines of flowed text joined (RFC 3676), the frame of a PGP signature left out;
    /// empty for what is no text. Line ends as in the mail.
    /// </summary>
    public static string Of(MimePart part)
    {
        if (part.Type.Kind != "text") return "";
        if (part.Type.Media == "text/html") return HtmlText.Of(part.Text());
        return InlinePgp.Readable(Is(part, "format", "flowed") ? FlowedText.Join(part.Text(), Is(part, "delsp", "yes")) : part.Text());
    }

    /// <summary>The text of a mail: its text body (RFC 8621 §4.1.4), part below part.</summary>
    public static string Of(MimeMessage mail) => string.Join("\n\n", mail.TextBody.Where(part => part.Type.Kind == "text").Select(Of));

    private static bool Is(MimePart part, string parameter, string value) =>
        Parameters.Find(part.Type.Parameters, parameter).Trim().Equals(value, StringComparison.OrdinalIgnoreCase);
}
