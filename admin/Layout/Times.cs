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

    /// <summary>"860 KB", "1.2 MB".</summary>
    public static string Size(long bytes) => bytes switch
    {
        1 => "1 byte",
        < 1_000 => $"{bytes} bytes",
        < 1_000_000 => $"{(bytes + 500) / 1_000} KB",
        _ => (bytes / 1_000_000.0).ToString("0.0", CultureInfo.InvariantCulture) + " MB",
    };

    public static string Machine(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);

    private static string Format(DateTimeOffset at, string format) => at.UtcDateTime.ToString(format, CultureInfo.InvariantCulture);
}
