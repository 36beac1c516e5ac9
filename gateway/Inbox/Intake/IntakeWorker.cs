using MailInbox.Inbox.RawMail;
using Microsoft.Extensions.Logging;

namespace MailInbox.Inbox.Intake;

/// <summary>
/// Files what the spool has kept, oldest first. Reading happens here, outside the writer; filing is one transaction a mail.
/// It starts again from mail.db after any end, so a kill between 250 and filing loses nothing.
/// </summary>
public sealed class IntakeWorker(RawMailStore raw, MailFiler filer, TimeProvider clock, ILogger<IntakeWorker> logger) : IDisposable
{
    /// <summary>Mails read at a time.</summary>
    private const int BatchCount = 256;

    /// <summary>Bytes read at a time, but always at least one mail.</summary>
    private const long BatchBytes = 64L << 20;

    /// <summary>Bytes of a batch that are given back at once. The runtime lets arrays of this size lie while the machine has memory to spare.</summary>
    private const long LargeBytes = 16L << 20;

    /// <summary>
    /// What comes in meanwhile is filed together: one flush of the disk for twenty mails, and the processor for those who
    /// wait for their 250. The first mail after silence does not wait.
    /// </summary>
    private static readonly TimeSpan Gather = TimeSpan.FromMilliseconds(25);

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim _news = new(0, 1);

    /// <summary>Says that a mail waits.</summary>
    public void Wake()
    {
        if (_news.CurrentCount == 0)
        {
            try
            {
                _news.Release();
            }
            catch (SemaphoreFullException)
            {
                // Somebody else was quicker; one wake-up serves both.
            }
        }
    }

    /// <summary>Files whatever waits, until cancelled.</summary>
    public async Task Run(CancellationToken cancel)
    {
        while (!cancel.IsCancellationRequested)
        {
            try
            {
                await FileWaiting(cancel);
                await Task.Delay(Gather, clock, cancel);
                await _news.WaitAsync(cancel);
            }
            catch (OperationCanceledException) when (cancel.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure)
            {
                // The mails stay waiting in mail.db; the intake job wakes the worker again too.
                logger.LogError(failure, "Filing was interrupted and goes on in {Pause}", Pause);
                await Task.Delay(Pause, clock, cancel).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
            }
        }
    }

    /// <summary>Files every mail that waits now; returns how many.</summary>
    public async Task<int> FileWaiting(CancellationToken cancel)
    {
        int filed = 0;
        Task marking = Task.CompletedTask;
        bool more = true;
        for (long after = 0; more;)
        {
            cancel.ThrowIfCancellationRequested();
            (IReadOnlyList<RawMessage> batch, more) = Next(after);
            after = batch.Count > 0 ? batch[^1].Id : after;
            IReadOnlyList<long> done = await File(batch);
            await marking;
            marking = raw.MarkDone(done);
            filed += done.Count;
            if (batch.Sum(m => m.Size) > LargeBytes)
            {
                GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            }
        }

        await marking;
        return filed;
    }

    public void Dispose() => _news.Dispose();

    /// <summary>The next mails, and whether there were more than these: what comes later is for the next turn.</summary>
    private (IReadOnlyList<RawMessage> Batch, bool More) Next(long after)
    {
        IReadOnlyList<RawMessage> waiting = raw.Waiting(after, BatchCount);
        long bytes = 0;
        List<RawMessage> batch = [.. waiting.TakeWhile((m, i) => (bytes += m.Size) < BatchBytes || i == 0)];
        return (batch, batch.Count < waiting.Count || waiting.Count == BatchCount);
    }

    private async Task<IReadOnlyList<long>> File(IReadOnlyList<RawMessage> batch)
    {
        IReadOnlyList<(RawMessage Mail, byte[] Bytes)> mails = raw.WithBytes(batch);
        Task<bool>[] filings = new Task<bool>[mails.Count];
        for (int i = 0; i < mails.Count; i++)
        {
            filings[i] = filer.File(mails[i].Mail, mails[i].Bytes);
        }

        bool[] done = await Task.WhenAll(filings);
        return [.. batch.Where((_, i) => done[i]).Select(m => m.Id)];
    }
}
