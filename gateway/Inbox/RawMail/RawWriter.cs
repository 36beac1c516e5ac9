using System.Security.Cryptography;
using MailInbox.Inbox.Storage;

namespace MailInbox.Inbox.RawMail;

/// <summary>
/// One mail on its way to disk. A small one is written in one piece together with its row; of a large one at most
/// two pieces are in memory at a time. Without <see cref="Finish"/> nothing of it stays.
/// </summary>
public sealed class RawWriter(RawMailStore raw) : IAsyncDisposable
{
    /// <summary>Chunks in one piece of the writer.</summary>
    private const int PieceChunks = 4;

    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private List<ReadOnlyMemory<byte>> _full = [];
    private byte[] _chunk = [];
    private int _used;
    private int _written;
    private Task _piece = Task.CompletedTask;
    private string? _sha256;
    private bool _finished;

    public long Id { get; } = raw.NextId();

    /// <summary>Bytes so far.</summary>
    public long Size { get; private set; }

    /// <summary>Of all bytes, in lower-case hex; nothing can be written any more.</summary>
    public string Sha256 => _sha256 ??= Convert.ToHexStringLower(_hash.GetHashAndReset());

    public async ValueTask Write(ReadOnlyMemory<byte> bytes, CancellationToken cancel)
    {
        _hash.AppendData(bytes.Span);
        Size += bytes.Length;
        while (bytes.Length > 0)
        {
            bytes = bytes[Take(bytes)..];
            if (_full.Count == PieceChunks)
            {
                await Send(cancel);
            }
        }
    }

    /// <summary>When the task ends the mail is safe on disk, with <paramref name="also"/> in the same transaction.</summary>
    /// <param name="row">Id, size and digest are filled in.</param>
    public async Task Finish(RawMessage row, Action<Transaction>? also = null)
    {
        await _piece;
        if (_used > 0)
        {
            _full.Add(_chunk.AsMemory(0, _used));
        }

        await raw.Finish(row with { Id = Id, Size = Size, Sha256 = Sha256 }, _written, _full, also);
        _finished = true;
    }

    /// <summary>Drops what was written of an unfinished mail. Where that fails, the sweep at the next start does it; nothing refers to it.</summary>
    public async ValueTask DisposeAsync()
    {
        _hash.Dispose();
        if (_finished || _written == 0)
        {
            return;
        }

        // It ends before the chunks go, whether it went well or not.
        await _piece.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await raw.Drop(Id);
    }

    // The first write of a small message is all of it: it gets an array of just its size.
    private int Take(ReadOnlyMemory<byte> bytes)
    {
        if (_chunk.Length == 0 && bytes.Length < RawMailStore.ChunkSize)
        {
            _chunk = bytes.ToArray();
            _used = _chunk.Length;
            return _used;
        }

        if (_chunk.Length < RawMailStore.ChunkSize)
        {
            Array.Resize(ref _chunk, RawMailStore.ChunkSize);
        }

        int taken = Math.Min(bytes.Length, _chunk.Length - _used);
        bytes.Span[..taken].CopyTo(_chunk.AsSpan(_used));
        _used += taken;
        if (_used == _chunk.Length)
        {
            _full.Add(_chunk);
            (_chunk, _used) = (new byte[RawMailStore.ChunkSize], 0);
        }

        return taken;
    }

    private async Task Send(CancellationToken cancel)
    {
        await _piece.WaitAsync(cancel);
        _piece = raw.WriteChunks(Id, _written, _full);
        _written += _full.Count;
        _full = [];
    }
}
