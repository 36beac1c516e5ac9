using System.Collections.Concurrent;
using System.Data.Common;
using Microsoft.Extensions.Logging;

namespace MailInbox.Inbox.Storage;

/// <summary>
/// One database: reads run on pooled read-only connections, all writes go through one writer with group commit.
/// Nobody opens a second way in.
/// </summary>
public sealed class Database : IDisposable
{
    private readonly ConcurrentBag<Snapshot> _readers = [];
    private readonly Dialect _dialect;
    private readonly string _place;
    private readonly Writer? _writer;

    private Database(Dialect dialect, string place, Writer? writer)
    {
        _dialect = dialect;
        _place = place;
        _writer = writer;
    }

    public Dialect Dialect => _dialect;

    /// <summary>Opens for reading and writing, after bringing the tables up to date. Throws <see cref="DatabaseRefusal"/> when the file is newer than this program.</summary>
    /// <param name="courteous">Its writer leaves the processor to those on whom a client waits: accepting mail comes before filing it.</param>
    public static Database Open(string place, Dialect dialect, ChangeLog changes, TimeProvider clock, ILogger logger, bool courteous = false)
    {
        DbConnection connection = dialect.OpenWriter(place);
        string name = Path.GetFileNameWithoutExtension(place);
        try
        {
            new Migrator(dialect, clock, logger).Migrate(connection, place, Migration.Of(name));
        }
        catch
        {
            connection.Dispose();
            throw;
        }

        return new Database(dialect, place, new Writer(dialect, connection, name, new WriterSurroundings(changes, clock, logger, courteous)));
    }

    /// <summary>Opens only for reading, beside a running gateway.</summary>
    public static Database OpenReadOnly(string place, Dialect dialect) => new(dialect, place, null);

    /// <summary>Runs a piece in the writer and answers after its group is on disk. Its exception takes back only the piece.</summary>
    /// <param name="work">Under 20 ms; it may run twice when its group fails.</param>
    public Task<T> Write<T>(Func<Transaction, T> work) => Add(new Piece<T>(work) { Internal = true });

    /// <inheritdoc cref="Write{T}(Func{Transaction, T})"/>
    public Task Write(Action<Transaction> work) => Write(Nothing(work));

    /// <summary>As <see cref="Write{T}(Func{Transaction, T})"/>, but never tried again: whoever waits can be told to come back.</summary>
    public Task WriteOnce(Action<Transaction> work) => Add(new Piece<bool>(Nothing(work)));

    /// <summary>Runs on the writer's connection outside any transaction.</summary>
    public Task Shrink() => Add(new Piece<bool>(t =>
    {
        _dialect.Shrink(t.Connection);
        return true;
    })
    { Alone = true });

    /// <summary>Runs reads on one pooled connection, all of them on the same state.</summary>
    public T Read<T>(Func<Snapshot, T> work)
    {
        if (!_readers.TryTake(out Snapshot? reader))
        {
            reader = new Snapshot(_dialect, _dialect.OpenReader(_place));
        }

        bool sound = false;
        try
        {
            reader.First<long?>("BEGIN");
            T result = work(reader);
            reader.First<long?>("COMMIT");
            sound = true;
            return result;
        }
        finally
        {
            if (sound)
            {
                _readers.Add(reader);
            }
            else
            {
                reader.Dispose();
            }
        }
    }

    public void Dispose()
    {
        _writer?.Dispose();
        while (_readers.TryTake(out Snapshot? reader))
        {
            reader.Dispose();
        }
    }

    private Task<T> Add<T>(Piece<T> piece)
    {
        Writer writer = _writer ?? throw new InvalidOperationException("This database was opened only for reading.");
        writer.Add(piece);
        return piece.Task;
    }

    private static Func<Transaction, bool> Nothing(Action<Transaction> work) => t =>
    {
        work(t);
        return true;
    };
}
