namespace MailInbox.Mail.Smtp.Guard;

/// <summary>
/// How long a session may wait for its peer. The server looks at all deadlines once a second, so that
/// no wait needs a timer of its own.
/// </summary>
internal sealed class SmtpDeadline(TimeProvider clock, SmtpLimits limits) : IDisposable
{
    /// <summary>Cancelled when the session is to end; <see cref="Cause"/> says with which words.</summary>
    public CancellationToken Token => _interrupt.Token;

    public SmtpReply? Cause { get; private set; }

    public void Allow(TimeSpan time) => Set(clock.GetTimestamp() + Ticks(time));

    /// <summary>The peer is not waited for: what runs now is our own doing.</summary>
    public void Suspend() => Volatile.Write(ref _due, long.MaxValue);

    /// <summary>A message begins: <see cref="AllowData"/> measures from here.</summary>
    public void StartData() => _dataStart = clock.GetTimestamp();

    /// <summary>Allows the wait for more of a message that has brought <paramref name="bytes"/> so far.</summary>
    public void AllowData(long bytes)
    {
        double seconds = Math.Max(limits.DataGrace.TotalSeconds, (double)bytes / limits.DataRate);
        long rate = _dataStart + Ticks(TimeSpan.FromSeconds(seconds));
        Set(Math.Min(rate, clock.GetTimestamp() + Ticks(limits.Idle)));
    }

    /// <summary>Ends the waiting with these last words.</summary>
    public void Interrupt(SmtpReply cause)
    {
        Cause ??= cause;
        try
        {
            _interrupt.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The session ended in the same moment.
        }
    }

    /// <summary>True: the peer had its last words and time to take them; nothing more is owed to it.</summary>
    public bool Overdue(long now)
    {
        if (now < Volatile.Read(ref _due))
            return false;
        if (_interrupt.IsCancellationRequested)
            return true;
        Volatile.Write(ref _due, now + Ticks(_lastWords));
        Interrupt(_timeout);
        return false;
    }

    public void Dispose() => _interrupt.Dispose();

    private static readonly SmtpReply _timeout = new(421, "4.4.2", "Timeout, closing connection");
    private static readonly TimeSpan _lastWords = TimeSpan.FromSeconds(5);
    private readonly CancellationTokenSource _interrupt = new();
    private readonly long _sessionEnd = clock.GetTimestamp() + (long)(limits.Session.TotalSeconds * clock.TimestampFrequency);
    private long _due = long.MaxValue;
    private long _dataStart;

    private void Set(long due) => Volatile.Write(ref _due, Math.Min(due, _sessionEnd));

    private long Ticks(TimeSpan time) => (long)(time.TotalSeconds * clock.TimestampFrequency);
}
