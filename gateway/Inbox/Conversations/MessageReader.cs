using System.Net;
using System.Text;
using MailInbox.Inbox.RawMail;
using MailInbox.Inbox.Storage;
using MailInbox.Mail.Mime;
using MailInbox.Mail.Mime.Attached;
using MailInbox.Mail.Mime.Html;
using MailInbox.Mail.Mime.Reading;

namespace MailInbox.Inbox.Conversations;

/// <summary>What a message says, ready to show.</summary>
/// <param name="Text">Plain text without the quoted tail; never null, empty when the mail says nothing.</param>
/// <param name="Quoted">The quoted tail and signature that the thread folds; empty when there is none.</param>
/// <param name="Html">Cleaned HTML body for the frame, the quoted tail in a <c>details</c> element; null when there is none, or it is too large to clean.</param>
/// <param name="RemoteImages">How many remote contents the HTML asks for.</param>
/// <param name="Notes">What the reader should know: too large to show, bytes gone.</param>
public sealed record MessageContent(string Text, string Quoted, string? Html, int RemoteImages, IReadOnlyList<string> Notes)
{
    /// <summary>How its writer protected it; the raw mail is kept as it came, nothing is checked.</summary>
    public ProtectionKind Protection { get; init; }

    /// <summary>The different invites among its parts.</summary>
    public IReadOnlyList<CalendarInvite> Invites { get; init; } = [];

    /// <summary>Mails that stand in it as parts.</summary>
    public IReadOnlyList<AttachedMail> Attached { get; init; } = [];

    /// <summary>Whether there is nothing to read.</summary>
    public bool IsEmpty => Html is null && string.IsNullOrWhiteSpace(Text) && Quoted.Length + Notes.Count + Invites.Count + Attached.Count == 0;
}

/// <summary>A decoded part for download.</summary>
public sealed record PartContent(string FileName, string Type, byte[] Bytes);

/// <summary>Reads bodies and parts from the raw bytes when they are shown.</summary>
public sealed class MessageReader(Database inbox, RawMailStore raw)
{
    /// <summary>Most plain text that a page shows; the rest is in the raw mail.</summary>
    private const int MostText = 200_000;

    /// <summary>The content with <c>cid:</c> images pointing to <paramref name="partAddress"/>(part id); remote images only when asked for. Null when the message is gone.</summary>
    public Task<MessageContent?> Read(long messageId, Func<string, string> partAddress, bool remoteImages, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        MimeMessage? message = Parse(messageId);
        return Task.FromResult(message is null ? null : Content(message, partAddress, remoteImages));
    }

    /// <summary>One decoded part, or null when there is none.</summary>
    public Task<PartContent?> Part(long messageId, string partId, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        MimePart? part = Parse(messageId)?.Find(partId);
        return Task.FromResult(part is null ? null : new PartContent(part.FileName, part.Type.Media, part.Decode()));
    }

    /// <summary>The bytes as received or sent, or null.</summary>
    public Task<byte[]?> Raw(long messageId, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        return Task.FromResult(Bytes(messageId));
    }

    private MimeMessage? Parse(long messageId) => Bytes(messageId) is { } bytes ? MimeParser.Parse(bytes) : null;

    private byte[]? Bytes(long messageId) => inbox.Read(r => ThreadQuery.Find(r, messageId)) is { } message ? raw.Bytes(message.RawId) : null;

    private static MessageContent Content(MimeMessage message, Func<string, string> partAddress, bool remoteImages)
    {
        List<string> notes = [];
        SanitizedHtml? html = Html(message, partAddress, remoteImages, notes);
        (string visible, string quoted) = QuotedText.Split(Text(message, html is null, notes));
        return new MessageContent(visible, quoted, html?.Html, html?.RemoteImages ?? 0, notes)
        {
            Protection = Protection.Of(message).Kind,
            Invites = CalendarInvite.Of(message),
            Attached = AttachedMail.Of(message),
        };
    }

    private static SanitizedHtml? Html(MimeMessage message, Func<string, string> partAddress, bool remoteImages, List<string> notes)
    {
        List<MimePart> bodies = [.. message.HtmlBody.Where(p => p.Type.Kind == "text")];
        if (!bodies.Exists(IsHtml))
        {
            return null;
        }

        Dictionary<string, string> parts = [];
        foreach (MimePart part in message.AllParts().Concat(message.Attachments).Where(p => p.ContentId.Length > 0 && MessageFiles.CanShow(p)))
        {
            parts.TryAdd(part.ContentId, part.Id);
        }

        SanitizeOptions options = new() { CidAddress = id => parts.TryGetValue(id, out string? part) ? partAddress(part) : null, RemoteImages = remoteImages, NoReferrer = true, FoldQuoted = true };
        SanitizedHtml? clean = Joined(bodies, options);
        if (clean is null)
        {
            notes.Add("The formatted text is too large or too deeply nested to be shown; this is its plain text.");
        }

        return clean;
    }

    /// <summary>Each part by itself, so that what one leaves open takes nothing from the next; null when one or all are beyond the limits.</summary>
    private static SanitizedHtml? Joined(List<MimePart> bodies, SanitizeOptions options)
    {
        StringBuilder html = new();
        int remote = 0;
        List<string> removed = [];
        foreach (MimePart body in bodies)
        {
            string text = IsHtml(body) ? body.Text(HtmlSanitizer.MaxLength + 1) : Lines(BodyText.Of(body));
            if (html.Length + text.Length > HtmlSanitizer.MaxLength || HtmlSanitizer.Clean(text, options) is not { } clean)
            {
                return null;
            }

            html.Append(clean.Html);
            remote += clean.RemoteImages;
            removed.AddRange(clean.Removed);
        }

        return new SanitizedHtml(html.ToString(), remote, removed);
    }

    private static bool IsHtml(MimePart part) => part.Type.Media == "text/html";

    /// <summary>A plain part between the formatted ones: a note above a forwarded page, a list's footer.</summary>
    private static string Lines(string text) =>
        $"<div style=\"white-space:pre-wrap\">{WebUtility.HtmlEncode(text.Trim().ReplaceLineEndings("\n")).Replace("\n", "<br>", StringComparison.Ordinal)}</div>";

    private static string Text(MimeMessage message, bool shown, List<string> notes)
    {
        string text = BodyText.Of(message);
        if (text.Length <= MostText)
        {
            return text;
        }

        if (shown)
        {
            notes.Add("This text is longer than a page shows; the raw message has all of it.");
        }

        return text[..MostText];
    }
}
