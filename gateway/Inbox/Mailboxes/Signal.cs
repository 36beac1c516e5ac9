namespace MailInbox.Inbox.Mailboxes;

/// <summary>What a mailbox at rest is woken for.</summary>
[Flags]
internal enum Wish
{
    None = 0,

    /// <summary>Something is to be done on the server.</summary>
    Act = 1,

    /// <summary>Look into the folder that is listened to.</summary>
    LookFirst = 2,

    /// <summary>Look into every folder.</summary>
    Look = 4,
}

/// <summary>Wishes gather until they are taken.</summary>
internal sealed class Signal
{
    private readonly Lock _gate = new();
    private TaskCompletionSource _given = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Wish _wish;

    public void Give(Wish wish)
    {
        lock (_gate)
        {
            _wish |= wish;
            _given.TrySetResult();
        }
    }

    /// <summary>What was wished since the last call; clears it.</summary>
    public Wish Take()
    {
        lock (_gate)
        {
            if (_wish != Wish.None)
            {
                _given = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            }

            (Wish taken, _wish) = (_wish, Wish.None);
            return taken;
        }
    }

    /// <summary>Ends once there is a wish; it stays to be taken.</summary>
    public Task Wait(CancellationToken cancel)
    {
        lock (_gate)
        {
            return _given.Task.WaitAsync(cancel);
        }
    }
}
