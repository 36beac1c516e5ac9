using System.Text.Json;
using MailInbox.Inbox.Contacts;
using MailInbox.Inbox.Filtering;
using MailInbox.Inbox.Storage;

namespace MailInbox.Inbox.Conversations;

/// <summary>Writes conversations and their messages. All members run inside a piece.</summary>
internal static class ConversationStore
{
    public static Conversation? Find(Snapshot reader, long id) => reader.First<Conversation>("SELECT * FROM conversation WHERE id = @id", new { id });

    public static IReadOnlyList<Conversation> Find(Snapshot reader, IReadOnlyList<long> ids) =>
        reader.All<Conversation>($"SELECT * FROM conversation WHERE {reader.Dialect.In("id", "@ids")} ORDER BY id", new { ids = Snapshot.List(ids) });

    /// <summary>
    /// Opens a conversation as it will stand with its first message, which is added with <see cref="NewMessage.First"/>:
    /// its row is then written into the lists' indexes once and not twice.
    /// </summary>
    public static Conversation Open(Transaction t, Conversation start)
    {
        Conversation c = start with { CreatedAt = t.Now };
        long id = t.Insert(
            """
            INSERT INTO conversation (inbox, subject, contact_id, status, disposition, filter_reason, assignee_id, created_at, last_at, last_direction, preview,
                has_attachment, participants, waiting_since, has_incoming, has_outgoing, linked_id)
            VALUES (@Inbox, @Subject, @ContactId, @Status, @Disposition, @FilterReason, @AssigneeId, @CreatedAt, @LastAt, @LastDirection, @Preview,
                @HasAttachment, @Participants, @WaitingSince, @HasIncoming, @HasOutgoing, @LinkedId) RETURNING id
            """,
            new { c.Inbox, c.Subject, c.ContactId, c.Status, c.Disposition, c.FilterReason, c.AssigneeId, c.CreatedAt, c.LastAt, c.LastDirection, c.Preview, c.HasAttachment, c.Participants, c.WaitingSince, c.HasIncoming, c.HasOutgoing, c.LinkedId });
        return c with { Id = id };
    }

    /// <summary>Adds a message with its attachments and references, and brings the conversation's row up to date.</summary>
    public static long Add(Transaction t, NewMessage added)
    {
        Message m = added.Message;
        long id = t.Insert(
            """
            INSERT INTO message (conversation_id, inbox, raw_id, direction, kind, message_id, from_name, from_address, to_list, cc_list, reply_to_list, subject, preview, at, author_id, has_attachment, trace)
            VALUES (@ConversationId, @Inbox, @RawId, @Direction, @Kind, @MessageId, @FromName, @FromAddress, @ToList, @CcList, @ReplyToList, @Subject, @Preview, @At, @AuthorId, @HasAttachment, @Trace) RETURNING id
            """,
            new { m.ConversationId, m.Inbox, m.RawId, m.Direction, m.Kind, m.MessageId, m.FromName, m.FromAddress, m.ToList, m.CcList, m.ReplyToList, m.Subject, m.Preview, m.At, m.AuthorId, m.HasAttachment, Trace = JsonSerializer.Serialize(added.Trace) });
        foreach (Attachment part in added.Attachments)
        {
            t.Execute(
                "INSERT INTO attachment (message_id, part_id, file_name, type, size, inline) VALUES (@id, @PartId, @FileName, @Type, @Size, @Inline)",
                new { id, part.PartId, part.FileName, part.Type, part.Size, part.Inline });
        }

        foreach (string reference in added.References)
        {
            t.Execute(
                "INSERT INTO reference (message_id, conversation_id) VALUES (@reference, @ConversationId) ON CONFLICT DO NOTHING",
                new { reference, m.ConversationId });
        }

        foreach (string key in added.Outside)
        {
            t.Execute(
                "INSERT INTO participant (conversation_id, address_key, forwarded) VALUES (@ConversationId, @key, @forwarded) ON CONFLICT DO NOTHING",
                new { m.ConversationId, key, forwarded = m.Kind == MessageKind.Forward });
        }

        if (added.First)
        {
            t.Execute("UPDATE conversation SET last_message_id = @id WHERE id = @ConversationId", new { id, m.ConversationId });
        }
        else
        {
            Summarise(t, m with { Id = id });
        }

        t.Touch(m.Inbox, m.ConversationId);
        return id;
    }

    // Mail fetched late may be older than what the conversation ends with.
    private static void Summarise(Transaction t, Message m)
    {
        bool incoming = m.Direction == Direction.In;
        t.Execute(
            """
            UPDATE conversation SET
                last_direction = CASE WHEN @At >= last_at THEN @Direction ELSE last_direction END,
                preview = CASE WHEN @At >= last_at THEN @Preview ELSE preview END,
                last_at = CASE WHEN @At >= last_at THEN @At ELSE last_at END,
                last_message_id = @Id,
                has_attachment = CASE WHEN @HasAttachment = 1 THEN 1 ELSE has_attachment END,
                has_incoming = CASE WHEN @incoming = 1 THEN 1 ELSE has_incoming END,
                has_outgoing = CASE WHEN @incoming = 0 THEN 1 ELSE has_outgoing END,
                participants = (SELECT count(*) FROM participant WHERE conversation_id = @ConversationId AND forwarded = 0)
            WHERE id = @ConversationId
            """,
            new { m.At, m.Direction, m.Id, m.Preview, m.HasAttachment, incoming, m.ConversationId });
    }
}

/// <summary>A message on its way into its conversation.</summary>
/// <param name="Message">Its id is not yet known.</param>
/// <param name="References">Message-IDs it refers to.</param>
/// <param name="Outside">Keys (<see cref="AddressKey"/>) of outside people who take part by it, each once.</param>
/// <param name="First">The conversation was opened with what this message says.</param>
internal sealed record NewMessage(
    Message Message,
    IReadOnlyList<Attachment> Attachments,
    IReadOnlyList<string> References,
    IReadOnlyList<string> Outside,
    IReadOnlyList<TraceStep> Trace,
    bool First);
