using MailInbox.Inbox.Configuration;
using MailInbox.Inbox.Mailboxes.Access;
using MailInbox.Inbox.Mailboxes.Watching;

namespace MailInbox.Inbox.Mailboxes;

/// <summary>How a mailbox stands, for its page. Written by its worker, read by anybody.</summary>
internal sealed class MailboxProgress(SourceOptions source, TimeProvider clock)
{
    /// <summary>Messages whose lag is remembered.</summary>
    private const int Lags = 100;

    private readonly Lock _gate = new();
    private readonly Queue<TimeSpan> _lags = [];
    private Standing _standing = new(SourceState.Starting, "connecting", null, null);

    public SourceOptions Source => source;

    public Standing Now
    {
        get
        {
            lock (_gate)
            {
                return _standing;
            }
        }
    }

    /// <summary>Median time from a message's arrival on the server to its being kept here.</summary>
    public TimeSpan? Lag
    {
        get
        {
            lock (_gate)
            {
                return _lags.Count == 0 ? null : _lags.Order().ElementAt(_lags.Count / 2);
            }
        }
    }

    public void Does(SourceState state, string words) => Change(s => s with { State = state, Doing = words });

    /// <summary>The server answered as it should.</summary>
    public void Answers() => Change(s => s with { LastSuccess = clock.GetUtcNow() });

    /// <summary>Every folder could be looked into: a fault is over.</summary>
    public void Works() => Change(s => s with { State = SourceState.Ready, LastSuccess = clock.GetUtcNow(), Fault = s.Fault is null ? null : s.Fault with { NextTry = null } });

    /// <param name="grave">An administrator must look; a connection that was lost once mends by itself.</param>
    public void Fails(Exception failure, DateTimeOffset next, bool grave)
    {
        (string words, string hint) = Faults.Explain(failure, source);
        Change(s => s with
        {
            State = grave || s.State == SourceState.Failing ? SourceState.Failing : SourceState.Starting,
            Doing = grave ? "" : "the connection was lost",
            Fault = new SourceFault(words, hint, s.Fault is { Over: false } known ? known.Since : clock.GetUtcNow(), next),
        });
    }

    /// <summary>A message that came while we listened was kept.</summary>
    public void Took(TimeSpan lag)
    {
        lock (_gate)
        {
            _lags.Enqueue(lag > TimeSpan.Zero ? lag : TimeSpan.Zero);
            if (_lags.Count > Lags)
            {
                _lags.Dequeue();
            }
        }
    }

    private void Change(Func<Standing, Standing> change)
    {
        lock (_gate)
        {
            _standing = change(_standing);
        }
    }
}

/// <summary>One moment of a mailbox.</summary>
internal sealed record Standing(SourceState State, string Doing, DateTimeOffset? LastSuccess, SourceFault? Fault);
