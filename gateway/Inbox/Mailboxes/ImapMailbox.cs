using MailInbox.Inbox.Configuration;
using MailInbox.Inbox.Mailboxes.Access;
using MailInbox.Inbox.Mailboxes.Watching;
using MailInbox.Mail.Imap;
using Microsoft.Extensions.Logging;

namespace MailInbox.Inbox.Mailboxes;

/// <summary>One polled mailbox: keeps a connection, and after a fault comes back by itself.</summary>
public sealed class ImapMailbox(SourceOptions source, MailboxRooms rooms)
{
    /// <summary>Failures in a row that do not mend by themselves any more, as it seems.</summary>
    private const int GraveFailures = 4;

    private readonly Signal _signal = new();
    private readonly MailboxMemory _memory = new();
    private long _lookedAt;
    private long _lookAt;

    public SourceOptions Source => source;

    internal MailboxProgress Progress { get; } = new(source, rooms.Clock);

    /// <summary>Asks the mailbox now, also while it waits after a fault.</summary>
    public void Look() => _signal.Give(Wish.Look);

    /// <summary>Something is to be done on the server.</summary>
    public void Act() => _signal.Give(Wish.Act);

    /// <summary>Asks the mailbox if its time has come.</summary>
    internal void LookIfDue()
    {
        if (Volatile.Read(ref _lookAt) is > 0 and var at && rooms.Clock.GetUtcNow().Ticks >= at)
        {
            Volatile.Write(ref _lookAt, 0);
            Look();
        }
    }

    /// <summary>Polls until cancelled.</summary>
    public async Task Run(CancellationToken cancel)
    {
        while (!cancel.IsCancellationRequested)
        {
            long began = rooms.Clock.GetTimestamp();
            try
            {
                await Connection(cancel);
            }
            catch (OperationCanceledException) when (cancel.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure)
            {
                await Pause(failure, began, cancel);
            }
        }
    }

    private async Task Connection(CancellationToken cancel)
    {
        if (rooms.Space.IsShort)
        {
            throw new DiskShort();
        }

        Progress.Does(Progress.Now.State == SourceState.Failing ? SourceState.Failing : SourceState.Starting, "connecting");
        await using ImapClient client = await rooms.Connections.Open(source, cancel);
        MailboxSession session = new(source, client, rooms, Progress, _memory)
        {
            Looked = Looked,
            AwayFor = _lookedAt == 0 ? TimeSpan.MaxValue : rooms.Clock.GetElapsedTime(_lookedAt),
        };
        await session.Run(_signal, cancel);
    }

    private void Looked(DateTimeOffset next)
    {
        _lookedAt = rooms.Clock.GetTimestamp();
        Volatile.Write(ref _lookAt, next.Ticks);
    }

    private async Task Pause(Exception failure, long began, CancellationToken cancel)
    {
        _memory.Failures = rooms.Clock.GetElapsedTime(began) > Pauses.Health ? 1 : _memory.Failures + 1;
        bool login = failure is ImapRefusal refusal && MailboxConnections.IsLogin(refusal) && !refusal.Temporary || failure is TokenRefusal { Temporary: false };
        TimeSpan pause = login ? Pauses.Login(_memory.Failures, Random.Shared.NextDouble()) : Pauses.Connection(_memory.Failures, Random.Shared.NextDouble());
        Volatile.Write(ref _lookAt, 0);
        Progress.Fails(failure, rooms.Clock.GetUtcNow() + pause, grave: login || _memory.Failures >= GraveFailures);
        Tell(failure, pause);

        using CancellationTokenSource over = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        Task time = Task.Delay(pause, rooms.Clock, over.Token);
        Task first = await Task.WhenAny(time, Wished(over.Token));
        await over.CancelAsync();
        await first.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>Only a look is worth a new connection before its time.</summary>
    private async Task Wished(CancellationToken cancel)
    {
        while (true)
        {
            await _signal.Wait(cancel);
            if (_signal.Take().HasFlag(Wish.Look))
            {
                return;
            }
        }
    }

    private void Tell(Exception failure, TimeSpan pause)
    {
        if (failure is ImapRefusal or ImapBroken or TokenRefusal or DiskShort)
        {
            rooms.Logger.LogWarning("Mailbox {Mailbox}: {Fault}; tried again in {Pause:0.0} s", source.Key, failure.Message, pause.TotalSeconds);
        }
        else
        {
            rooms.Logger.LogError(failure, "Mailbox {Mailbox} was interrupted and is tried again in {Pause:0.0} s", source.Key, pause.TotalSeconds);
        }
    }
}

/// <summary>No mail is fetched that there is no room for.</summary>
internal sealed class DiskShort() : Exception("The disk of the data has too little space.");
