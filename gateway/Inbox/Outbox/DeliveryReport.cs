using System.Text;
using MailInbox.Inbox.Contacts;
using MailInbox.Inbox.Conversations;
using MailInbox.Inbox.Storage;
using MailInbox.Mail.Mime;
using MailInbox.Mail.Mime.Reading;

namespace MailInbox.Inbox.Outbox;

/// <summary>What a delivery report says of one recipient (RFC 3464 §2.3).</summary>
internal sealed record ReportedRecipient(string Address, string Action, string Words);

/// <summary>A delivery status notification (RFC 3464), and the message it speaks of.</summary>
internal sealed record DeliveryReport(string OriginalMessageId, IReadOnlyList<ReportedRecipient> Recipients)
{
    /// <summary>Characters kept of an address, and of what a server says about it.</summary>
    private const int MostWords = 500;

    /// <summary>The report in a mail, or null when it is none that names its message.</summary>
    public static DeliveryReport? Read(MimeMessage mail)
    {
        if (mail.Root.Type.Media != "multipart/report")
        {
            return null;
        }

        MimePart? status = mail.Root.Parts.FirstOrDefault(p => p.Type.Media == "message/delivery-status");
        MimePart? original = mail.Root.Parts.FirstOrDefault(p => p.Type.Media is "message/rfc822" or "text/rfc822-headers" or "message/global");
        if (status is null || original is null)
        {
            return null;
        }

        MimeMessage about = original.Message ?? MimeParser.Parse(original.Decode());
        return about.MessageId.Length == 0 ? null : new DeliveryReport(about.MessageId, RecipientsIn(status.Decode()));
    }

    /// <summary>Finds the message of ours that the report speaks of.</summary>
    public Message? Find(Snapshot reader, string inboxKey) => reader.First<Message>(
        "SELECT * FROM message WHERE message_id = @OriginalMessageId AND message_id <> '' AND inbox = @inboxKey AND direction = 'out' ORDER BY id LIMIT 1",
        new { OriginalMessageId, inboxKey });

    /// <summary>Marks the recipients that did not get it and brings the conversation back to the open ones.</summary>
    public void Apply(Transaction t, Message original)
    {
        Conversation conversation = ConversationStore.Find(t, original.ConversationId)!;
        foreach (ReportedRecipient recipient in Recipients.Where(r => r.Action == "failed"))
        {
            t.Execute(
                "UPDATE delivery SET state = 'bounced', reply = @Words, at = @now, next_at = NULL WHERE message_id = @Id AND lower(address) = @key",
                new { recipient.Words, now = t.Now, original.Id, key = AddressKey.Of(recipient.Address) });
            ConversationActions.Fail(t, conversation, $"Returned by {recipient.Address}: {recipient.Words}");
        }
    }

    // Groups of fields, parted by empty lines; the first group is about the message, the others each about a recipient.
    private static List<ReportedRecipient> RecipientsIn(byte[] status)
    {
        List<ReportedRecipient> recipients = [];
        foreach (string group in Encoding.Latin1.GetString(status).ReplaceLineEndings("\n").Split("\n\n", StringSplitOptions.RemoveEmptyEntries).Take(200))
        {
            HeaderFields fields = MimeParser.Parse(Encoding.Latin1.GetBytes(group.TrimStart('\n') + "\n\n")).Headers;
            string address = After(fields.Text("Final-Recipient") is { Length: > 0 } final ? final : fields.Text("Original-Recipient"));
            if (address.Length > 0)
            {
                string diagnostic = After(fields.Text("Diagnostic-Code"));
                recipients.Add(new ReportedRecipient(address, AddressKey.Of(fields.Text("Action")), diagnostic.Length > 0 ? diagnostic : After(fields.Text("Status"))));
            }
        }

        return recipients;
    }

    // "rfc822; a@b" and "smtp; 550 …": the part after the kind.
    private static string After(string value) => Preview.Of(value[(value.IndexOf(';', StringComparison.Ordinal) + 1)..].Trim().Trim('<', '>'), MostWords);
}
