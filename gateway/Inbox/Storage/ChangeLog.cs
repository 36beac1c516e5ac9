namespace MailInbox.Inbox.Storage;

/// <summary>A conversation changed; said after the commit.</summary>
/// <param name="Id">Rises by one with each change.</param>
public sealed record Change(long Id, string Inbox, long ConversationId);

/// <summary>Tells listeners in this process what was committed, and keeps the newest few thousand for those who come back.</summary>
public sealed class ChangeLog
{
    /// <summary>Id of the newest change.</summary>
    public long Newest => throw new NotSupportedException();

    /// <summary>Changes after <paramref name="since"/>, or null when they are no longer kept (the listener must read everything anew).</summary>
    public IReadOnlyList<Change>? After(long since) => throw new NotSupportedException();

    /// <summary>Ends once there is a change newer than <paramref name="since"/>.</summary>
    public Task Wait(long since, CancellationToken cancel) => throw new NotSupportedException();
}
