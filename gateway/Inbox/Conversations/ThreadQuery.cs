using System.Text.Json;
using MailInbox.Inbox.Contacts;
using MailInbox.Inbox.Filtering;
using MailInbox.Inbox.Storage;
using MailInbox.Inbox.Team;

namespace MailInbox.Inbox.Conversations;

/// <summary>Reads one conversation for its page.</summary>
public sealed class ThreadQuery(Database inbox)
{
    /// <summary>Conversations of the contact that the context panel lists.</summary>
    private const int Others = 12;

    /// <summary>The conversation with all its page shows, or null when there is none (never was, or deleted for ever).</summary>
    public Thread? Load(long conversationId) => inbox.Read(r =>
    {
        Conversation? conversation = ConversationStore.Find(r, conversationId);
        return conversation is null ? null : Load(r, conversation);
    });

    /// <summary>One message, or null.</summary>
    public Message? Message(long messageId) => inbox.Read(r => Find(r, messageId));

    internal static Message? Find(Snapshot reader, long messageId) => reader.First<Message>("SELECT * FROM message WHERE id = @messageId", new { messageId });

    private static Thread Load(Snapshot r, Conversation c)
    {
        var of = new { c.Id };
        IReadOnlyList<Message> messages = r.All<Message>("SELECT * FROM message WHERE conversation_id = @Id ORDER BY at, id", of);
        Dictionary<long, string> authors = r.All<Agent>("SELECT id, name FROM agent").ToDictionary(a => a.Id, a => a.Name);
        ILookup<long, Attachment> attachments = r.All<Attachment>("SELECT * FROM attachment WHERE message_id IN (SELECT id FROM message WHERE conversation_id = @Id)", of).OrderBy(Place, StringComparer.Ordinal).ToLookup(a => a.MessageId);
        ILookup<long, RecipientState> deliveries = r.All<RecipientState>("SELECT * FROM delivery WHERE message_id IN (SELECT id FROM message WHERE conversation_id = @Id) ORDER BY message_id, address", of).ToLookup(d => d.MessageId);
        string trace = r.First<string>("SELECT trace FROM message WHERE conversation_id = @Id AND direction = 'in' ORDER BY id DESC LIMIT 1", of) ?? "[]";
        return new Thread(
            c,
            ContactStore.Find(r, c.ContactId)!,
            c.AssigneeId is null ? null : r.First<Agent>("SELECT * FROM agent WHERE id = @AssigneeId", new { c.AssigneeId }),
            [.. messages.Select(m => new ThreadMessage(m, authors.GetValueOrDefault(m.AuthorId ?? 0, ""), [.. attachments[m.Id]], [.. deliveries[m.Id]]))],
            r.All<ConversationEvent>("SELECT * FROM event WHERE conversation_id = @Id ORDER BY id", of),
            JsonSerializer.Deserialize<List<TraceStep>>(trace) ?? [],
            OthersOf(r, c));
    }

    /// <summary>Orders <c>2</c> before <c>10</c>.</summary>
    private static string Place(Attachment it) => string.Join('.', it.PartId.Split('.').Select(number => number.PadLeft(6, '0')));

    private static IReadOnlyList<OtherConversation> OthersOf(Snapshot r, Conversation c) => r.All<OtherConversation>(
        """
        SELECT c.id, c.inbox, c.subject, c.status, c.disposition, c.last_at, coalesce(a.name, '') AS assignee,
               (c.id = @linked OR coalesce(c.linked_id, 0) = @Id) AS linked
        FROM conversation c LEFT JOIN agent a ON a.id = c.assignee_id
        WHERE c.id <> @Id AND (c.contact_id = @ContactId OR c.id = @linked OR c.linked_id = @Id)
        ORDER BY linked DESC, c.last_at DESC LIMIT @Others
        """,
        new { c.Id, c.ContactId, linked = c.LinkedId ?? 0, Others });
}
