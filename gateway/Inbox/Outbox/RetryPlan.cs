namespace MailInbox.Inbox.Outbox;

/// <summary>When a message is tried again: 0, 1, 5, 15, 30 minutes, 1, 2, 4, 8 hours, then every 8 hours, for 48 hours.</summary>
internal static class RetryPlan
{
    /// <summary>A message this old has failed; its writer should know sooner than the five days of a mail server.</summary>
    public static readonly TimeSpan GiveUp = TimeSpan.FromHours(48);

    /// <summary>Wait after a connection that died behind the last dot: the message may have arrived, so it is sent only once more.</summary>
    public static readonly TimeSpan Uncertain = TimeSpan.FromMinutes(15);

    private static readonly int[] Minutes = [1, 5, 15, 30, 60, 120, 240, 480];

    /// <summary>The pause after attempt number <paramref name="attempt"/> (from 1).</summary>
    /// <param name="jitter">0 to 1; spreads the pause by a tenth either way, so that a healed host is not met by all at once.</param>
    public static TimeSpan After(int attempt, double jitter)
    {
        double minutes = Minutes[Math.Clamp(attempt - 1, 0, Minutes.Length - 1)];
        return TimeSpan.FromMinutes(minutes * (0.9 + 0.2 * jitter));
    }
}
