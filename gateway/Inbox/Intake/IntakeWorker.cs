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
    private const int BatchCount = 64;

    /// <summary>Bytes read at a time, but always at least one mail.</summary>
    private const long BatchBytes = 64L << 20;

    /// <summary>Bytes of a batch that are given back at once. The runtime lets arrays of this size lie while the machine has memory to spare.</summary>
    private const long LargeBytes = 16L << 20;

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
        long after = 0;
        Task marking = Task.CompletedTask;
        while (Next(after) is { Count: > 0 } batch)
        {
            cancel.ThrowIfCancellationRequested();
            after = batch[^1].Id;
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

    private List<RawMessage> Next(long after)
    {
        long bytes = 0;
        return [.. raw.Waiting(after, BatchCount).TakeWhile((m, i) => i == 0 || (bytes += m.Size) < BatchBytes)];
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
