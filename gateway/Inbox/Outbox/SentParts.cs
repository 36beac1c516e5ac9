using MailInbox.Inbox.Conversations;
using MailInbox.Mail.Mime;

namespace MailInbox.Inbox.Outbox;

/// <summary>The attachments of a composed message, found as any reader of it finds them.</summary>
internal static class SentParts
{
    public static IReadOnlyList<Attachment> Of(byte[] bytes) =>
        [.. MimeParser.Parse(bytes).Attachments.Select(p => new Attachment { PartId = p.Id, FileName = p.FileName, Type = p.Type.Media, Size = p.Decode().Length, Inline = p.ContentId.Length > 0 && p.Disposition != "attachment" })];
}
