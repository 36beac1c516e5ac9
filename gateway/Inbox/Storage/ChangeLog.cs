namespace MailInbox.Inbox.Storage;

/// <summary>A conversation changed; said after the commit.</summary>
/// <param name="Id">Rises by one with each change.</param>
public sealed record Change(long Id, string Inbox, long ConversationId);

/// <summary>Tells listeners in this process what was committed, and keeps the newest few thousand for those who come back.</summary>
public sealed class ChangeLog
{
    /// <summary>Changes kept for listeners that were away for a moment.</summary>
    private const int Kept = 4_096;

    private readonly Lock _gate = new();
    private readonly Queue<Change> _changes = [];
    private TaskCompletionSource _news = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _newest;

    /// <summary>Starts behind every id of an earlier process, so that an old id is never mistaken for a current one.</summary>
    public ChangeLog(TimeProvider clock) => _newest = clock.GetUtcNow().ToUnixTimeMilliseconds() << 10;

    /// <summary>Id of the newest change.</summary>
    public long Newest
    {
        get
        {
            lock (_gate)
            {
                return _newest;
            }
        }
    }

    /// <summary>Changes after <paramref name="since"/>, or null when they are no longer kept (the listener must read everything anew).</summary>
    public IReadOnlyList<Change>? After(long since)
    {
        lock (_gate)
        {
            if (since == _newest)
            {
                return [];
            }

            bool kept = _changes.TryPeek(out Change? oldest) && since >= oldest.Id - 1 && since < _newest;
            return kept ? [.. _changes.Where(c => c.Id > since)] : null;
        }
    }

    /// <summary>Ends once there is a change newer than <paramref name="since"/>.</summary>
    public Task Wait(long since, CancellationToken cancel)
    {
        lock (_gate)
        {
            return since != _newest ? Task.CompletedTask : _news.Task.WaitAsync(cancel);
        }
    }

    internal void Announce(IReadOnlyList<(string Inbox, long ConversationId)> touched)
    {
        if (touched.Count == 0)
        {
            return;
        }

        TaskCompletionSource news;
        lock (_gate)
        {
            foreach ((string inbox, long conversationId) in touched)
            {
                _changes.Enqueue(new Change(++_newest, inbox, conversationId));
                if (_changes.Count > Kept)
                {
                    _changes.Dequeue();
                }
            }

            news = _news;
            _news = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        news.SetResult();
    }
}
