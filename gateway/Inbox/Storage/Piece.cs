namespace MailInbox.Inbox.Storage;

/// <summary>One piece of work for the writer. It is answered only after the commit of its group.</summary>
internal abstract class Piece
{
    /// <summary>Tried again alone when its group failed for another's fault; a session's piece is not, its peer is told 451.</summary>
    public bool Internal { get; init; }

    /// <summary>Runs outside any transaction, alone (copies, shrinking).</summary>
    public bool Alone { get; init; }

    /// <summary>Whoever waited has been told: it must not run again.</summary>
    public bool Ended { get; protected set; }

    public abstract void Run(Transaction transaction);

    public abstract void Answer();

    public abstract void Fail(Exception failure);
}

internal sealed class Piece<T>(Func<Transaction, T> work) : Piece
{
    private readonly TaskCompletionSource<T> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T _result = default!;

    public Task<T> Task => _answer.Task;

    public override void Run(Transaction transaction) => _result = work(transaction);

    public override void Answer()
    {
        Ended = true;
        _answer.TrySetResult(_result);
    }

    public override void Fail(Exception failure)
    {
        Ended = true;
        _answer.TrySetException(failure);
    }
}
