using MailInbox.Inbox.Configuration;
using MailInbox.Inbox.Mailboxes.Ledger;
using MailInbox.Inbox.Mailboxes.Watching;
using MailInbox.Mail.Imap;

namespace MailInbox.Inbox.Mailboxes;

/// <summary>Looks into one folder: every new number gets its row first, then every row that waits is fetched. Flags are never looked at, nothing changes by looking.</summary>
internal sealed class FolderLook(SourceOptions source, ImapClient client, MailboxRooms rooms, MailboxProgress progress, MailboxMemory memory)
{
    /// <summary>Messages fetched between two looks into the ledger.</summary>
    private const int TakeBatch = 50;

    /// <summary>Then it is looked for new mail again.</summary>
    private static readonly TimeSpan Turn = TimeSpan.FromMinutes(1);

    /// <summary>Above this many bytes a message is fetched in slices, on its own.</summary>
    private const long Large = 16L << 20;

    private readonly Dictionary<string, long> _unnumbered = [];

    /// <summary>Throws <see cref="ImapRefusal"/> when the folder cannot be read.</summary>
    public async Task<FolderRow> Run(string name, CancellationToken cancel)
    {
        ImapFolderState state = await client.Select(name, readOnly: true, cancel);
        FolderRow folder = await Open(name, Validity(state), cancel);
        Found = await List(folder, cancel);
        await Take(folder, cancel);
        while (!Unfinished && await rooms.Ledger.Forget(folder))
        {
            cancel.ThrowIfCancellationRequested();
        }

        return folder;
    }

    /// <summary>Numbers that the last look had not seen before.</summary>
    public int Found { get; private set; }

    /// <summary>The last look left something waiting, lest new mail and other folders wait for it.</summary>
    public bool Unfinished { get; private set; }

    /// <summary>Fetches what waits, new mail first, for a while.</summary>
    public async Task Take(FolderRow folder, CancellationToken cancel)
    {
        long done = 0;
        long waiting = -1;
        long began = rooms.Clock.GetTimestamp();
        Unfinished = false;
        while (rooms.Ledger.Due(folder, rooms.Clock.GetUtcNow(), TakeBatch) is { Count: > 0 } due)
        {
            Unfinished = rooms.Clock.GetElapsedTime(began) > Turn;
            if (Unfinished)
            {
                return;
            }

            if (rooms.Space.IsShort)
            {
                throw new DiskShort();
            }

            waiting = waiting < 0 ? rooms.Ledger.CountWaiting(folder) : waiting;
            progress.Does(SourceState.Taking, $"fetching {done:N0} of {Math.Max(waiting, done):N0} in {folder.Name}");
            done += await Fetch(folder, due, cancel);
        }
    }

    /// <summary>A server without lasting numbers gets a value of its own for each connection: everything is compared by content then.</summary>
    private long Validity(ImapFolderState state)
    {
        if (state.UidValidity is { } given)
        {
            return given;
        }

        _unnumbered.TryAdd(state.Name, -rooms.Clock.GetUtcNow().ToUnixTimeMilliseconds());
        return _unnumbered[state.Name];
    }

    // The highest number counts, and not the one that a server says is next: some say too much.
    private async Task<FolderRow> Open(string name, long validity, CancellationToken cancel)
    {
        FolderRow? known = rooms.Ledger.Find(source.Key, name);
        long last = known?.Uidvalidity == validity ? 0 : await client.Search("ALL", cancel) is [.., var highest] ? highest : 0;
        return await rooms.Ledger.Open(source.Key, name, validity, last);
    }

    /// <summary>Gives new numbers their rows; how many there were.</summary>
    private async Task<int> List(FolderRow folder, CancellationToken cancel)
    {
        IReadOnlyList<uint> numbers = await client.SearchFrom((uint)Math.Min(uint.MaxValue, folder.HighUid + 1), cancel);
        if (numbers.Count == 0)
        {
            return 0;
        }

        Func<ImapMail, bool> wanted = await Wanted(folder, numbers[0], cancel);
        for (int at = 0; at < numbers.Count;)
        {
            IReadOnlyList<uint> batch = [.. numbers.Skip(at).Take(memory.BatchFrom(folder.Name, numbers[at]))];
            await List(folder, batch, wanted, cancel);
            memory.Forward();
            at += batch.Count;
        }

        return numbers.Count;
    }

    private async Task List(FolderRow folder, IReadOnlyList<uint> batch, Func<ImapMail, bool> wanted, CancellationToken cancel)
    {
        Dictionary<uint, ImapMail> told = [];
        try
        {
            told = (await client.Fetch(batch, cancel)).DistinctBy(m => m.Uid).ToDictionary(m => m.Uid);
        }
        catch (Exception broken) when (IsBroken(broken) && memory.Narrow(folder.Name, batch))
        {
            await rooms.Ledger.Note(folder, [Unknown(batch[0])], batch[0], wanted);
            throw;
        }

        // Some servers find a message and then tell nothing of it: it gets its row all the same.
        await rooms.Ledger.Note(folder, [.. batch.Select(n => told.GetValueOrDefault(n) ?? Unknown(n))], batch[^1], wanted);
    }

    private static ImapMail Unknown(uint number) => new(number, null, null, []);

    private static bool IsBroken(Exception failure) => failure is ImapBroken or ImapRefusal { Status: ImapStatus.Bye };

    /// <summary>What the start policy says of messages that were there before us.</summary>
    private async Task<Func<ImapMail, bool>> Wanted(FolderRow folder, uint first, CancellationToken cancel)
    {
        if (source.Start.All || first > folder.StartTo)
        {
            return _ => true;
        }

        HashSet<uint> since = source.Start.Since is { } day ? [.. await client.Search(Reconciliation.Since(day), cancel)] : [];
        return m => m.Uid > folder.StartTo || since.Contains(m.Uid);
    }

    /// <summary>Fetches some of what is due; how many were dealt with.</summary>
    private async Task<int> Fetch(FolderRow folder, IReadOnlyList<SeenMessage> due, CancellationToken cancel)
    {
        // What failed before goes on its own, lest it take others with it.
        SeenMessage first = due[0];
        IReadOnlyList<SeenMessage> batch = first.Tries > 0 || first.Size > Large ? [first] : [.. due.TakeWhile(m => m.Tries == 0 && m.Size is null or <= Large)];
        await using MessageTaking taking = new(source, folder, rooms, progress);
        try
        {
            await Fetch(taking, batch, cancel);
            await taking.Settle();
            memory.Forward();
            return batch.Count;
        }
        catch (Exception broken) when (IsBroken(broken))
        {
            await taking.Settle();
            if (taking.Kept > 0)
            {
                memory.Forward();
            }

            if (taking.Suspect is { } suspect)
            {
                await Strike(suspect, broken);
            }

            throw;
        }
        catch (MessageTooLarge tooLarge)
        {
            // The server told a smaller size: the next time only its header is taken.
            await taking.Settle();
            await rooms.Ledger.Resize(tooLarge.Taken, tooLarge.Size);
            throw new ImapBroken(ImapFault.Closed, "A message was larger than the server had told; the connection was given up.");
        }
    }

    private async Task Strike(SeenMessage suspect, Exception broken)
    {
        DateTimeOffset now = rooms.Clock.GetUtcNow();
        DateTimeOffset? next = Pauses.Message(suspect, broken: true, now) ?? (memory.BlamesMessages ? null : now + Pauses.IllServer);
        await rooms.Ledger.Strike(suspect, $"The connection broke at this message: {broken.Message}", next);
        memory.Struck();
    }

    private async Task Fetch(MessageTaking taking, IReadOnlyList<SeenMessage> batch, CancellationToken cancel)
    {
        taking.Ask(batch);
        if (batch is [{ } one] && one.Size > source.MaxSize)
        {
            await taking.TakeHeader(client, one, cancel);
        }
        else if (batch is [{ } large] && large.Size > Large)
        {
            await client.FetchBody(large.Number, ImapSection.All, large.Size, taking, cancel);
        }
        else
        {
            IReadOnlyList<SeenMessage> fitting = [.. batch.Where(m => m.Size is null || m.Size <= source.MaxSize)];
            await client.FetchBodies([.. fitting.Select(m => m.Number)], taking, cancel);
            foreach (SeenMessage over in batch.Except(fitting))
            {
                await taking.TakeHeader(client, over, cancel);
            }
        }

        foreach (SeenMessage empty in taking.TakeEmpty())
        {
            await taking.TakeParts(client, empty, cancel);
        }
    }
}
