namespace MailInbox.Tests.Support;

/// <summary>A clock that stands still until it is moved; its timers fire while it moves.</summary>
internal sealed class ManualClock : TimeProvider
{
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp()
    {
        lock (_lock)
            return _now.Ticks;
    }

    public override DateTimeOffset GetUtcNow()
    {
        lock (_lock)
            return _start + _now;
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ManualTimer timer = new(this, () => callback(state));
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Moves on, firing what falls due on the way in its order.</summary>
    public void Advance(TimeSpan time)
    {
        TimeSpan target;
        lock (_lock)
            target = _now + time;
        while (TakeDue(target) is { } due)
            due.Fire();
    }

    /// <summary>Moves on in steps, with a breath of real time between them, until the work is done.</summary>
    public async Task AdvanceUntil(Task work, TimeSpan step)
    {
        for (int count = 0; !work.IsCompleted && count < 5000; count++)
        {
            Advance(step);
            await Task.WhenAny(work, Task.Delay(2));
        }
        await work.WaitAsync(TimeSpan.FromSeconds(5));
    }

    private readonly Lock _lock = new();
    private readonly DateTimeOffset _start = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);
    private readonly List<ManualTimer> _timers = [];
    private TimeSpan _now;

    private ManualTimer? TakeDue(TimeSpan target)
    {
        lock (_lock)
        {
            ManualTimer? next = _timers.Where(timer => timer.Due <= target).MinBy(timer => timer.Due);
            _now = next is null ? target : next.Due > _now ? next.Due : _now;
            if (next is { Period.Ticks: > 0 })
                next.Due = _now + next.Period;
            else if (next is not null)
                _timers.Remove(next);
            return next;
        }
    }

    private sealed class ManualTimer(ManualClock clock, Action fire) : ITimer
    {
        public TimeSpan Due { get; set; }

        public TimeSpan Period { get; private set; }

        public Action Fire => fire;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (clock._lock)
            {
                clock._timers.Remove(this);
                if (dueTime == Timeout.InfiniteTimeSpan)
                    return true;
                Due = clock._now + dueTime;
                Period = period;
                clock._timers.Add(this);
                return true;
            }
        }

        public void Dispose()
        {
            lock (clock._lock)
                clock._timers.Remove(this);
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
