using MailInbox.Inbox.Configuration;
using MailInbox.Inbox.Mailboxes.Ledger;
using MailInbox.Inbox.Mailboxes.Watching;
using MailInbox.Mail.Imap;
using Microsoft.Extensions.Logging;

namespace MailInbox.Inbox.Mailboxes;

/// <summary>One connection to a mailbox: looks into the folders, does what is to be done, listens, and looks again.</summary>
internal sealed class MailboxSession(SourceOptions source, ImapClient client, MailboxRooms rooms, MailboxProgress progress, MailboxMemory memory)
{
    /// <summary>
    /// Longest time without asking, also while the server promises to tell: it may lie, and a connection may be dead
    /// without a word. Below the nine minutes after which IDLE must be said anew, and the five in which new mail must be seen.
    /// </summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(210);

    /// <summary>Times in a row that the server may interrupt our listening within a second, and nothing is new.</summary>
    private const int PatientWith = 5;

    /// <summary>After so long away, messages may have appeared below the cursor.</summary>
    private static readonly TimeSpan Away = TimeSpan.FromMinutes(10);

    private readonly FolderLook _look = new(source, client, rooms, progress, memory);
    private readonly MailboxActions _actions = new(source, client, rooms);
    private string? _selected;
    private bool _deaf;
    private bool _unfinished;
    private int _idle;

    /// <summary>Told after each look at every folder: when the next one is due.</summary>
    public required Action<DateTimeOffset> Looked { get; init; }

    /// <summary>Time since the last look of an earlier connection.</summary>
    public TimeSpan AwayFor { get; init; }

    /// <summary>Ends only by an exception.</summary>
    public async Task Run(Signal signal, CancellationToken cancel)
    {
        bool reconcile = AwayFor > Away;
        Wish wish = Wish.Look;
        while (true)
        {
            if (rooms.Space.IsShort)
            {
                throw new DiskShort();
            }

            if (wish.HasFlag(Wish.Look))
            {
                await LookAtAll(reconcile, cancel);
                reconcile = false;
            }
            else if (wish.HasFlag(Wish.LookFirst))
            {
                await Look(source.Folders[0], false, cancel);
                progress.Answers();
            }

            if (await _actions.Run(cancel))
            {
                _selected = null;
            }

            wish = await Rest(signal, cancel);
        }
    }

    private async Task LookAtAll(bool reconcile, CancellationToken cancel)
    {
        ImapRefusal? refused = null;
        (_deaf, _unfinished) = (false, false);
        foreach (string folder in source.Folders)
        {
            try
            {
                await Look(folder, reconcile, cancel);
            }
            catch (ImapRefusal refusal) when (refusal.Status != ImapStatus.Bye)
            {
                // The other folders are not to wait for this one.
                refused = refusal;
                _deaf |= folder == source.Folders[0];
                rooms.Logger.LogWarning("Folder {Folder} of {Mailbox} cannot be read: {Refusal}", folder, source.Key, refusal.Message);
            }
        }

        DateTimeOffset next = rooms.Clock.GetUtcNow() + Pause();
        Looked(next);
        if (refused is null)
        {
            progress.Works();
        }
        else
        {
            progress.Fails(refused, next, grave: true);
        }
    }

    private async Task Look(string folder, bool reconcile, CancellationToken cancel)
    {
        _selected = null;
        FolderRow row = await _look.Run(folder, cancel);
        if (reconcile && await Reconciliation.Holes(client, rooms.Ledger, row, cancel) > 0)
        {
            await _look.Take(row, cancel);
        }

        _selected = folder;
        _unfinished |= _look.Unfinished;
        _idle = _look.Found > 0 ? 0 : _idle;
    }

    /// <summary>Until something is to be done; what that is.</summary>
    private async Task<Wish> Rest(Signal signal, CancellationToken cancel)
    {
        if (_unfinished)
        {
            return Wish.Look;
        }

        if (progress.Now.State != SourceState.Failing)
        {
            progress.Does(SourceState.Ready, Listens ? $"listening in {source.Folders[0]} (IDLE)" : $"asks every {Words(source.Every)}");
        }

        if (signal.Take() is not Wish.None and var wished)
        {
            return wished;
        }

        if (!Listens)
        {
            await signal.Wait(cancel);
            return signal.Take();
        }

        return await Listen(signal, cancel);
    }

    private bool Listens => !_deaf && client.Capabilities.Contains("IDLE");

    private async Task<Wish> Listen(Signal signal, CancellationToken cancel)
    {
        if (_selected != source.Folders[0])
        {
            await client.Select(source.Folders[0], readOnly: true, cancel);
            _selected = source.Folders[0];
            return Wish.LookFirst;
        }

        if (client.TakeNews())
        {
            return Wish.LookFirst;
        }

        if (_idle > PatientWith)
        {
            await Task.WhenAny(signal.Wait(cancel), Task.Delay(Brake, rooms.Clock, cancel));
            cancel.ThrowIfCancellationRequested();
        }

        long began = rooms.Clock.GetTimestamp();
        using CancellationTokenSource wished = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        Task wish = signal.Wait(wished.Token).ContinueWith(_ => wished.CancelAsync(), CancellationToken.None, TaskContinuationOptions.OnlyOnRanToCompletion, TaskScheduler.Default).Unwrap();
        try
        {
            bool news = await client.Idle(Pause(), wished.Token);
            _idle = rooms.Clock.GetElapsedTime(began) < TimeSpan.FromSeconds(1) ? _idle + 1 : 0;
            return news ? Wish.LookFirst : Wish.Look;
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return signal.Take();
        }
        finally
        {
            await wished.CancelAsync();
            await wish.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>A server that always has news at once and never anything new is heard ever more seldom.</summary>
    private TimeSpan Brake => TimeSpan.FromSeconds(Math.Min(source.Every.TotalSeconds, Math.Pow(2, Math.Min(_idle - PatientWith - 1, 12))));

    private TimeSpan Pause()
    {
        TimeSpan pause = source.Every < Longest || !Listens ? source.Every : Longest;
        DateTimeOffset now = rooms.Clock.GetUtcNow();
        TimeSpan again = rooms.Ledger.NextTry(source.Key, now) is { } next ? next - now : pause;
        return again < pause ? again : pause;
    }

    private static string Words(TimeSpan time) => time < TimeSpan.FromMinutes(2) ? $"{time.TotalSeconds:0} s" : $"{time.TotalMinutes:0} min";
}
