using System.Buffers;
using System.Net;
using MailInbox.Mail.Mime;

namespace MailInbox.Inbox.Conversations;

/// <summary>The files of a mail, received or composed: its attachments, and the images that RFC 8621 §4.1.4 counts to both bodies.</summary>
internal static class MessageFiles
{
    /// <summary>Files recorded of one mail; the bytes of all stay in the raw mail.</summary>
    private const int Most = 1_000;

    private const int LongestId = 1_000;

    private static readonly SearchValues<char> Ends = SearchValues.Create("\"'<>)\\ \t\r\n");

    /// <summary>As they are listed below the message; those that its HTML shows in its text need no line there.</summary>
    public static IReadOnlyList<Attachment> Of(MimeMessage message)
    {
        IReadOnlyList<MimePart> parts = [.. Parts(message).Take(Most)];
        HashSet<string> shown = parts.Any(p => CanShow(p) && p.ContentId.Length > 0) ? ShownIds(message) : [];
        return [.. parts.Select(p => new Attachment { PartId = p.Id, FileName = Cut(p.FileName, 255), Type = Cut(p.Type.Media, 200), Size = p.DecodedSize(), Inline = CanShow(p) && shown.Remove(p.ContentId) })];
    }

    /// <summary>Pictures that browsers show and that can do nothing else; others (SVG, TIFF) are files to download.</summary>
    public static bool CanShow(MimePart part) => part.Type.Media is "image/png" or "image/gif" or "image/jpeg" or "image/jpg" or "image/pjpeg" or "image/webp";

    private static IEnumerable<MimePart> Parts(MimeMessage message) =>
        message.Attachments.Concat(message.TextBody).Concat(message.HtmlBody).Where(p => p.Type.Kind != "text" || !IsBody(message, p)).Distinct();

    // Programs give ids to files that no text refers to: those must be listed, or nobody would ever see them.
    private static HashSet<string> ShownIds(MimeMessage message)
    {
        HashSet<string> ids = [];
        foreach (MimePart body in message.HtmlBody.Where(p => p.Type.Media == "text/html"))
        {
            ReadOnlySpan<char> rest = body.Text();
            while (rest.IndexOf("cid:", StringComparison.OrdinalIgnoreCase) is >= 0 and int at)
            {
                rest = rest[(at + 4)..];
                int end = rest.IndexOfAny(Ends);
                ReadOnlySpan<char> id = end < 0 ? rest : rest[..end];
                if (id.Length <= LongestId)
                {
                    ids.Add(Uri.UnescapeDataString(WebUtility.HtmlDecode(id.ToString()).Trim('"', '\'')));
                }
            }
        }

        return ids;
    }

    private static string Cut(string text, int most) => text.Length <= most ? text : text[..most];

    private static bool IsBody(MimeMessage message, MimePart part) => message.TextBody.Contains(part) || message.HtmlBody.Contains(part);
}
