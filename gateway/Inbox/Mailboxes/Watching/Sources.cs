using System.Globalization;
using MailInbox.Inbox.Configuration;
using MailInbox.Inbox.Mailboxes.Access;
using MailInbox.Inbox.Mailboxes.Ledger;
using MailInbox.Mail.Imap;
using MailInbox.Mail.Smtp;

namespace MailInbox.Inbox.Mailboxes.Watching;

/// <summary>Every way for mail into the inboxes, for the page about them: how it stands, and what can be done about it.</summary>
public sealed class Sources(Polling polling, MailboxRooms rooms, SilenceAlarm silence, SourceTests tests, SmtpServer listener)
{
    /// <summary>Held messages that one page shows.</summary>
    private const int MostHeld = 500;

    private static readonly TimeSpan CountsLife = TimeSpan.FromSeconds(4);

    private readonly Dictionary<string, (long At, FolderCounts Counts)> _counts = [];
    private readonly Lock _gate = new();

    /// <summary>Mailboxes in the order of inboxes.json, then the listener for each inbox that gets mail by it.</summary>
    public IReadOnlyList<SourceStatus> All() => [.. polling.All.Select(Status), .. rooms.Options.Inboxes.Inboxes.Select(Listener).OfType<SourceStatus>()];

    /// <summary>Whether an administrator must look; quick.</summary>
    public bool Alarming =>
        polling.All.Any(m => m.Progress.Now.State == SourceState.Failing || silence.Of(m.Source.Key) is not null)
        || rooms.Options.Inboxes.Inboxes.Any(i => silence.Of(SilenceAlarm.ListenerKey(i.Key)) is not null)
        || HeldNow(MostHeld).Any();

    /// <summary>Asks the mailbox now; false when there is no such source.</summary>
    public bool Check(string key)
    {
        ImapMailbox? mailbox = polling.Find(key);
        mailbox?.Look();
        return mailbox is not null;
    }

    /// <summary>Tries the connection on its own; null when there is no such source.</summary>
    public async Task<SourceTest?> Test(string key, CancellationToken cancel) =>
        polling.Find(key) is { } mailbox ? await tests.Run(mailbox.Source, cancel) : null;

    public IReadOnlyList<HeldMessage> Held() =>
        [.. HeldNow(MostHeld).Select(h => new HeldMessage(h.Message.Id, h.Folder.Source, h.Folder.Name, h.Message.Uid, h.Message.Size, h.Message.InternalDate, h.Message.Reason, h.Message.At))];

    /// <summary>Fetches a held message anew; false when it is not held.</summary>
    public async Task<bool> Retry(long id, CancellationToken cancel)
    {
        if (Find(id) is not { } held || !await rooms.Ledger.Retry(id).WaitAsync(cancel))
        {
            return false;
        }

        polling.Find(held.Folder.Source)!.Look();
        return true;
    }

    /// <summary>Gives a held message up; false when it is not held.</summary>
    public async Task<bool> Dismiss(long id, CancellationToken cancel) => Find(id) is not null && await rooms.Ledger.Dismiss(id).WaitAsync(cancel);

    /// <summary>Hands over what the server gives of a held message now; false when it is not held. Throws <see cref="ImapRefusal"/>, <see cref="ImapBroken"/> or <see cref="TokenRefusal"/>.</summary>
    public async Task<bool> Raw(long id, Func<ReadOnlyMemory<byte>, CancellationToken, ValueTask> write, CancellationToken cancel)
    {
        if (Find(id) is not { } held)
        {
            return false;
        }

        await using ImapClient client = await rooms.Connections.Open(polling.Find(held.Folder.Source)!.Source, cancel);
        ImapFolderState state = await client.Select(held.Folder.Name, readOnly: true, cancel);
        if (state.UidValidity != held.Folder.Uidvalidity)
        {
            return false;
        }

        await client.FetchBody(held.Message.Number, ImapSection.All, held.Message.Size, new Handing(write), cancel);
        return true;
    }

    private SourceStatus Status(ImapMailbox mailbox)
    {
        SourceOptions source = mailbox.Source;
        Standing now = mailbox.Progress.Now;
        FolderCounts counts = Counts(source.Key);
        return new SourceStatus
        {
            Key = source.Key,
            Inbox = source.Inbox,
            Name = source.User,
            Place = string.Create(CultureInfo.InvariantCulture, $"{source.Host}:{source.Port}"),
            Polled = true,
            State = now.State,
            Doing = now.Doing,
            LastSuccess = now.LastSuccess,
            LastMail = rooms.Ledger.LastTaken(source.Key),
            Fault = now.Fault,
            Lag = mailbox.Progress.Lag,
            Waiting = counts.Waiting,
            Taken = counts.Taken + counts.Stubs,
            Stubs = counts.Stubs,
            Held = counts.Held,
            Silent = silence.Of(source.Key),
        };
    }

    private SourceStatus? Listener(InboxOptions inbox)
    {
        string key = SilenceAlarm.ListenerKey(inbox.Key);
        (long mails, DateTimeOffset? last) = silence.Total(key);
        return mails == 0 && inbox.Sources.Count > 0 ? null : new SourceStatus
        {
            Key = key,
            Inbox = inbox.Key,
            Name = $"smtp://{listener.LocalEndPoint}",
            State = SourceState.Ready,
            Doing = "listening",
            LastSuccess = last,
            LastMail = last,
            Taken = mails,
            Silent = silence.Of(key),
        };
    }

    // The page looks every few seconds, and a large folder takes a while to count.
    private FolderCounts Counts(string key)
    {
        lock (_gate)
        {
            if (!_counts.TryGetValue(key, out (long At, FolderCounts Counts) known) || rooms.Clock.GetElapsedTime(known.At) > CountsLife)
            {
                FolderCounts[] folders = [.. rooms.Ledger.Folders(key).Select(f => FolderCounts.Of(rooms.Ledger.Counts(f)))];
                known = (rooms.Clock.GetTimestamp(), FolderCounts.Sum(folders));
                _counts[key] = known;
            }

            return known.Counts;
        }
    }

    private IEnumerable<(SeenMessage Message, FolderRow Folder)> HeldNow(int limit) => rooms.Ledger.Held(limit).Where(h => polling.Find(h.Folder.Source) is not null);

    private (SeenMessage Message, FolderRow Folder)? Find(long id) => rooms.Ledger.FindHeld(id) is { } held && polling.Find(held.Folder.Source) is not null ? held : null;

    /// <summary>Passes bytes on.</summary>
    private sealed class Handing(Func<ReadOnlyMemory<byte>, CancellationToken, ValueTask> write) : IImapReceiver
    {
        public ValueTask Begin(uint uid, CancellationToken cancel) => ValueTask.CompletedTask;

        public ValueTask Write(ReadOnlyMemory<byte> bytes, CancellationToken cancel) => write(bytes, cancel);

        public ValueTask End(ImapFetched fetched, CancellationToken cancel) => fetched.Refusal is null ? ValueTask.CompletedTask : ValueTask.FromException(fetched.Refusal);
    }
}
