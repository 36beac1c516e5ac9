using System.Globalization;

namespace MailInbox.Mail.Mime.Attached;

/// <summary>A moment of a calendar as it is written there (RFC 5545 §3.3.5).</summary>
/// <param name="At">Date and time on the clock of <paramref name="Zone"/>; midnight of a whole day.</param>
/// <param name="Zone"><c>UTC</c>, the name of a zone as the calendar gives it, or empty: the clock of whoever reads it.</param>
/// <param name="AllDay">A date without a time.</param>
public sealed record CalendarTime(DateTime At, string Zone, bool AllDay)
{
    private const int LongestZone = 100;

    private static readonly string[] Dates = ["yyyyMMdd", "yyyy-MM-dd"];
    private static readonly string[] Times = ["yyyyMMdd'T'HHmmss", "yyyyMMdd'T'HHmm", "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd'T'HH:mm"];

    /// <summary>Such as <c>Mon 3 Nov 2025, 10:00</c>, without the zone.</summary>
    public string Words => AllDay ? Day : string.Create(CultureInfo.InvariantCulture, $"{Day}, {Clock}");

    internal string Day => At.ToString("ddd d MMM yyyy", CultureInfo.InvariantCulture);

    internal string Clock => At.ToString("HH:mm", CultureInfo.InvariantCulture);

    /// <summary>From a start to an end in words; the end of whole days is the day after the last (RFC 5545 §3.6.1).</summary>
    internal static string Between(CalendarTime? start, CalendarTime? end)
    {
        if (start == null)
            return end == null ? "" : $"until {end.Words}{end.ZoneWords}";
        if (end == null || end.At <= start.At)
            return start.Words + start.ZoneWords;
        if (start.AllDay)
        {
            var last = end with { At = end.AllDay ? end.At.AddDays(-1) : end.At, AllDay = true };
            return last.At.Date <= start.At ? start.Day : $"{start.Day} – {last.Day}";
        }
        if (end.Zone != start.Zone && !end.AllDay)
            return $"{start.Words}{start.ZoneWords} – {end.Words}{end.ZoneWords}";
        string until = end.At.Date == start.At.Date && !end.AllDay ? $"–{end.Clock}" : $" – {end.Words}";
        return start.Words + until + start.ZoneWords;
    }

    internal static CalendarTime? Read(CalendarLine line)
    {
        string value = line.Value.Trim();
        if (DateTime.TryParseExact(value, Dates, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
            return new CalendarTime(date, "", AllDay: true);
        bool utc = value.EndsWith('Z');
        if (!DateTime.TryParseExact(utc ? value[..^1] : value, Times, CultureInfo.InvariantCulture, DateTimeStyles.None, out date))
            return null;
        return new CalendarTime(date, utc ? "UTC" : ZoneOf(line.Parameter("TZID")), AllDay: false);
    }

    /// <summary>Later by a duration (RFC 5545 §3.3.6); null when it is none.</summary>
    internal CalendarTime? After(string duration)
    {
        double seconds = 0;
        int number = -1, sign = 1;
        foreach (char c in duration.Trim().ToUpperInvariant())
        {
            if (char.IsAsciiDigit(c))
            {
                number = Math.Min(100_000_000, (Math.Max(number, 0) * 10) + c - '0');
                continue;
            }
            int unit = c switch { 'W' => 604_800, 'D' => 86_400, 'H' => 3_600, 'M' => 60, 'S' => 1, '-' or '+' or 'P' or 'T' => 0, _ => -1 };
            if (unit < 0 || (unit > 0 && number < 0))
                return null;
            sign = c == '-' ? -1 : sign;
            seconds += (double)unit * Math.Max(number, 0);
            number = -1;
        }
        double most = (DateTime.MaxValue - At).TotalSeconds;
        return sign < 0 || seconds >= most ? null : this with { At = At.AddSeconds(seconds) };
    }

    private string ZoneWords => Zone switch
    {
        "" => "",
        "UTC" => " UTC",
        _ => $" ({Zone})",
    };

    /// <summary>Zones with a prefix of their maker end in the ordinary name: <c>/example.org/20250101/Europe/Berlin</c>.</summary>
    private static string ZoneOf(string id)
    {
        string clean = string.Concat(id.Where(c => !char.IsControl(c))).Trim();
        if (clean.StartsWith('/') && clean.Split('/') is { Length: > 2 } names)
            clean = $"{names[^2]}/{names[^1]}";
        if (clean.EndsWith("/Utc", StringComparison.OrdinalIgnoreCase) || clean is "Etc/UTC" or "GMT" or "Z")
            return "UTC";
        return clean.Length > LongestZone ? clean[..LongestZone] : clean;
    }
}
