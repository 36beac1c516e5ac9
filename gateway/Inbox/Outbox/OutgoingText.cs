using System.Globalization;
using System.Net;
using MailInbox.Inbox.Conversations;
using MailInbox.Mail.Mime;
using MailInbox.Mail.Mime.Composing;
using MailInbox.Mail.Mime.Html;
using MailInbox.Mail.Mime.Reading;

namespace MailInbox.Inbox.Outbox;

/// <summary>What an outgoing message says: the agent's words, then the message it answers. What it passes on is added by <see cref="Forwarding"/>.</summary>
/// <param name="Preview">First words of what the agent wrote.</param>
internal sealed record OutgoingText(string Plain, string Html, string Preview)
{
    private const string QuoteStyle = "margin:0 0 0 .8ex;border-left:2px solid #ccc;padding-left:1ex";

    public static OutgoingText Of(ReplyDraft draft, Message? answered, MimeMessage? original)
    {
        string html = (draft.Html is null ? null : HtmlSanitizer.CleanOutgoing(draft.Html)?.Html) ?? Paragraphs(draft.Text);
        string plain = draft.Html is null ? draft.Text.Trim() : HtmlText.Of(html).Trim();
        OutgoingText own = new(plain, html, MailInbox.Mail.Mime.Reading.Preview.Of(plain));
        return draft.Kind is ReplyKind.Compose or ReplyKind.Forward || answered is null || original is null ? own : own.Quoting(answered, original);
    }

    public static bool IsEmpty(ReplyDraft draft) =>
        draft.Html is null ? draft.Text.Trim().Length == 0 : HtmlText.Of(draft.Html).Trim().Length == 0 && !draft.Html.Contains("<img", StringComparison.OrdinalIgnoreCase);

    private OutgoingText Quoting(Message answered, MimeMessage original)
    {
        string head = string.Create(CultureInfo.InvariantCulture, $"On {answered.At:d MMM yyyy} at {answered.At:HH:mm} UTC, {Name(answered)} wrote:");
        string quoted = string.Join('\n', TextOf(original).TrimEnd().Split('\n').Select(line => line.StartsWith('>') ? ">" + line : "> " + line));
        string body = HtmlOf(original);
        return this with
        {
            Plain = $"{Plain}\n\n{head}\n{quoted}\n",
            Html = $"{Html}<br><div>{Escape(head)}</div><blockquote type=\"cite\" style=\"{QuoteStyle}\">{body}</blockquote>",
        };
    }

    private static string TextOf(MimeMessage original) =>
        original.TextBody is not [MimePart part, ..] ? "" : BodyText.Of(part).ReplaceLineEndings("\n");

    // What goes out is cleaned like what comes in: a hostile mail is not passed on as it is.
    private static string HtmlOf(MimeMessage original)
    {
        SanitizedHtml? clean = original.HtmlBody is not [{ Type.Media: "text/html" } part, ..] ? null
            : HtmlSanitizer.Clean(part.Text(), new SanitizeOptions { RemoteImages = true });
        return clean?.Html ?? Paragraphs(TextOf(original));
    }

    private static string Name(Message message) => message.FromName.Length > 0 ? $"{message.FromName} <{message.FromAddress}>" : message.FromAddress;

    private static string Paragraphs(string text) =>
        string.Concat(text.Trim().ReplaceLineEndings("\n").Split("\n\n").Select(p => $"<p>{Escape(p).Replace("\n", "<br>", StringComparison.Ordinal)}</p>"));

    private static string Escape(string text) => WebUtility.HtmlEncode(text);
}
