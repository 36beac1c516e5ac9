using System.Globalization;

namespace MailInbox.Inbox.Configuration;

/// <summary>Times as administrators write them: <c>30s 15m 4h 30d 2y</c>; a year is 365 days.</summary>
internal static class Times
{
    private const int MaximumDigits = 9;

    /// <summary>Null when it is no such time, or longer than 1,000 years.</summary>
    public static TimeSpan? Parse(string text)
    {
        if (text.Length is < 2 or > MaximumDigits + 1
            || !long.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out long count))
        {
            return null;
        }

        long seconds = text[^1] switch
        {
            's' => 1,
            'm' => 60,
            'h' => 60 * 60,
            'd' => 24 * 60 * 60,
            'y' => 365 * 24 * 60 * 60,
            _ => 0,
        };
        return seconds > 0 && count * seconds <= 1000L * 365 * 24 * 60 * 60 ? TimeSpan.FromSeconds(count * seconds) : null;
    }
}
