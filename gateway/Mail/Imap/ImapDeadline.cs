namespace MailInbox.Mail.Imap;

/// <summary>How long the server may still take. Only its own time counts, and the bytes of messages earn it more.</summary>
/// <param name="bytesPerSecond">Slowest transfer that is borne.</param>
internal sealed class ImapDeadline(TimeProvider clock, int bytesPerSecond)
{
    public TimeProvider Clock => clock;

    /// <summary>What was given, for words about it.</summary>
    public TimeSpan Given { get; private set; }

    public TimeSpan Left => _budget - clock.GetElapsedTime(_since);

    public void Start(TimeSpan time)
    {
        _since = clock.GetTimestamp();
        Given = _budget = time < Longest ? time : Longest;
    }

    /// <summary>So many bytes of messages have moved. What was quick saves no time up: a server that then falls silent is noticed all the same.</summary>
    public void Earn(int bytes)
    {
        TimeSpan most = clock.GetElapsedTime(_since) + Given + MostSaved;
        _budget += TimeSpan.FromSeconds((double)bytes / bytesPerSecond);
        _budget = _budget < most ? _budget : most;
    }

    /// <summary>Work of others, for which the server cannot be blamed.</summary>
    public async ValueTask Outside(ValueTask work)
    {
        long begin = clock.GetTimestamp();
        await work.ConfigureAwait(false);
        _budget += clock.GetElapsedTime(begin);
    }

    // Timers of the framework take no more than 49 days.
    private static readonly TimeSpan Longest = TimeSpan.FromDays(20);

    private static readonly TimeSpan MostSaved = TimeSpan.FromMinutes(1);

    private long _since;
    private TimeSpan _budget;
}
