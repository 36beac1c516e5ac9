using System.Text.Json;
using MailInbox.Inbox.Configuration;
using MailInbox.Inbox.Mailboxes.Ledger;
using MailInbox.Inbox.RawMail;
using MailInbox.Mail.Imap;
using MailInbox.Mail.Wire;

namespace MailInbox.Inbox.Mailboxes;

/// <summary>
/// Takes messages while they come in. Bytes and row of the ledger are kept in one transaction; several may be on their way to
/// disk at a time, so that they share its flush.
/// </summary>
internal sealed class MessageTaking(SourceOptions source, FolderRow folder, MailboxRooms rooms, MailboxProgress progress) : IImapReceiver, IAsyncDisposable
{
    /// <summary>Messages on their way to disk.</summary>
    private const int MostOnTheWay = 32;

    private const long MostBytesOnTheWay = 8L << 20;

    /// <summary>Servers are wrong about sizes by line ends and the like; beyond that they are not believed.</summary>
    private const long SizeSlack = 1L << 20;

    /// <summary>Missing bytes that may be a server's way of counting.</summary>
    private const long CutSlack = 64L << 10;

    /// <summary>A message that came longer ago is dated by the server, a newer one by us, as mail from the listener is.</summary>
    private static readonly TimeSpan Recent = TimeSpan.FromHours(1);

    private readonly Dictionary<uint, SeenMessage> _asked = [];
    private readonly List<SeenMessage> _open = [];
    private readonly Queue<SeenMessage> _empty = [];
    private readonly List<Task> _onTheWay = [];
    private RawWriter? _writer;
    private SeenMessage? _begun;
    private long _bytes;
    private bool _joining;
    private bool _joined;

    /// <summary>Messages that are kept, or about to be.</summary>
    public int Kept { get; private set; }

    /// <summary>The message at which the connection broke, if it did.</summary>
    public SeenMessage? Suspect => _begun ?? _open.FirstOrDefault();

    /// <summary>Says which messages come next, in order.</summary>
    public void Ask(IReadOnlyList<SeenMessage> messages)
    {
        _open.AddRange(messages);
        foreach (SeenMessage m in messages)
        {
            _asked[m.Number] = m;
        }
    }

    /// <summary>Messages that are there and came without bytes, each once.</summary>
    public IEnumerable<SeenMessage> TakeEmpty()
    {
        while (_empty.TryDequeue(out SeenMessage? message))
        {
            yield return message;
        }
    }

    public async ValueTask Begin(uint uid, CancellationToken cancel)
    {
        _begun = _asked[uid];
        if (!_joining)
        {
            await Drop();
        }

        _writer ??= new RawWriter(rooms.Raw);
    }

    public ValueTask Write(ReadOnlyMemory<byte> bytes, CancellationToken cancel)
    {
        if (_writer!.Size + bytes.Length > Math.Min(source.MaxSize + SizeSlack, RawMailStore.MaxSize))
        {
            throw new MessageTooLarge(_begun!, _writer.Size + bytes.Length);
        }

        return _writer.Write(bytes, cancel);
    }

    public async ValueTask End(ImapFetched fetched, CancellationToken cancel)
    {
        SeenMessage message = _asked[fetched.Uid];
        _begun = null;
        _open.Remove(message);
        if (_joining)
        {
            _joined = fetched is { Refusal: null, HasBody: true };
            return;
        }

        if (fetched.Refusal is { } refusal)
        {
            await Strike(message, $"The server refuses it: {refusal.Message}");
        }
        else if (!fetched.HasBody || fetched.Bytes == 0)
        {
            _empty.Enqueue(message);
        }
        else if (IsCut(fetched) && message.Tries < Pauses.TriesWithoutBytes)
        {
            await Drop();
            await Strike(message, $"The server gives only {fetched.Bytes} of {fetched.Mail!.Size} bytes.");
        }
        else
        {
            await Keep(Told(message, fetched.Mail), SeenState.Taken, cancel);
        }
    }

    /// <summary>Some servers give a message only in two parts.</summary>
    public async Task TakeParts(ImapClient client, SeenMessage message, CancellationToken cancel)
    {
        await Drop();
        if (await IsGone(client, message, cancel))
        {
            return;
        }

        (_joining, _begun) = (true, message);
        await client.FetchBody(message.Number, ImapSection.Header, null, this, cancel);
        if (_joined && _writer is { Size: > 0 })
        {
            _begun = message;
            await client.FetchBody(message.Number, ImapSection.Text, null, this, cancel);
        }

        (_joining, _begun) = (false, null);
        await (_joined && _writer is { Size: > 0 } ? Keep(message, SeenState.Taken, cancel) : Strike(message, "The server lists it and gives no bytes of it."));
    }

    /// <summary>Only the header of a message that is too large, and words that say so.</summary>
    public async Task TakeHeader(ImapClient client, SeenMessage message, CancellationToken cancel)
    {
        await Drop();
        _begun = message;
        StubHeader header = new();
        await client.FetchBody(message.Number, ImapSection.Header, null, header, cancel);
        _begun = null;
        _open.Remove(message);
        if (header.Bytes.Length == 0)
        {
            if (await IsGone(client, message, cancel))
            {
                return;
            }

            await Strike(message, "It is larger than the limit, and the server gives no header of it.");
            return;
        }

        _writer = new RawWriter(rooms.Raw);
        await _writer.Write(header.Stub(message.Size ?? 0, source), cancel);
        await Keep(message, SeenState.Stub, cancel);
    }

    /// <summary>Waits until all that came is on disk.</summary>
    public async Task Settle()
    {
        Task all = Task.WhenAll(_onTheWay);
        _bytes = 0;
        try
        {
            await all;
        }
        finally
        {
            _onTheWay.Clear();
            rooms.Intake.Wake();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(_onTheWay).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await Drop();
    }

    private async Task Keep(SeenMessage message, SeenState state, CancellationToken cancel)
    {
        RawWriter writer = _writer!;
        _writer = null;
        Kept++;
        if (message.Uid <= folder.CompareTo && rooms.Ledger.Known(source.Key, writer.Sha256) is { } known)
        {
            await writer.DisposeAsync();
            await rooms.Ledger.TakeKnown(message, state, known);
            return;
        }

        _bytes += writer.Size;
        _onTheWay.Add(Keep(writer, message, state));
        if (_onTheWay.Count >= MostOnTheWay || _bytes > MostBytesOnTheWay)
        {
            await Settle().WaitAsync(cancel);
        }
    }

    private async Task Keep(RawWriter writer, SeenMessage message, SeenState state)
    {
        await using (writer)
        {
            await writer.Finish(Row(message), t => MailboxLedger.Take(t, message, state, writer.Id));
        }

        rooms.Intake.Wake();
        if (message.Uid > folder.StartTo && message.Uid > folder.CompareTo && message.InternalDate is { } came)
        {
            progress.Took(rooms.Clock.GetUtcNow() - came);
        }
    }

    private RawMessage Row(SeenMessage message) => new()
    {
        Source = RawSource.Imap,
        State = RawState.Waiting,
        Recipients = JsonSerializer.Serialize<RawRecipient[]>([new RawRecipient(rooms.Options.Inboxes.Find(source.Inbox)!.Address, source.Inbox)]),
        Client = source.Key,
        Helo = $"{folder.Name};UIDVALIDITY={folder.Uidvalidity}/;UID={message.Uid}",
        Tls = source.Security != WireSecurity.None,
        ReceivedAt = At(message.InternalDate),
    };

    private DateTimeOffset At(DateTimeOffset? came)
    {
        DateTimeOffset now = rooms.Clock.GetUtcNow();
        return came is { } at && now - at > Recent ? at : now;
    }

    private async Task<bool> IsGone(ImapClient client, SeenMessage message, CancellationToken cancel)
    {
        bool gone = (await client.Search($"UID {message.Number}", cancel)).Count == 0;
        if (gone)
        {
            await rooms.Ledger.Leave(message);
        }

        return gone;
    }

    /// <summary>Servers are wrong about sizes, but not by that much.</summary>
    private static bool IsCut(ImapFetched fetched) => fetched.Mail?.Size is { } told && told - fetched.Bytes > CutSlack && fetched.Bytes < told * 0.8;

    private Task Strike(SeenMessage message, string reason) =>
        rooms.Ledger.Strike(message, reason, Pauses.Message(message, broken: false, rooms.Clock.GetUtcNow()));

    private static SeenMessage Told(SeenMessage message, ImapMail? mail) =>
        message with { Size = message.Size ?? mail?.Size, InternalDate = message.InternalDate ?? mail?.InternalDate };

    private async ValueTask Drop()
    {
        if (_writer is not null)
        {
            await _writer.DisposeAsync();
            _writer = null;
        }
    }
}

/// <summary>More bytes come than the server told and than are taken.</summary>
internal sealed class MessageTooLarge(SeenMessage message, long size) : Exception($"Message {message.Uid} has more than {size} bytes.")
{
    public SeenMessage Taken { get; } = message;

    public long Size { get; } = size;
}
