using System.Buffers;
using System.Text;
using MailInbox.Inbox.Contacts;
using MailInbox.Inbox.Conversations;
using MailInbox.Inbox.Storage;
using MailInbox.Mail.Mime;
using MailInbox.Mail.Mime.Reports;

namespace MailInbox.Inbox.Outbox;

/// <summary>
/// A report about a mail of somebody, brought to the message of ours that it names. A recipient alone joins nothing: anyone can write
/// that an address failed, but only who had our message knows its identifier.
/// </summary>
/// <param name="MessageIds">The identifiers that the report names, its own choice first.</param>
/// <param name="Named">Whether the first of them is the report's choice; the others are only mentioned.</param>
/// <param name="Recipients">What it says of each recipient.</param>
internal sealed record DeliveryReport(IReadOnlyList<string> MessageIds, bool Named, IReadOnlyList<ReportedRecipient> Recipients)
{
    /// <summary>Bytes of a report that are searched for identifiers of ours.</summary>
    private const int MostSearched = 256 * 1024;

    private const int MostIds = 20;

    /// <summary>Lines of history that one report adds.</summary>
    private const int MostLines = 20;

    /// <summary>Hexadecimal digits in front of the @ of each identifier that we make.</summary>
    private const int OurDigits = 32;

    private static readonly SearchValues<byte> Digits = SearchValues.Create("0123456789abcdef"u8);

    /// <summary>Whether a recipient did not get it: else nobody has to do anything.</summary>
    public bool Failed => Recipients.Any(r => r.Action == "failed");

    /// <summary>The delivery report in a mail, or null when it is none, or names no mail.</summary>
    public static DeliveryReport? Of(MimeMessage mail, MailReport? report)
    {
        if (report is not { Kind: ReportKind.Delivery })
        {
            return null;
        }

        IEnumerable<string> named = mail.InReplyTo.Concat(mail.References.Reverse()).Prepend(report.OriginalMessageId).Where(id => id.Length > 0);
        List<string> ids = [.. named.Concat(LikeOurs(mail.Raw.Span)).Distinct(StringComparer.Ordinal).Take(MostIds)];
        return ids.Count == 0 ? null : new DeliveryReport(ids, report.OriginalMessageId.Length > 0, report.Recipients);
    }

    /// <summary>
    /// Finds the message of ours that the report speaks of: the one that it names, else the newest among those that it only mentions
    /// which went to a recipient of the report. A returned mail of others mentions ours in its References.
    /// </summary>
    public Message? Find(Snapshot reader, string inboxKey)
    {
        Message? newest = null;
        for (int i = 0; i < MessageIds.Count; i++)
        {
            Message? found = reader.First<Message>(
                "SELECT * FROM message WHERE message_id = @id AND message_id <> '' AND inbox = @inboxKey AND direction = 'out' ORDER BY id LIMIT 1",
                new { id = MessageIds[i], inboxKey });
            if (found is null)
            {
                continue;
            }

            if (i == 0 && Named)
            {
                return found;
            }

            if (found.Id > (newest?.Id ?? 0) && Recipients.Any(r => WentTo(reader, found, r.Address)))
            {
                newest = found;
            }
        }

        return newest;
    }

    /// <summary>
    /// Marks what became of each recipient. For one that failed the conversation comes back to the open ones; a delay is only shown,
    /// and never undoes a failure.
    /// </summary>
    public void Apply(Transaction t, Message original)
    {
        Conversation conversation = ConversationStore.Find(t, original.ConversationId)!;
        foreach (ReportedRecipient recipient in Recipients)
        {
            string words = recipient.Diagnostic.Length > 0 ? recipient.Diagnostic : recipient.Status;
            var change = new { words, now = t.Now, original.Id, key = AddressKey.Of(recipient.Address) };
            if (recipient.Action == "failed")
            {
                t.Execute("UPDATE delivery SET state = 'bounced', reply = @words, at = @now, next_at = NULL WHERE message_id = @Id AND lower(address) = @key", change);
            }
            else if (recipient.Action == "delayed")
            {
                t.Execute("UPDATE delivery SET state = 'deferred', reply = @words, at = @now WHERE message_id = @Id AND lower(address) = @key AND state = 'sent'", change);
            }
        }

        foreach (ReportedRecipient recipient in Recipients.Where(r => r.Action == "failed").Take(MostLines))
        {
            // A mail that was passed on is returned by somebody to whom we never wrote.
            string whom = WentTo(t, original, recipient.Address) ? $"Returned by {recipient.Address}" : $"Passed on and returned by {recipient.Address}";
            ConversationActions.Fail(t, conversation, $"{whom}: {Told(recipient)}");
        }
    }

    private static bool WentTo(Snapshot reader, Message message, string address) => reader.First<string>(
        "SELECT address FROM delivery WHERE message_id = @Id AND lower(address) = @key LIMIT 1", new { message.Id, key = AddressKey.Of(address) }) is not null;

    /// <summary>What went wrong in words for people, then in those of the server.</summary>
    private static string Told(ReportedRecipient recipient)
    {
        string words = recipient.Diagnostic.Length > 0 ? recipient.Diagnostic : recipient.Status;
        string? reason = recipient.Reason switch
        {
            ReportReason.UnknownUser => "there is no such address",
            ReportReason.MailboxFull => "the mailbox is full",
            ReportReason.Disabled => "the mailbox is closed",
            ReportReason.Domain => "the domain takes no mail",
            ReportReason.Spam => "taken for spam",
            ReportReason.Policy => "refused by the rules of the other side",
            ReportReason.TooBig => "the message is too big",
            ReportReason.Network => "the other side could not be reached",
            _ => null,
        };
        return reason is null ? words : $"{reason} ({words})";
    }

    /// <summary>What looks like an identifier of ours, wherever the report writes it.</summary>
    private static List<string> LikeOurs(ReadOnlySpan<byte> raw)
    {
        List<string> ids = [];
        raw = raw[..Math.Min(raw.Length, MostSearched)];
        for (int at = raw.IndexOf((byte)'@'); at >= 0 && ids.Count < MostIds; at = raw.IndexOf((byte)'@'))
        {
            int end = at + 1;
            while (end < raw.Length && (char.IsAsciiLetterOrDigit((char)raw[end]) || raw[end] is (byte)'.' or (byte)'-'))
            {
                end++;
            }

            if (at >= OurDigits && !raw[(at - OurDigits)..at].ContainsAnyExcept(Digits))
            {
                ids.Add(Encoding.ASCII.GetString(raw[(at - OurDigits)..end]));
            }

            raw = raw[end..];
        }

        return ids;
    }
}
