using MailInbox.Mail.Mime;
using MailInbox.Mail.Mime.Attached;
using MailInbox.Mail.Mime.Headers;
using MailInbox.Mail.Mime.Html;
using MailInbox.Mail.Mime.Reading;
using MailInbox.Mail.Mime.Reports;

namespace MailInbox.Tests.Mime;

/// <summary>Asks a message for everything it can tell, embedded messages included.</summary>
internal static class FullReading
{
    /// <summary>Characters asked for of a part that calls itself no text.</summary>
    private const int OfNoText = 1 << 16;

    /// <summary>Structure, header values, decoded bodies and texts; a number that is no one's, so that nothing is left out as unused.</summary>
    public static long Of(MimeMessage message)
    {
        long seen = 0;
        var left = new Stack<MimeMessage>([message]);
        while (left.TryPop(out var next))
        {
            seen += Headers(next) + next.TextBody.Count + next.HtmlBody.Count;
            // Files unpacked out of a part are attachments and no parts of the tree.
            foreach (var part in next.AllParts().Union(next.Attachments))
            {
                seen += part.Id.Length + part.FileName.Length + part.ContentId.Length + part.Disposition.Length + part.Encoding.Length;
                if (part.Message != null)
                    left.Push(part.Message);
                else if (part.Parts.Count == 0)
                    seen += part.Text(part.Type.Kind == "text" ? 1 << 20 : OfNoText).Length + part.DecodedSize() + part.Decode().Length;
            }
        }
        return seen;
    }

    /// <summary>What a person is shown of the message: the text without quotes, its preview, the HTML cleaned and as text, invites and protection.</summary>
    public static long Shown(MimeMessage message)
    {
        var (visible, quoted) = QuotedText.Split(BodyText.Of(message));
        long seen = Preview.Of(message).Length + Preview.Of(visible).Length + quoted.Length + CalendarInvite.Of(message).Count + (int)Protection.Of(message).Kind;
        foreach (var part in message.HtmlBody.Where(p => p.Type.Media == "text/html").Take(1))
        {
            string html = part.Text(HtmlSanitizer.MaxLength + 1);
            seen += HtmlText.Of(html).Length + (HtmlSanitizer.Clean(html, new SanitizeOptions { FoldQuoted = true })?.Html.Length ?? 0);
        }
        return seen;
    }

    /// <summary>What the message says as the mail of a machine.</summary>
    public static long Machine(MimeMessage message) =>
        (MailReport.Read(message)?.Recipients.Count ?? 0) + (MailReport.Read(message, "")?.OriginalMessageId.Length ?? 0) + (AutomaticMail.KindOf(message) == null ? 0 : 1);

    private static long Headers(MimeMessage message)
    {
        long seen = message.Subject.Length + message.From.Count + message.Sender.Count + message.To.Count + message.Cc.Count + message.Bcc.Count + message.ReplyTo.Count;
        seen += message.MessageId.Length + message.InReplyTo.Count + message.References.Count + (message.Date?.Year ?? 0);
        seen += ListFields.Of(message.Headers).Id.Length + Received.Hops(message.Headers) + Received.Trail(message.Headers).Count();
        seen += AutoSubmitted.Keyword(message.Headers).Length + Precedence.Keyword(message.Headers).Length;
        seen += AuthenticationResults.Of(message.Headers).Sum(r => (long)r.Results.Count);
        foreach (var field in message.Headers)
            seen += field.Text.Length + field.Raw.Length;
        return seen;
    }
}
