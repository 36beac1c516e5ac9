namespace MailInbox.Inbox.Conversations;

/// <summary>Reads one conversation for its page.</summary>
public sealed class ThreadQuery
{
    /// <summary>The conversation with all its page shows, or null when there is none (never was, or deleted for ever).</summary>
    public Thread? Load(long conversationId) => throw new NotSupportedException();

    /// <summary>One message, or null.</summary>
    public Message? Message(long messageId) => throw new NotSupportedException();
}
