using MailInbox.Inbox.Conversations;
using MailInbox.Inbox.Storage;

namespace MailInbox.Inbox.Intake;

/// <summary>One message per inbox and digest, whichever way and however often it comes, also after it was deleted for ever.</summary>
internal static class Duplicates
{
    /// <summary>The message that is there already, in words, and its conversation when it still is.</summary>
    public static Twin? Find(Transaction t, IncomingMail mail)
    {
        Row? row = t.First<Row>(
            "SELECT d.message_id, m.conversation_id FROM digest d LEFT JOIN message m ON m.id = d.message_id WHERE d.inbox = @Inbox AND d.digest = @Digest",
            new { mail.Inbox, mail.Digest });
        return row switch
        {
            null => null,
            { ConversationId: null } => new Twin("the same message was deleted for ever", null),
            { ConversationId: { } id } => new Twin($"the same message stands in #{id}", id),
        };
    }

    public static void Remember(Transaction t, IncomingMail mail, long messageId) => t.Execute(
        "INSERT INTO digest (inbox, digest, message_id) VALUES (@Inbox, @Digest, @messageId)",
        new { mail.Inbox, mail.Digest, messageId });

    private sealed record Row
    {
        public long? MessageId { get; init; }

        public long? ConversationId { get; init; }
    }
}

internal sealed record Twin(string Reason, long? ConversationId);
