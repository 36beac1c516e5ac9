using System.Globalization;
using System.Text;
using MailInbox.Mail.Mime.Headers;
using MailInbox.Mail.Mime.Html;
using MailInbox.Mail.Mime.Reading;

namespace MailInbox.Mail.Mime.Composing;

/// <summary>Hands a received mail on: as an attachment, byte for byte, or in the text, with its files.</summary>
public static class Forwarding
{
    private const string Line = "---------- Forwarded message ----------";

    /// <summary>Longest parameter of a media type that goes along with a file.</summary>
    private const int MaxParameter = 200;

    /// <summary>The draft with the original as a <c>message/rfc822</c>; as a file where its lines are too long or hold NUL, since a message must not be encoded.</summary>
    public static MailDraft Attached(MailDraft draft, MimeMessage original)
    {
        string name = FileNames.Clean(original.Subject.Replace('/', '-').Replace('\\', '-'));
        ReadOnlyMemory<byte> bytes = original.Raw[original.Root.Begin..original.Root.End];
        return draft with { Attachments = [.. draft.Attachments, new MailFile(name.Length == 0 ? "message.eml" : $"{name}.eml", "message/rfc822", bytes)] };
    }

    /// <summary>
    /// The draft with the original below its text: who wrote it when to whom, its text, and in HTML when either has some, cleaned as for
    /// the screen. Images shown by the HTML go along inline, all other files as attachments.
    /// </summary>
    public static MailDraft Inline(MailDraft draft, MimeMessage original)
    {
        IReadOnlyList<string> facts = Facts(original);
        string text = BodyText.Of(original).Trim('\n');
        MailDraft forward = draft with { Text = $"{OwnText(draft)}{Line}\n{string.Join('\n', facts)}\n\n{text}\n" };
        HashSet<string> images = [];
        string? html = draft.Html is null && !original.HtmlBody.Any(IsHtml) ? null : HtmlOf(draft, original, facts, images);
        List<MailFile> shown = [], files = [];
        foreach (MimePart part in original.HtmlBody.Concat(original.Attachments).Distinct().Where(part => part.Type.Kind != "text" || original.Attachments.Contains(part)))
        {
            bool inline = part.Type.IsMedia && images.Contains(part.ContentId);
            (inline ? shown : files).Add(FileOf(part, inline));
        }
        return forward with { Html = html, Inline = [.. draft.Inline, .. shown], Attachments = [.. draft.Attachments, .. files] };
    }

    private static List<string> Facts(MimeMessage original)
    {
        List<string> facts = [];
        Add("From", People(original.From));
        Add("Date", original.Date?.ToString("ddd, d MMM yyyy HH:mm zzz", CultureInfo.InvariantCulture) ?? "");
        Add("Subject", original.Subject);
        Add("To", People(original.To));
        Add("Cc", People(original.Cc));
        return facts;

        void Add(string name, string value)
        {
            if (value.Length > 0) facts.Add($"{name}: {value}");
        }
    }

    private static string People(IReadOnlyList<MailAddress> people) => string.Join(", ", people.Take(MailAddressText.MaxAddresses));

    private static string OwnText(MailDraft draft)
    {
        string text = draft.Text.Length == 0 && draft.Html is not null ? HtmlText.Of(draft.Html) : draft.Text;
        return text.Length == 0 ? "" : $"{text.TrimEnd('\r', '\n')}\n\n";
    }

    private static bool IsHtml(MimePart part) => part.Type.Media == "text/html";

    /// <summary>Adds the Content-IDs of the images it shows to <paramref name="images"/>.</summary>
    private static string HtmlOf(MailDraft draft, MimeMessage original, IReadOnlyList<string> facts, HashSet<string> images)
    {
        var options = new SanitizeOptions { CidAddress = Show, RemoteImages = true };
        var html = new StringBuilder(draft.Html ?? Lines(draft.Text));
        html.Append("<br><div>").Append(Line);
        foreach (string fact in facts) html.Append("<br>").Append(HtmlSanitizerWriter.Escape(fact));
        html.Append("</div><br>");
        foreach (MimePart part in original.HtmlBody.Where(part => part.Type.Kind == "text"))
        {
            // What goes out is cleaned like what comes in: a hostile mail is not passed on as it is.
            string? clean = IsHtml(part) ? HtmlSanitizer.Clean(part.Text(HtmlSanitizer.MaxLength + 1), options)?.Html : null;
            html.Append("<div>").Append(clean ?? Lines(BodyText.Of(part))).Append("</div>");
        }
        return html.ToString();

        string? Show(string id)
        {
            if (!MessageComposerChecks.IsWritableId(id)) return null;
            images.Add(id);
            return $"cid:{id}";
        }
    }

    private static string Lines(string text) => HtmlSanitizerWriter.Escape(text).ReplaceLineEndings("<br>");

    private static MailFile FileOf(MimePart part, bool inline)
    {
        string name = part.FileName.Length > 0 || inline ? part.FileName : FileNames.Unnamed(part.Type.Media);
        return new(name, part.Type.Media, part.Decode(), inline ? part.ContentId : "") { Parameters = [.. part.Type.Parameters.Where(GoesAlong)] };
    }

    /// <summary>The charset above all; the name stands in the disposition.</summary>
    private static bool GoesAlong(KeyValuePair<string, string> parameter) =>
        parameter.Key is not ("name" or "boundary") && parameter.Value.Length <= MaxParameter && !parameter.Value.Any(char.IsControl);
}
