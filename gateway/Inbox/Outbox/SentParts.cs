using MailInbox.Inbox.Conversations;
using MailInbox.Mail.Mime;

namespace MailInbox.Inbox.Outbox;

/// <summary>The files of a composed message, found as any reader of it finds them.</summary>
internal static class SentParts
{
    public static IReadOnlyList<Attachment> Of(byte[] bytes)
    {
        MimeMessage message = MimeParser.Parse(bytes);
        return [.. MessageFiles.Of(message).Select(p => new Attachment { PartId = p.Id, FileName = p.FileName, Type = p.Type.Media, Size = p.Decode().Length, Inline = MessageFiles.IsShownInside(message, p) })];
    }
}
