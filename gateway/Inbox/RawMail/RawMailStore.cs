using MailInbox.Inbox.Storage;

namespace MailInbox.Inbox.RawMail;

/// <summary>The raw bytes and their envelopes in mail.db.</summary>
public sealed class RawMailStore
{
    /// <summary>Bytes in a row: small enough for ordinary heap memory, large enough for few rows.</summary>
    public const int ChunkSize = 64 * 1024;

    /// <summary>Chunks that one mail may have; the low bits of a chunk's key.</summary>
    private const int ChunkBits = 12;

    /// <summary>Rows read at a time.</summary>
    private const int Page = 1_000;

    private readonly Database _mail;
    private long _lastId;

    /// <param name="mail">mail.db, opened for writing or reading.</param>
    public RawMailStore(Database mail)
    {
        _mail = mail;
        _lastId = mail.Read(r => Math.Max(
            r.First<long>("SELECT coalesce(max(id), 0) FROM raw"),
            r.First<long>("SELECT coalesce(max(raw_id), 0) FROM unfinished")));
    }

    /// <summary>The most bytes that fit one mail.</summary>
    public static long MaxSize => (long)ChunkSize << ChunkBits;

    /// <summary>An id that no mail has had.</summary>
    public long NextId() => Interlocked.Increment(ref _lastId);

    /// <summary>Writes chunks of a large mail before its row. Never tried again: the session is told.</summary>
    public Task WriteChunks(long id, int first, IReadOnlyList<ReadOnlyMemory<byte>> chunks) => _mail.WriteOnce(t =>
    {
        if (first == 0)
        {
            t.Execute("INSERT INTO unfinished (raw_id) VALUES (@id)", new { id });
        }

        AddChunks(t, id, first, chunks);
    });

    /// <summary>Writes the last chunks and the row: when the task ends the mail is safe on disk.</summary>
    /// <param name="also">Runs in the same transaction; its exception takes all of it back.</param>
    public Task Finish(RawMessage mail, int first, IReadOnlyList<ReadOnlyMemory<byte>> chunks, Action<Transaction>? also = null) => _mail.WriteOnce(t =>
    {
        AddChunks(t, mail.Id, first, chunks);
        t.Execute(
            """
            INSERT INTO raw (id, source, state, envelope_from, recipients, client, helo, tls, received_at, size, sha256)
            VALUES (@Id, @Source, @State, @EnvelopeFrom, @Recipients, @Client, @Helo, @Tls, @ReceivedAt, @Size, @Sha256)
            """,
            new { mail.Id, mail.Source, mail.State, mail.EnvelopeFrom, mail.Recipients, mail.Client, mail.Helo, mail.Tls, mail.ReceivedAt, mail.Size, mail.Sha256 });
        if (first > 0)
        {
            t.Execute("DELETE FROM unfinished WHERE raw_id = @id", new { id = mail.Id });
        }

        also?.Invoke(t);
    });

    /// <summary>Drops the chunks of a mail whose row never came.</summary>
    public Task Drop(long id) => _mail.Write(t => DropUnfinished(t, id));

    /// <summary>At start: drops what sessions of an ended process left unfinished. Returns how many.</summary>
    public Task<int> Sweep() => _mail.Write(t =>
    {
        IReadOnlyList<long> left = t.All<long>("SELECT raw_id FROM unfinished");
        foreach (long id in left)
        {
            DropUnfinished(t, id);
        }

        return left.Count;
    });

    public RawMessage? Find(long id) => _mail.Read(r => r.First<RawMessage>("SELECT * FROM raw WHERE id = @id", new { id }));

    /// <summary>The oldest waiting mails after <paramref name="after"/>, with no bytes.</summary>
    public IReadOnlyList<RawMessage> Waiting(long after, int limit) =>
        _mail.Read(r => r.All<RawMessage>("SELECT * FROM raw WHERE state = 'waiting' AND id > @after ORDER BY id LIMIT @limit", new { after, limit }));

    /// <summary>All bytes of a mail; empty when it has none (erased, or never was).</summary>
    public byte[] Bytes(long id) => _mail.Read(r => Bytes(r, id, r.First<long>("SELECT size FROM raw WHERE id = @id", new { id })));

    /// <summary>Mails with their bytes, read on one connection.</summary>
    public IReadOnlyList<(RawMessage Mail, byte[] Bytes)> WithBytes(IReadOnlyList<RawMessage> mails) =>
        _mail.Read(r => mails.Select(m => (m, Bytes(r, m.Id, m.Size))).ToList());

    /// <summary>Notes that these are filed; only an optimisation, the ledger is what counts.</summary>
    public Task MarkDone(IReadOnlyList<long> ids) => _mail.Write(t =>
    {
        foreach (long id in ids)
        {
            t.Execute("UPDATE raw SET state = 'done' WHERE id = @id AND state = 'waiting'", new { id });
        }
    });

    /// <summary>Puts a mail back in line.</summary>
    public Task MarkWaiting(long id) => _mail.Write(t => t.Execute("UPDATE raw SET state = 'waiting' WHERE id = @id AND state = 'done'", new { id }));

    /// <summary>Erases the bytes and the outside people's part of the envelope.</summary>
    public Task Erase(long id) => _mail.Write(t =>
    {
        DeleteChunks(t, id);
        // A mailbox is no outside person, and by it the same bytes are known when the server numbers them anew.
        t.Execute("UPDATE raw SET state = 'erased', envelope_from = '', client = CASE WHEN source = 'imap' THEN client ELSE '' END, helo = '' WHERE id = @id", new { id });
    });

    /// <summary>Gives the space of erased mails back to the disk.</summary>
    public Task Shrink() => _mail.Shrink();

    /// <summary>How many mails were received, in all and waiting. Counts them one by one.</summary>
    public (long All, long Waiting) Counts() => (_mail.Read(r => r.First<long>("SELECT count(*) FROM raw WHERE source <> 'outbox'")), CountWaiting());

    /// <summary>How many mails wait to be filed; quick, however many there are.</summary>
    public long CountWaiting() => _mail.Read(r => r.First<long>("SELECT count(*) FROM raw WHERE state = 'waiting'"));

    /// <summary>Every received mail in order, without bytes. No read lasts longer than a page: one that stays open keeps the write-ahead log from ending.</summary>
    public void Each(Action<RawMessage> row)
    {
        long after = 0;
        while (After(after, Page) is { Count: > 0 } page)
        {
            foreach (RawMessage mail in page)
            {
                row(mail);
            }

            after = page[^1].Id;
        }
    }

    /// <summary>Received mails after <paramref name="id"/> in order, without bytes.</summary>
    public IReadOnlyList<RawMessage> After(long id, int limit) =>
        _mail.Read(r => r.All<RawMessage>("SELECT * FROM raw WHERE source <> 'outbox' AND id > @id ORDER BY id LIMIT @limit", new { id, limit }));

    /// <summary>Ids of mails composed here.</summary>
    public IReadOnlyList<long> Outgoing() => _mail.Read(r => r.All<long>("SELECT id FROM raw WHERE source = 'outbox' AND state <> 'erased'"));

    // Chunk by chunk into an array of the size that the row tells: a large mail is in memory once.
    private static byte[] Bytes(Snapshot reader, long id, long size)
    {
        byte[] all = [];
        int at = 0;
        reader.Each<byte[]>("SELECT bytes FROM chunk WHERE id >= @from AND id < @to ORDER BY id", Range(id), chunk =>
        {
            if (chunk.Length == size)
            {
                all = chunk;
            }
            else
            {
                all = at == 0 ? new byte[size] : all;
                chunk.CopyTo(all, at);
            }

            at += chunk.Length;
        });
        return all;
    }

    private static void AddChunks(Transaction t, long id, int first, IReadOnlyList<ReadOnlyMemory<byte>> chunks)
    {
        for (int i = 0; i < chunks.Count; i++)
        {
            ReadOnlyMemory<byte> chunk = chunks[i];
            bool whole = System.Runtime.InteropServices.MemoryMarshal.TryGetArray(chunk, out ArraySegment<byte> segment) && segment.Offset == 0 && segment.Array!.Length == chunk.Length;
            t.Execute("INSERT INTO chunk (id, bytes) VALUES (@key, @bytes)", new { key = (id << ChunkBits) + first + i, bytes = whole ? segment.Array : chunk.ToArray() });
        }
    }

    private static void DropUnfinished(Transaction t, long id)
    {
        if (t.Execute("DELETE FROM unfinished WHERE raw_id = @id", new { id }) > 0)
        {
            DeleteChunks(t, id);
        }
    }

    private static void DeleteChunks(Transaction t, long id) => t.Execute("DELETE FROM chunk WHERE id >= @from AND id < @to", Range(id));

    private static object Range(long id) => new { from = id << ChunkBits, to = (id + 1) << ChunkBits };
}
