using MailInbox.Inbox.Storage;
using MailInbox.Mail.Imap;

namespace MailInbox.Inbox.Mailboxes.Ledger;

/// <summary>
/// How far each folder was looked through, and a row for each message seen (mail.db). A message is taken in the
/// transaction that keeps its bytes: that is what makes it come exactly once.
/// </summary>
public sealed class MailboxLedger(Database mail)
{
    /// <summary>Rows in one piece of the writer.</summary>
    private const int Slice = 500;

    private const string AsideInWords = "'before', 'dismissed'";

    /// <summary>The folder as it is numbered now; a new numbering starts a new look at every message.</summary>
    /// <param name="last">The highest number given so far.</param>
    internal Task<FolderRow> Open(string source, string name, long uidvalidity, long last) => mail.Write(t =>
    {
        FolderRow? row = Find(t, source, name);
        if (row is null)
        {
            t.Execute(
                "INSERT INTO folder (source, name, uidvalidity, high_uid, start_to, compare_to, reconciled_at) VALUES (@source, @name, @uidvalidity, 0, @last, 0, @now)",
                new { source, name, uidvalidity, last, now = t.Now });
        }
        else if (row.Uidvalidity != uidvalidity)
        {
            // A first look that was cut short leaves the start policy something to decide.
            t.Execute(
                """
                UPDATE folder SET uidvalidity = @uidvalidity, start_to = CASE WHEN high_uid < start_to THEN @last ELSE 0 END, high_uid = 0, compare_to = @last, reconciled_at = @now
                WHERE id = @Id
                """,
                new { row.Id, uidvalidity, last, now = t.Now });
        }

        return Find(t, source, name)!;
    });

    /// <summary>Gives messages their rows and moves the cursor behind them: wanted ones wait, the others stand aside. Known rows stay as they are.</summary>
    /// <param name="high">Every message up to here has its row now.</param>
    internal async Task Note(FolderRow folder, IReadOnlyList<ImapMail> mails, uint high, Func<ImapMail, bool> wanted)
    {
        foreach (ImapMail[] slice in mails.Chunk(folder.CompareTo > 0 ? Slice / 5 : Slice))
        {
            await mail.Write(t => Array.ForEach(slice, m => Note(t, folder, m, wanted(m) ? SeenState.Waiting : SeenState.Before)));
        }

        await mail.Write(t => t.Execute(
            "UPDATE folder SET high_uid = @High WHERE id = @Id AND uidvalidity = @Uidvalidity AND high_uid < @High", new { folder.Id, folder.Uidvalidity, High = (long)high }));
    }

    /// <summary>Messages to be fetched now: new ones before those that were there when we came, then those without a failed try, then by number.</summary>
    internal IReadOnlyList<SeenMessage> Due(FolderRow folder, DateTimeOffset now, int limit) => mail.Read(r =>
    {
        var which = new { folder.Id, folder.Uidvalidity, now, limit, old = Math.Max(folder.StartTo, folder.CompareTo) };
        const string Waiting = "SELECT * FROM seen WHERE folder_id = @Id AND uidvalidity = @Uidvalidity AND state = 'waiting' AND next_at <= @now";
        IReadOnlyList<SeenMessage> fresh = r.All<SeenMessage>($"{Waiting} AND tries = 0 AND uid > @old ORDER BY uid LIMIT @limit", which);
        return fresh.Count > 0 ? fresh : r.All<SeenMessage>($"{Waiting} ORDER BY tries, uid LIMIT @limit", which);
    });

    internal long CountWaiting(FolderRow folder) => mail.Read(r => r.First<long>(
        "SELECT count(*) FROM seen WHERE folder_id = @Id AND uidvalidity = @Uidvalidity AND state = 'waiting'", new { folder.Id, folder.Uidvalidity }));

    /// <summary>When the next message of a source is to be tried again; null when none is.</summary>
    internal DateTimeOffset? NextTry(string source, DateTimeOffset now) => mail.Read(r => r.First<long?>(
        "SELECT min(s.next_at) FROM folder f JOIN seen s ON s.folder_id = f.id AND s.uidvalidity = f.uidvalidity WHERE f.source = @source AND s.state = 'waiting' AND s.next_at > @now", new { source, now }))
        is { } at ? DateTimeOffset.FromUnixTimeMilliseconds(at) : null;

    /// <summary>Inside the transaction that keeps the bytes. Throws when the message is taken already, so that its bytes are not kept twice.</summary>
    internal static void Take(Transaction t, SeenMessage message, SeenState state, long rawId)
    {
        int taken = t.Execute(
            "UPDATE seen SET state = @state, raw_id = @rawId, reason = '', at = @now WHERE id = @Id AND state IN ('waiting', 'held')",
            new { message.Id, state, rawId, now = t.Now });
        if (taken != 1)
        {
            throw new InvalidOperationException($"Message {message.Uid} of folder {message.FolderId} is not waiting any more.");
        }
    }

    /// <summary>The same bytes came before, under another number.</summary>
    internal Task TakeKnown(SeenMessage message, SeenState state, long rawId) => mail.Write(t => Take(t, message, state, rawId));

    /// <summary>The raw mail with these bytes that this source brought, erased or not.</summary>
    internal long? Known(string source, string sha256) => mail.Read(r => r.First<long?>(
        "SELECT id FROM raw WHERE sha256 = @sha256 AND source = 'imap' AND client = @source ORDER BY id LIMIT 1", new { sha256, source }));

    /// <summary>A try failed: it is tried again at <paramref name="next"/>, or held when that is null.</summary>
    internal Task Strike(SeenMessage message, string reason, DateTimeOffset? next) => mail.Write(t => t.Execute(
        "UPDATE seen SET state = @state, tries = tries + 1, next_at = @at, reason = @reason, at = @now WHERE id = @Id AND state = 'waiting'",
        new { message.Id, state = next is null ? SeenState.Held : SeenState.Waiting, at = next ?? DateTimeOffset.UnixEpoch, reason = Cut(reason), now = t.Now }));

    /// <summary>It left the server before it was fetched.</summary>
    internal Task Leave(SeenMessage message) => mail.Write(t => t.Execute(
        "UPDATE seen SET state = 'gone', reason = 'left the server before it was fetched', at = @now WHERE id = @Id AND state = 'waiting'", new { message.Id, now = t.Now }));

    /// <summary>The server told a size that is too small.</summary>
    internal Task Resize(SeenMessage message, long size) => mail.Write(t => t.Execute("UPDATE seen SET size = @size WHERE id = @Id", new { message.Id, size }));

    /// <summary>Lets messages wait that stood aside, or that have no row yet.</summary>
    internal async Task<int> Want(FolderRow folder, IReadOnlyList<uint> uids)
    {
        int wanted = 0;
        foreach (uint[] slice in uids.Chunk(Slice))
        {
            wanted += await mail.Write(t => slice.Sum(uid => Want(t, folder, uid)));
        }

        return wanted;
    }

    /// <summary>Every number that has its row, in order; what left the server and is there again must be seen anew.</summary>
    internal IReadOnlyList<long> Numbers(FolderRow folder) => mail.Read(r => r.All<long>(
        "SELECT uid FROM seen WHERE folder_id = @Id AND uidvalidity = @Uidvalidity AND state <> 'gone' ORDER BY uid", new { folder.Id, folder.Uidvalidity }));

    internal Task Reconciled(FolderRow folder) => mail.Write(t => t.Execute("UPDATE folder SET reconciled_at = @now WHERE id = @Id", new { folder.Id, now = t.Now }));

    /// <summary>Once every message was compared, rows of earlier numberings say nothing any more. True: there were some.</summary>
    internal Task<bool> Forget(FolderRow folder) => mail.Write(t => folder.CompareTo > 0
        && t.First<long>("SELECT 1 FROM seen WHERE folder_id = @Id AND uidvalidity = @Uidvalidity AND state = 'waiting' AND uid <= @CompareTo LIMIT 1", new { folder.Id, folder.Uidvalidity, folder.CompareTo }) == 0
        && t.Execute("DELETE FROM seen WHERE id IN (SELECT id FROM seen WHERE folder_id = @Id AND uidvalidity <> @Uidvalidity LIMIT @Slice)", new { folder.Id, folder.Uidvalidity, Slice }) > 0);

    /// <summary>Where raw mails stand on the server, as far as they do in the present numbering.</summary>
    internal IReadOnlyList<SeenMessage> OfRaw(IReadOnlyList<long> rawIds) => mail.Read(r => r.All<SeenMessage>(
        $"SELECT s.* FROM seen s JOIN folder f ON f.id = s.folder_id AND f.uidvalidity = s.uidvalidity WHERE {mail.Dialect.In("s.raw_id", "@ids")} ORDER BY s.folder_id, s.uid",
        new { ids = Snapshot.List(rawIds) }));

    internal IReadOnlyList<FolderRow> Folders(string source) => mail.Read(r => r.All<FolderRow>("SELECT * FROM folder WHERE source = @source ORDER BY name", new { source }));

    /// <summary>How many messages of a folder, as it is numbered now, stand where.</summary>
    internal IReadOnlyDictionary<SeenState, long> Counts(FolderRow folder) => mail.Read(r => r.All<StateCount>(
        "SELECT state, count(*) AS number FROM seen WHERE folder_id = @Id AND uidvalidity = @Uidvalidity GROUP BY state", new { folder.Id, folder.Uidvalidity }))
        .ToDictionary(c => Enum.Parse<SeenState>(c.State, ignoreCase: true), c => c.Number);

    /// <summary>When a source last brought a message.</summary>
    internal DateTimeOffset? LastTaken(string source) => mail.Read(r => r.First<long?>(
        "SELECT max(received_at) FROM (SELECT received_at FROM raw WHERE source = 'imap' AND client = @source ORDER BY id DESC LIMIT 20) AS newest", new { source }))
        is { } at ? DateTimeOffset.FromUnixTimeMilliseconds(at) : null;

    /// <summary>Messages that wait for a person, in the present numbering; the newest first.</summary>
    internal IReadOnlyList<(SeenMessage Message, FolderRow Folder)> Held(int limit) => mail.Read(r =>
    {
        IReadOnlyList<SeenMessage> held = r.All<SeenMessage>(
            "SELECT s.* FROM seen s JOIN folder f ON f.id = s.folder_id AND f.uidvalidity = s.uidvalidity WHERE s.state = 'held' ORDER BY s.id DESC LIMIT @limit", new { limit });
        return held.Select(m => (m, r.First<FolderRow>("SELECT * FROM folder WHERE id = @FolderId", new { m.FolderId })!)).ToList();
    });

    internal (SeenMessage Message, FolderRow Folder)? FindHeld(long id) => mail.Read(r =>
    {
        SeenMessage? message = r.First<SeenMessage>("SELECT * FROM seen WHERE id = @id AND state = 'held'", new { id });
        FolderRow? folder = message is null ? null : r.First<FolderRow>("SELECT * FROM folder WHERE id = @FolderId AND uidvalidity = @Uidvalidity", new { message.FolderId, message.Uidvalidity });
        return folder is null ? ((SeenMessage, FolderRow)?)null : (message!, folder);
    });

    /// <summary>Fetches it anew, with all its tries. False when it is not held.</summary>
    internal Task<bool> Retry(long id) => mail.Write(t => t.Execute("UPDATE seen SET state = 'waiting', tries = 0, next_at = 0, at = @now WHERE id = @id AND state = 'held'", new { id, now = t.Now }) == 1);

    /// <summary>Tries held messages of a source once more; those that fail again are held again at once.</summary>
    internal Task<int> RetryAll(FolderRow folder, int tries) => mail.Write(t => t.Execute(
        "UPDATE seen SET state = 'waiting', tries = @tries, next_at = 0 WHERE folder_id = @Id AND uidvalidity = @Uidvalidity AND state = 'held'", new { folder.Id, folder.Uidvalidity, tries }));

    internal Task<bool> Dismiss(long id) => mail.Write(t => t.Execute("UPDATE seen SET state = 'dismissed', at = @now WHERE id = @id AND state = 'held'", new { id, now = t.Now }) == 1);

    internal FolderRow? Find(string source, string name) => mail.Read(r => Find(r, source, name));

    private static FolderRow? Find(Snapshot reader, string source, string name) =>
        reader.First<FolderRow>("SELECT * FROM folder WHERE source = @source AND name = @name", new { source, name });

    private static void Note(Transaction t, FolderRow folder, ImapMail m, SeenState state)
    {
        object row = new { FolderId = folder.Id, folder.Uidvalidity, Uid = (long)m.Uid, State = state, m.Size, m.InternalDate, Now = t.Now };
        if (m.Uid <= folder.CompareTo && StoodAside(t, row))
        {
            return;
        }

        t.Execute(
            """
            INSERT INTO seen (folder_id, uidvalidity, uid, state, size, internal_date, at) VALUES (@FolderId, @Uidvalidity, @Uid, @State, @Size, @InternalDate, @Now)
            ON CONFLICT (folder_id, uidvalidity, uid) DO NOTHING
            """,
            row);
    }

    /// <summary>
    /// After a new numbering: a message that stood aside does so again. It has no bytes to compare, so it is told by its date and
    /// size, else by its date where the server counts a little otherwise now: each row answers for one message only.
    /// </summary>
    private static bool StoodAside(Transaction t, object row)
    {
        string update = $"UPDATE seen SET uidvalidity = @Uidvalidity, uid = @Uid, at = @Now WHERE id = (SELECT id FROM seen WHERE folder_id = @FolderId AND state IN ({AsideInWords}) AND uidvalidity <> @Uidvalidity AND internal_date = @InternalDate";
        return t.First<long>("SELECT 1 FROM seen WHERE folder_id = @FolderId AND uidvalidity = @Uidvalidity AND uid = @Uid", row) == 1
            || t.Execute(update + " AND size = @Size ORDER BY uid LIMIT 1)", row) == 1
            || t.Execute(update + " AND (size IS NULL OR @Size IS NULL OR abs(size - @Size) * 20 <= size) ORDER BY uid LIMIT 1)", row) == 1;
    }

    private static int Want(Transaction t, FolderRow folder, uint uid)
    {
        object row = new { folder.Id, folder.Uidvalidity, Uid = (long)uid, Now = t.Now };
        return t.Execute("UPDATE seen SET state = 'waiting', tries = 0, next_at = 0, at = @Now WHERE folder_id = @Id AND uidvalidity = @Uidvalidity AND uid = @Uid AND state IN ('before', 'gone')", row)
            + t.Execute(
                """
                INSERT INTO seen (folder_id, uidvalidity, uid, state, at) SELECT id, uidvalidity, @Uid, 'waiting', @Now FROM folder WHERE id = @Id AND uidvalidity = @Uidvalidity
                ON CONFLICT (folder_id, uidvalidity, uid) DO NOTHING
                """,
                row);
    }

    private static string Cut(string text) => text.Length <= 500 ? text : text[..500];

    private sealed record StateCount
    {
        public string State { get; init; } = "";

        public long Number { get; init; }
    }
}
