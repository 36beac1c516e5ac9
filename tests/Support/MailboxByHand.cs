using MailInbox.Inbox.Configuration;
using MailInbox.Inbox.Mailboxes;
using MailInbox.Inbox.Mailboxes.Access;
using MailInbox.Inbox.Mailboxes.Watching;
using Microsoft.Extensions.Logging.Abstractions;

namespace MailInbox.Tests.Support;

/// <summary>A polled mailbox whose time is moved by hand.</summary>
internal sealed class MailboxByHand : IAsyncDisposable
{
    private readonly CancellationTokenSource _end = new();
    private readonly ManualClock _clock = new();
    private readonly ImapMailbox _mailbox;
    private readonly Task _work;

    public MailboxByHand(MailboxRooms rooms, SourceOptions source)
    {
        _mailbox = new ImapMailbox(source, rooms with { Clock = _clock, Connections = new MailboxConnections(NoTokens(), _clock) });
        _work = Task.Run(() => _mailbox.Run(_end.Token));
    }

    public DateTimeOffset Now => _clock.GetUtcNow();

    public Standing Standing => _mailbox.Progress.Now;

    /// <summary>Waits without moving the clock.</summary>
    public Task Listens() => Eventually.Holds(() => Standing is { State: SourceState.Ready, Doing: "listening in INBOX (IDLE)" }, "it listens");

    /// <summary>Moves the clock in steps until it holds; how long that took by the clock.</summary>
    public async Task<TimeSpan> Until(Func<bool> condition, string what, TimeSpan step)
    {
        DateTimeOffset began = Now;
        await _clock.AdvanceUntil(Task.Run(() => Eventually.Holds(condition, what)), step);
        return Now - began;
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _work;
        _end.Dispose();
    }

    private static AccessTokens NoTokens() => new(Path.GetTempPath(), TimeProvider.System, NullLogger<AccessTokens>.Instance);
}
