using System.Data.Common;
using Microsoft.Extensions.Logging;

namespace MailInbox.Inbox.Storage;

/// <summary>
/// The only thread that writes to a database. It takes what is waiting, runs each piece in a savepoint, commits once,
/// then answers all: one flush of the disk for the whole group.
/// </summary>
internal sealed class Writer : IDisposable
{
    /// <summary>Pieces in one commit.</summary>
    private const int GroupSize = 256;

    /// <summary>A group that has run this long is committed, so that the first piece need not wait for the last.</summary>
    private static readonly TimeSpan GroupTime = TimeSpan.FromMilliseconds(20);

    // A monitor, since its Wait sleeps at once: a semaphore spins first, on the processor that those who add need.
    private readonly object _gate = new();
    private readonly Queue<Piece> _waiting = [];
    private readonly Dialect _dialect;
    private readonly Transaction _transaction;
    private readonly ChangeLog _changes;
    private readonly TimeProvider _clock;
    private readonly ILogger _logger;
    private readonly bool _courteous;
    private readonly Thread _thread;
    private bool _closed;

    public Writer(Dialect dialect, DbConnection connection, string name, WriterSurroundings surroundings)
    {
        _dialect = dialect;
        _transaction = new Transaction(dialect, connection);
        (_changes, _clock, _logger, _courteous) = surroundings;
        _thread = new Thread(Loop) { Name = $"writer of {name}", IsBackground = true };
        _thread.Start();
    }

    public void Add(Piece piece)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_closed, this);
            _waiting.Enqueue(piece);
            Monitor.Pulse(_gate);
        }
    }

    /// <summary>Finishes what was added, then closes the connection.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            if (_closed)
            {
                return;
            }

            _closed = true;
            Monitor.Pulse(_gate);
        }

        _thread.Join();
        _transaction.Dispose();
    }

    private void Loop()
    {
        if (_courteous && !Courtesy.StepBack())
        {
            _logger.LogInformation("The system keeps the writer at full priority");
        }

        List<Piece> group = new(GroupSize);
        while (Take(out Piece? first))
        {
            group.Clear();
            group.Add(first);
            if (first.Alone)
            {
                RunOutside(first);
            }
            else
            {
                RunGroup(group);
            }
        }
    }

    /// <summary>Waits for a piece; false once the writer is closed and nothing is left.</summary>
    private bool Take([System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out Piece? piece)
    {
        lock (_gate)
        {
            while (!_waiting.TryDequeue(out piece))
            {
                if (_closed)
                {
                    return false;
                }

                Monitor.Wait(_gate);
            }

            return true;
        }
    }

    private Piece? TakeForGroup()
    {
        lock (_gate)
        {
            return _waiting.TryPeek(out Piece? next) && !next.Alone ? _waiting.Dequeue() : null;
        }
    }

    private void RunOutside(Piece piece)
    {
        try
        {
            _transaction.Now = _clock.GetUtcNow();
            piece.Run(_transaction);
            piece.Answer();
        }
        catch (Exception failure)
        {
            piece.Fail(failure);
        }
    }

    private void RunGroup(List<Piece> group)
    {
        List<Piece> done = new(group.Count);
        try
        {
            _transaction.Forget(0);
            _transaction.Execute(_dialect.Begin);
            long began = _clock.GetTimestamp();
            Piece? piece = group[0];
            while (piece is not null)
            {
                RunPiece(piece, done);
                piece = group.Count < GroupSize && _clock.GetElapsedTime(began) < GroupTime ? TakeForGroup() : null;
                if (piece is not null)
                {
                    group.Add(piece);
                }
            }

            _transaction.Execute("COMMIT");
        }
        catch (Exception failure)
        {
            Abandon(group, failure);
            return;
        }

        _changes.Announce(_transaction.Touched);
        foreach (Piece piece in done)
        {
            piece.Answer();
        }
    }

    /// <summary>A piece that fails takes only itself back, unless the database has ended the whole transaction.</summary>
    private void RunPiece(Piece piece, List<Piece> done)
    {
        int mark = _transaction.Mark();
        _transaction.Now = _clock.GetUtcNow();
        _transaction.Execute("SAVEPOINT piece");
        try
        {
            piece.Run(_transaction);
            _transaction.Execute("RELEASE piece");
            done.Add(piece);
        }
        catch (Exception failure) when (!_dialect.TransactionGone(_transaction.Connection))
        {
            _transaction.Execute("ROLLBACK TO piece");
            _transaction.Execute("RELEASE piece");
            _transaction.Forget(mark);
            piece.Fail(failure);
        }
    }

    /// <summary>The commit failed or the transaction is gone: nobody is acknowledged, internal pieces run again one by one.</summary>
    private void Abandon(List<Piece> group, Exception failure)
    {
        _logger.LogError(failure, "A commit of {Count} pieces failed and was taken back", group.Count);
        RollBack();
        if (group.Count == 1)
        {
            group[0].Fail(failure);
            return;
        }

        foreach (Piece piece in group.Where(p => !p.Ended))
        {
            if (piece.Internal)
            {
                RunGroupAlone(piece);
            }
            else
            {
                piece.Fail(failure);
            }
        }
    }

    private void RunGroupAlone(Piece piece)
    {
        try
        {
            _transaction.Forget(0);
            _transaction.Now = _clock.GetUtcNow();
            _transaction.Execute(_dialect.Begin);
            piece.Run(_transaction);
            _transaction.Execute("COMMIT");
        }
        catch (Exception failure)
        {
            RollBack();
            piece.Fail(failure);
            return;
        }

        _changes.Announce(_transaction.Touched);
        piece.Answer();
    }

    private void RollBack()
    {
        try
        {
            if (!_dialect.TransactionGone(_transaction.Connection))
            {
                _transaction.Execute("ROLLBACK");
            }
        }
        catch (DbException failure)
        {
            // The next BEGIN fails too, and each piece is told so.
            _logger.LogError(failure, "A transaction could not be rolled back");
        }
    }
}

/// <summary>What a writer needs besides its connection.</summary>
/// <param name="Courteous">Steps back behind threads on which clients wait for an answer.</param>
internal sealed record WriterSurroundings(ChangeLog Changes, TimeProvider Clock, ILogger Logger, bool Courteous);
