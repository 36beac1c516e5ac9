using System.Globalization;
using MailInbox.Inbox.Configuration;
using MailInbox.Inbox.Mailboxes.Access;
using MailInbox.Inbox.Mailboxes.Ledger;
using MailInbox.Inbox.Mailboxes.Watching;
using MailInbox.Mail.Imap;

namespace MailInbox.Inbox.Mailboxes;

/// <summary>What a comparison of server and ledger found in one folder.</summary>
/// <param name="OnServer">Messages there now.</param>
/// <param name="Holes">Of those: without a row; they are fetched now.</param>
/// <param name="Fault">Why it could not be compared; empty when it could.</param>
public sealed record FolderReport(string Source, string Folder, long OnServer, long Holes, FolderCounts Ledger, string Fault);

/// <summary>Rows of a folder's ledger by what became of them.</summary>
public sealed record FolderCounts(long Taken, long Stubs, long Waiting, long Held, long Before)
{
    internal static FolderCounts Sum(IReadOnlyCollection<FolderCounts> all) =>
        new(all.Sum(c => c.Taken), all.Sum(c => c.Stubs), all.Sum(c => c.Waiting), all.Sum(c => c.Held), all.Sum(c => c.Before));

    internal static FolderCounts Of(IReadOnlyDictionary<SeenState, long> counts) => new(
        counts.GetValueOrDefault(SeenState.Taken),
        counts.GetValueOrDefault(SeenState.Stub),
        counts.GetValueOrDefault(SeenState.Waiting),
        counts.GetValueOrDefault(SeenState.Held),
        counts.GetValueOrDefault(SeenState.Before));
}

/// <summary>
/// Compares servers with the ledger, on connections of its own: numbers below the cursor that have no row (they appeared late)
/// and, for a backfill, older mail that is wanted after all. What it finds waits in the ledger for the mailbox to fetch it.
/// </summary>
public sealed class Reconciliation(Polling polling, MailboxConnections connections, MailboxLedger ledger, TimeProvider clock)
{
    private static readonly TimeSpan FirstLook = TimeSpan.FromMilliseconds(100);

    /// <summary>Every folder of every mailbox, or of those of one inbox.</summary>
    public async IAsyncEnumerable<FolderReport> Run(string? inbox, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancel)
    {
        foreach (ImapMailbox mailbox in polling.All.Where(m => inbox is null || m.Source.Inbox == inbox))
        {
            IReadOnlyList<FolderReport> reports = await Each(mailbox.Source, Compare, cancel);
            foreach (FolderReport report in reports)
            {
                yield return report;
            }

            // What cannot be reached is left to its pauses: a refused log-in must not be repeated too often.
            if (reports.All(r => r.Fault.Length == 0))
            {
                mailbox.Look();
            }
        }
    }

    /// <summary>Wants every message of an inbox's mailboxes that came to the server since a day; <see cref="FolderReport.Holes"/> are those that were not taken yet.</summary>
    public async Task<IReadOnlyList<FolderReport>> Backfill(string inbox, DateOnly since, CancellationToken cancel)
    {
        List<FolderReport> reports = [];
        foreach (ImapMailbox mailbox in polling.All.Where(m => m.Source.Inbox == inbox))
        {
            await Met(mailbox, cancel);
            reports.AddRange(await Each(mailbox.Source, async (client, folder, stop) =>
            {
                IReadOnlyList<uint> numbers = [.. (await client.Search(Since(since), stop)).Where(n => n <= folder.HighUid)];
                return (numbers.Count, await ledger.Want(folder, numbers));
            }, cancel));
            mailbox.Look();
        }

        return reports;
    }

    /// <summary>Messages of an inbox that are wanted and not here yet, as far as their mailboxes can be reached.</summary>
    public long Waiting(string inbox) => polling.All
        .Where(m => m.Source.Inbox == inbox && m.Progress.Now.State != SourceState.Failing)
        .Sum(m => ledger.Folders(m.Source.Key).Where(f => m.Source.Folders.Contains(f.Name)).Sum(ledger.CountWaiting));

    internal static string Since(DateOnly day) => $"SINCE {day.ToString("d-MMM-yyyy", CultureInfo.InvariantCulture)}";

    /// <summary>Lets numbers wait that have no row, and held messages once more. The folder must be selected. How many had no row.</summary>
    internal static async Task<int> Holes(ImapClient client, MailboxLedger ledger, FolderRow folder, CancellationToken cancel) =>
        (await Compare(client, ledger, folder, cancel)).Holes;

    private async Task<(long OnServer, long Found)> Compare(ImapClient client, FolderRow folder, CancellationToken cancel)
    {
        (int onServer, int holes) = await Compare(client, ledger, folder, cancel);
        return (onServer, holes);
    }

    private static async Task<(int OnServer, int Holes)> Compare(ImapClient client, MailboxLedger ledger, FolderRow folder, CancellationToken cancel)
    {
        IReadOnlyList<uint> numbers = await client.Search("ALL", cancel);
        HashSet<long> known = [.. ledger.Numbers(folder)];
        int holes = await ledger.Want(folder, [.. numbers.Where(n => n <= folder.HighUid && !known.Contains(n))]);
        await ledger.RetryAll(folder, Pauses.LastTry);
        await ledger.Reconciled(folder);
        return (numbers.Count, holes);
    }

    private async Task<IReadOnlyList<FolderReport>> Each(SourceOptions source, Look look, CancellationToken cancel)
    {
        List<FolderReport> reports = [];
        IReadOnlyList<FolderRow> folders = [.. ledger.Folders(source.Key).Where(f => source.Folders.Contains(f.Name))];
        try
        {
            await using ImapClient client = await connections.Open(source, cancel);
            foreach (FolderRow folder in folders)
            {
                reports.Add(await Tried(source, folder, () => Each(client, folder, look, cancel)));
            }

            await client.Logout(cancel);
        }
        catch (Exception failure) when (failure is ImapRefusal or ImapBroken or TokenRefusal)
        {
            (string words, string hint) = Faults.Explain(failure, source);
            reports.Add(new FolderReport(source.Key, "", 0, 0, FolderCounts.Sum([]), $"{words} {hint}".Trim()));
        }

        return reports;
    }

    private async Task<FolderReport> Each(ImapClient client, FolderRow folder, Look look, CancellationToken cancel)
    {
        ImapFolderState state = await client.Select(folder.Name, readOnly: true, cancel);
        if (state.UidValidity != folder.Uidvalidity)
        {
            return new FolderReport(folder.Source, folder.Name, state.Exists, 0, FolderCounts.Of(ledger.Counts(folder)), "The server has numbered it anew; it is compared by content at the next look.");
        }

        (long onServer, long found) = await look(client, folder, cancel);
        return new FolderReport(folder.Source, folder.Name, onServer, found, FolderCounts.Of(ledger.Counts(folder)), "");
    }

    /// <summary>A folder that is refused does not keep the others from being compared.</summary>
    private static async Task<FolderReport> Tried(SourceOptions source, FolderRow folder, Func<Task<FolderReport>> run)
    {
        try
        {
            return await run();
        }
        catch (ImapRefusal refusal) when (refusal.Status != ImapStatus.Bye)
        {
            (string words, string hint) = Faults.Explain(refusal, source);
            return new FolderReport(source.Key, folder.Name, 0, 0, FolderCounts.Sum([]), $"{words} {hint}".Trim());
        }
    }

    /// <summary>A mailbox whose folders were never listed cannot be asked for older mail: waits for its first look, or for its failing.</summary>
    private async Task Met(ImapMailbox mailbox, CancellationToken cancel)
    {
        while (mailbox.Progress.Now is { LastSuccess: null, State: not SourceState.Failing })
        {
            await Task.Delay(FirstLook, clock, cancel);
        }
    }

    private delegate Task<(long OnServer, long Found)> Look(ImapClient client, FolderRow folder, CancellationToken cancel);
}
