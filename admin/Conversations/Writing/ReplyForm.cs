using System.Globalization;
using MailInbox.Admin.Conversations.Messages;
using MailInbox.Inbox.Outbox;
using Microsoft.AspNetCore.Http;

namespace MailInbox.Admin.Conversations.Writing;

/// <summary>Reads what the composer hands in.</summary>
internal static class ReplyForm
{
    /// <summary>Bytes of all attachments of one message.</summary>
    public const long MaxAttachments = 25_000_000;

    private const int MaxFiles = 50;

    public static async Task<ReplyDraft> Read(IFormCollection form, CancellationToken cancel)
    {
        string html = form["html"].ToString();
        return new ReplyDraft
        {
            Kind = Composing.Kind(form["kind"]) ?? ReplyKind.Reply,
            MessageId = Number(form["message"]),
            LastSeenId = Number(form["seen"]),
            To = form["to"].ToString(),
            Cc = form["cc"].ToString(),
            Bcc = form["bcc"].ToString(),
            Subject = form["subject"].ToString(),
            Html = string.IsNullOrWhiteSpace(html) ? null : html,
            Text = form["text"].ToString().ReplaceLineEndings("\n"),
            Attachments = await Uploads(form, cancel),
            AttachOriginal = form["original"] == "attached",
            Close = form["close"] == "true",
        };
    }

    /// <summary>What is wrong before anybody looks at the words; null when nothing is.</summary>
    public static ReplyResult? Refuse(ReplyDraft draft) =>
        draft.Attachments.Count > MaxFiles ? Problem(draft, $"At most {MaxFiles} files in one message.")
        : draft.Attachments.Sum(a => (long)a.Bytes.Length) > MaxAttachments ? Problem(draft, "The attachments may have 25 MB together.")
        : null;

    private static ReplyResult Problem(ReplyDraft draft, string words) =>
        new(draft.ConversationId ?? 0, 0, new Dictionary<string, string> { ["attachments"] = words });

    private static long? Number(string? text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long number) ? number : null;

    private static async Task<IReadOnlyList<Upload>> Uploads(IFormCollection form, CancellationToken cancel)
    {
        List<Upload> uploads = [];
        foreach (IFormFile file in form.Files.GetFiles("attachments").Where(f => f.Length > 0 || f.FileName.Length > 0))
        {
            using MemoryStream bytes = new((int)file.Length);
            await file.CopyToAsync(bytes, cancel);
            uploads.Add(new Upload(FileNames.Safe(Path.GetFileName(file.FileName)), file.ContentType ?? "application/octet-stream", bytes.ToArray()));
        }
        return uploads;
    }
}
