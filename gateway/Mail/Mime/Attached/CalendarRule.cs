using System.Globalization;

namespace MailInbox.Mail.Mime.Attached;

/// <summary>A recurrence rule (RFC 5545 §3.3.10) in words; a rule with rarer parts stays as it is written.</summary>
internal static class CalendarRule
{
    private const int Longest = 300;

    private static readonly Dictionary<string, string> Days = new()
    {
        ["MO"] = "Monday",
        ["TU"] = "Tuesday",
        ["WE"] = "Wednesday",
        ["TH"] = "Thursday",
        ["FR"] = "Friday",
        ["SA"] = "Saturday",
        ["SU"] = "Sunday",
    };

    public static string Words(string rule)
    {
        string raw = string.Concat(rule.Where(c => !char.IsControl(c))).Trim();
        if (raw.Length > Longest)
            return raw[..Longest];
        var parts = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (string part in raw.Split(';', StringSplitOptions.RemoveEmptyEntries))
        {
            int equals = part.IndexOf('=', StringComparison.Ordinal);
            if (equals > 0)
                parts[part[..equals].Trim()] = part[(equals + 1)..].Trim().ToUpperInvariant();
        }
        return Every(parts) is { } every && On(parts) is { } on && parts.Count == Known(parts) ? every + on + Until(parts) : raw;
    }

    private static int Known(Dictionary<string, string> parts) =>
        parts.Keys.Count(k => k.ToUpperInvariant() is "FREQ" or "INTERVAL" or "COUNT" or "UNTIL" or "BYDAY" or "BYMONTHDAY" or "BYMONTH" or "WKST");

    private static string? Every(Dictionary<string, string> parts)
    {
        string? unit = parts.GetValueOrDefault("FREQ") switch
        {
            "HOURLY" => "hour",
            "DAILY" => "day",
            "WEEKLY" => "week",
            "MONTHLY" => "month",
            "YEARLY" => "year",
            _ => null,
        };
        int interval = 1;
        if (unit == null || (parts.TryGetValue("INTERVAL", out string? written) && !(int.TryParse(written, CultureInfo.InvariantCulture, out interval) && interval > 0)))
            return null;
        return interval == 1 ? $"every {unit}" : string.Create(CultureInfo.InvariantCulture, $"every {interval} {unit}s");
    }

    private static string? On(Dictionary<string, string> parts)
    {
        string days = parts.GetValueOrDefault("BYDAY", ""), dates = parts.GetValueOrDefault("BYMONTHDAY", ""), months = parts.GetValueOrDefault("BYMONTH", "");
        string frequency = parts["FREQ"];
        if (months.Length > 0)
        {
            return frequency == "YEARLY" && days.Length == 0 && int.TryParse(months, CultureInfo.InvariantCulture, out int month) && month is >= 1 and <= 12 && (dates.Length == 0 || IsDate(dates))
                ? $" {(dates.Length == 0 ? "in " : $"on {dates} ")}{CultureInfo.InvariantCulture.DateTimeFormat.GetMonthName(month)}"
                : null;
        }
        if (dates.Length > 0)
            return frequency == "MONTHLY" && days.Length == 0 && dates.Split(',').All(IsDate) ? $" on day {And(dates.Split(','))}" : null;
        if (days.Length == 0)
            return "";
        var named = days.Split(',').Select(d => Day(d, ordinals: frequency == "MONTHLY")).ToList();
        return frequency is "DAILY" or "WEEKLY" or "MONTHLY" && !named.Contains(null) ? $" on {And(named!)}" : null;
    }

    private static bool IsDate(string day) => int.TryParse(day, CultureInfo.InvariantCulture, out int date) && date is >= 1 and <= 31;

    private static string? Day(string written, bool ordinals)
    {
        if (written.Length < 2 || !Days.TryGetValue(written[^2..], out string? day))
            return null;
        string? which = written[..^2] switch
        {
            "" => "",
            "1" or "+1" => "the first ",
            "2" or "+2" => "the second ",
            "3" or "+3" => "the third ",
            "4" or "+4" => "the fourth ",
            "5" or "+5" => "the fifth ",
            "-1" => "the last ",
            _ => null,
        };
        return which == null || (which.Length > 0 && !ordinals) ? null : which + day;
    }

    private static string And(IReadOnlyList<string> words) =>
        words.Count == 1 ? words[0] : $"{string.Join(", ", words.Take(words.Count - 1))} and {words[^1]}";

    private static string Until(Dictionary<string, string> parts)
    {
        if (int.TryParse(parts.GetValueOrDefault("COUNT"), CultureInfo.InvariantCulture, out int count))
            return string.Create(CultureInfo.InvariantCulture, $", {count} times");
        return parts.TryGetValue("UNTIL", out string? until) && CalendarTime.Read(new CalendarLine("UNTIL", "", until)) is { } last ? $", until {last.Day}" : "";
    }
}
