using System.Security.Cryptography;
using MailInbox.Inbox.RawMail;
using MailInbox.Mail.Smtp;

namespace MailInbox.Inbox.Intake;

/// <summary>
/// One message on its way to disk. A small one is written in one piece together with its row; of a large one at most
/// two pieces are in memory at a time.
/// </summary>
internal sealed class SpoolDelivery(Spool spool, RawMailStore raw, Envelope envelope) : IMailDelivery
{
    /// <summary>Chunks in one piece of the writer.</summary>
    private const int PieceChunks = 4;

    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly long _id = raw.NextId();
    private List<ReadOnlyMemory<byte>> _full = [];
    private byte[] _chunk = [];
    private int _used;
    private int _written;
    private long _size;
    private Task _piece = Task.CompletedTask;
    private bool _finished;

    public async ValueTask Write(ReadOnlyMemory<byte> bytes, CancellationToken cancel)
    {
        _hash.AppendData(bytes.Span);
        _size += bytes.Length;
        while (bytes.Length > 0)
        {
            bytes = bytes[Take(bytes)..];
            if (_full.Count == PieceChunks)
            {
                await Send(cancel);
            }
        }
    }

    public async ValueTask<SmtpReply> Commit(CancellationToken cancel)
    {
        try
        {
            await _piece;
            if (_used > 0)
            {
                _full.Add(_chunk.AsMemory(0, _used));
            }

            RawMessage row = spool.RowOf(_id, envelope) with { Size = _size, Sha256 = Convert.ToHexStringLower(_hash.GetHashAndReset()) };
            await raw.Finish(row, _written, _full);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            return spool.Refuse(failure);
        }

        _finished = true;
        spool.Kept();
        return new SmtpReply(250, "2.0.0", $"Kept as {_id}");
    }

    public async ValueTask DisposeAsync()
    {
        _hash.Dispose();
        if (_finished || _written == 0)
        {
            return;
        }

        try
        {
            // It ends before the chunks go, whether it went well or not.
            await _piece.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await raw.Drop(_id);
        }
        catch (Exception failure)
        {
            // The chunks stay until the sweep at the next start; nothing refers to them.
            _ = spool.Refuse(failure);
        }
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
        _piece = raw.WriteChunks(_id, _written, _full);
        _written += _full.Count;
        _full = [];
    }
}
