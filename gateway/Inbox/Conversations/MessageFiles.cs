using MailInbox.Mail.Mime;

namespace MailInbox.Inbox.Conversations;

/// <summary>The files of a mail: its attachments, and the images that RFC 8621 §4.1.4 counts to both bodies.</summary>
internal static class MessageFiles
{
    public static IReadOnlyList<MimePart> Of(MimeMessage message) =>
        [.. message.Attachments.Concat(message.TextBody).Concat(message.HtmlBody).Where(p => p.Type.Kind != "text" || !IsBody(message, p)).Distinct()];

    /// <summary>Whether the HTML shows it in its text, so that it needs no line below the message.</summary>
    public static bool IsShownInside(MimeMessage message, MimePart part) =>
        part.ContentId.Length > 0 && part.Disposition != "attachment" && CanShow(part) && message.HtmlBody.Any(p => p.Type.Media == "text/html");

    /// <summary>Pictures that browsers show and that can do nothing else; others (SVG, TIFF) are files to download.</summary>
    public static bool CanShow(MimePart part) => part.Type.Media is "image/png" or "image/gif" or "image/jpeg" or "image/jpg" or "image/pjpeg" or "image/webp";

    private static bool IsBody(MimeMessage message, MimePart part) => message.TextBody.Contains(part) || message.HtmlBody.Contains(part);
}
