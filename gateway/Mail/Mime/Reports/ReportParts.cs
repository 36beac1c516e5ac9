using System.Text;
using MailInbox.Mail.Mime.Headers;
using MailInbox.Mail.Mime.Html;

namespace MailInbox.Mail.Mime.Reports;

/// <summary>The parts of a report by what they are for (RFC 6522 §3), also where they carry the wrong label.</summary>
internal sealed class ReportParts
{
    /// <summary>Parts looked at.</summary>
    private const int MostParts = 100;

    /// <summary>Characters read of one part.</summary>
    private const int MostText = 256 * 1024;

    /// <summary>The fields about the recipients, of each part that has them.</summary>
    public List<string> Status { get; } = [];

    public string Disposition { get; private set; } = "";

    public string Feedback { get; private set; } = "";

    /// <summary>The mail reported about, or what is left of it.</summary>
    public MimeMessage? Original { get; private set; }

    /// <summary>What the report says to people.</summary>
    public string Text { get; private set; } = "";

    public static ReportParts Of(MimeMessage mail)
    {
        var parts = new ReportParts();
        var text = new StringBuilder();
        string html = "";
        foreach (var part in mail.AllParts().Take(MostParts))
        {
            if (part.Parts.Count > 0)
                continue;
            switch (part.Type.Media)
            {
                case "message/delivery-status" or "message/global-delivery-status":
                    parts.AddStatus(part.Text(MostText), text);
                    break;
                case "message/disposition-notification" or "message/global-disposition-notification":
                    parts.Disposition = part.Text(MostText);
                    break;
                case "message/feedback-report":
                    parts.Feedback = part.Text(MostText);
                    break;
                case "message/rfc822" or "message/global" or "message/news":
                    parts.AddMessage(part, text);
                    break;
                case "text/rfc822-headers" or "message/global-headers" or "message/rfc822-headers" or "message/partial":
                    parts.Original ??= MimeParser.Parse(part.Decode());
                    break;
                case "text/html":
                    html = html.Length == 0 ? part.Text(MostText) : html;
                    break;
                default:
                    if (part.Type.Media.StartsWith("text/", StringComparison.Ordinal) && !parts.TakeBareMessage(mail, part) && text.Length < MostText)
                        text.Append(part.Text(MostText)).Append('\n');
                    break;
            }
        }
        parts.Text = text.Length == 0 && html.Length > 0 ? HtmlText.Of(html) : text.ToString();
        return parts;
    }

    /// <summary>The Message-ID of the mail that a report speaks of; empty when it does not say.</summary>
    /// <param name="original">The mail returned, whole or in part.</param>
    /// <param name="field">What a field of the report says.</param>
    /// <param name="mail">The report itself, which may be written as an answer.</param>
    public static string OriginalId(MimeMessage? original, string field, MimeMessage mail)
    {
        if (original is { MessageId.Length: > 0 })
            return original.MessageId;
        string id = MessageIds.First(field);
        if (id.Length > 0)
            return id;
        var answered = mail.InReplyTo;
        return answered.Count > 0 ? answered[0] : mail.References is { Count: > 0 } references ? references[^1] : "";
    }

    /// <summary>Some systems put what they say to people under the label of the fields.</summary>
    private void AddStatus(string content, StringBuilder text)
    {
        if (StatusFields.Has(content))
            Status.Add(content);
        else if (text.Length < MostText)
            text.Append(content).Append('\n');
    }

    private void AddMessage(MimePart part, StringBuilder text)
    {
        var message = part.Message ?? MimeParser.Parse(part.Decode());
        if (message.Headers.Has("Reporting-MTA") || message.Headers.Has("Final-Recipient"))
            AddStatus(part.Text(MostText), text);
        else
            Original ??= message;
    }

    /// <summary>A returned mail without a label of its own: its header has become that of the part.</summary>
    private bool TakeBareMessage(MimeMessage mail, MimePart part)
    {
        if (part == mail.Root || !part.Headers.Has("Received") || !part.Headers.Has("From"))
            return false;
        Original ??= MimeParser.Parse(mail.Raw[part.Begin..part.End]);
        return true;
    }
}
