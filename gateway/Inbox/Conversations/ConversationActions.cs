using MailInbox.Inbox.Team;

namespace MailInbox.Inbox.Conversations;

/// <summary>What people do with one or many conversations. Each act is one transaction, one event a conversation, and returns how many it changed.</summary>
public sealed class ConversationActions
{
    /// <summary>Gives to an agent, or to nobody (null).</summary>
    public Task<int> Assign(IReadOnlyList<long> ids, long? agentId, Actor actor, CancellationToken cancel) => throw new NotSupportedException();

    public Task<int> Close(IReadOnlyList<long> ids, Actor actor, CancellationToken cancel) => throw new NotSupportedException();

    public Task<int> Reopen(IReadOnlyList<long> ids, Actor actor, CancellationToken cancel) => throw new NotSupportedException();

    public Task<int> Trash(IReadOnlyList<long> ids, Actor actor, CancellationToken cancel) => throw new NotSupportedException();

    /// <summary>Out of the trash, to where it stood before.</summary>
    public Task<int> Restore(IReadOnlyList<long> ids, Actor actor, CancellationToken cancel) => throw new NotSupportedException();

    /// <summary>Removes messages, attachments and raw bytes of conversations that stand in the trash; the rest are left alone.</summary>
    public Task<int> Delete(IReadOnlyList<long> ids, Actor actor, CancellationToken cancel) => throw new NotSupportedException();

    /// <summary>To Filtered, only these conversations.</summary>
    public Task<int> MarkSpam(IReadOnlyList<long> ids, Actor actor, CancellationToken cancel) => throw new NotSupportedException();

    /// <summary>From Filtered to the inbox.</summary>
    public Task<int> NotSpam(IReadOnlyList<long> ids, Actor actor, CancellationToken cancel) => throw new NotSupportedException();

    /// <summary>Blocks the contact's address; this and all future conversations of that sender go to Filtered.</summary>
    public Task<int> Block(IReadOnlyList<long> ids, Actor actor, CancellationToken cancel) => throw new NotSupportedException();

    /// <summary>Takes an agent's block back: future mail is visible again.</summary>
    public Task<int> Unblock(IReadOnlyList<long> ids, Actor actor, CancellationToken cancel) => throw new NotSupportedException();

    /// <summary>Whether an agent's block holds for the conversation's contact.</summary>
    public bool Blocked(long conversationId) => throw new NotSupportedException();

    /// <summary>The agent has seen the conversation as it stands now.</summary>
    public Task MarkRead(long conversationId, long agentId, CancellationToken cancel) => throw new NotSupportedException();
}
