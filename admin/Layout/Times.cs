using System.Globalization;

namespace MailInbox.Admin.Layout;

/// <summary>Times as people read them; the browser says the same again in its own time zone.</summary>
internal static class Times
{
    /// <summary>"4 min" under 24 hours, then "19 Nov", then "19 Nov 2025".</summary>
    public static string Short(DateTimeOffset at, DateTimeOffset now)
    {
        TimeSpan age = now - at;
        if (age < TimeSpan.FromMinutes(1) && age > TimeSpan.FromMinutes(-5))
            return "now";
        if (age > TimeSpan.Zero && age < TimeSpan.FromHours(1))
            return $"{(int)age.TotalMinutes} min";
        if (age > TimeSpan.Zero && age < TimeSpan.FromDays(1))
            return $"{(int)age.TotalHours} h";
        return Format(at, at.Year == now.Year ? "d MMM" : "d MMM yyyy");
    }

    /// <summary>"09:14" today, else "19 Nov 09:14".</summary>
    public static string Clock(DateTimeOffset at, DateTimeOffset now) =>
        Format(at, at.UtcDateTime.Date == now.UtcDateTime.Date ? "HH:mm" : at.Year == now.Year ? "d MMM HH:mm" : "d MMM yyyy HH:mm");

    /// <summary>"8 s ago", "4 min ago", "3 h ago", then as <see cref="Clock"/>.</summary>
    public static string Ago(DateTimeOffset at, DateTimeOffset now)
    {
        TimeSpan age = now - at;
        return age < TimeSpan.FromSeconds(1) ? "now" : age < TimeSpan.FromDays(1) ? Whole(age) + " ago" : Clock(at, now);
    }

    /// <summary>"in 22 s", "in 4 min", "in 3 h", then as <see cref="Clock"/>.</summary>
    public static string Until(DateTimeOffset at, DateTimeOffset now)
    {
        TimeSpan left = at - now;
        return left < TimeSpan.FromSeconds(1) ? "now" : left < TimeSpan.FromDays(1) ? "in " + Whole(left) : Clock(at, now);
    }

    /// <summary>"16:20" today, "Friday 16:20" in the last six days, then as <see cref="Clock"/>.</summary>
    public static string Weekday(DateTimeOffset at, DateTimeOffset now)
    {
        int days = (now.UtcDateTime.Date - at.UtcDateTime.Date).Days;
        return days is > 0 and < 7 ? Format(at, "dddd HH:mm") : Clock(at, now);
    }

    public static string Date(DateTimeOffset at) => Format(at, "d MMM yyyy");

    /// <summary>With the zone, for tool tips.</summary>
    public static string Full(DateTimeOffset at) => Format(at, "ddd, d MMM yyyy HH:mm") + " UTC";

    /// <summary>"3 h 12 min", "12 min", "2 d 3 h".</summary>
    public static string Span(TimeSpan span)
    {
        if (span < TimeSpan.FromMinutes(1))
            return "1 min";
        if (span < TimeSpan.FromHours(1))
            return $"{span.Minutes} min";
        return span < TimeSpan.FromDays(1) ? $"{span.Hours} h {span.Minutes} min" : $"{(int)span.TotalDays} d {span.Hours} h";
    }

    /// <summary>"12 ms", "1.4 s", "42 s", "3 min", "9 h 20 min": parts that are nothing are left out.</summary>
    public static string Length(TimeSpan span) =>
        span < TimeSpan.FromMilliseconds(1) ? "<1 ms"
        : span < TimeSpan.FromSeconds(1) ? $"{(int)span.TotalMilliseconds} ms"
        : span < TimeSpan.FromSeconds(10) ? span.TotalSeconds.ToString("0.#", CultureInfo.InvariantCulture) + " s"
        : span < TimeSpan.FromMinutes(1) ? $"{span.Seconds} s"
        : span < TimeSpan.FromHours(1) ? Parts(span.Minutes, "min", span.Seconds, "s")
        : span < TimeSpan.FromDays(1) ? Parts(span.Hours, "h", span.Minutes, "min")
        : Parts((int)span.TotalDays, "d", span.Hours, "h");

    /// <summary>"860 KB", "1.2 MB".</summary>
    public static string Size(long bytes) => bytes switch
    {
        1 => "1 byte",
        < 1_000 => $"{bytes} bytes",
        < 1_000_000 => $"{(bytes + 500) / 1_000} KB",
        _ => (bytes / 1_000_000.0).ToString("0.0", CultureInfo.InvariantCulture) + " MB",
    };

    public static string Machine(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);

    private static string Whole(TimeSpan span) =>
        span < TimeSpan.FromMinutes(1) ? $"{(int)span.TotalSeconds} s" : span < TimeSpan.FromHours(1) ? $"{(int)span.TotalMinutes} min" : $"{(int)span.TotalHours} h";

    private static string Parts(int large, string unit, int small, string smallUnit) => small == 0 ? $"{large} {unit}" : $"{large} {unit} {small} {smallUnit}";

    private static string Format(DateTimeOffset at, string format) => at.UtcDateTime.ToString(format, CultureInfo.InvariantCulture);
}
