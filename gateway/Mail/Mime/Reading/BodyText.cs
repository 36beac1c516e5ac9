using MailInbox.Mail.Mime.Attached;
using MailInbox.Mail.Mime.Headers;
using MailInbox.Mail.Mime.Html;

namespace MailInbox.Mail.Mime.Reading;

/// <summary>Text parts as people read them.</summary>
public static class BodyText
{
    /// <summary>Characters of a mail's text above which no further part is read.</summary>
    public const int MaxLength = 1024 * 1024;

    private const string Between = "\n\n";

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

    /// <summary>The text of a mail: its text body (RFC 8621 §4.1.4), part below part; a long one ends with the part that reaches <see cref="MaxLength"/>.</summary>
    public static string Of(MimeMessage mail)
    {
        var texts = new List<string>();
        int length = 0;
        foreach (var part in mail.TextBody.Where(part => part.Type.Kind == "text"))
        {
            if (length >= MaxLength) break;
            texts.Add(Of(part));
            length += texts[^1].Length + Between.Length;
        }
        return string.Join(Between, texts);
    }

    private static bool Is(MimePart part, string parameter, string value) =>
        Parameters.Find(part.Type.Parameters, parameter).Trim().Equals(value, StringComparison.OrdinalIgnoreCase);
}
