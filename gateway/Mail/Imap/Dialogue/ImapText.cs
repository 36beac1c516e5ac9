using System.Globalization;
using System.Text;

namespace MailInbox.Mail.Imap.Dialogue;

/// <summary>Bytes of a server as text, numbers and dates. What is none is null.</summary>
internal static class ImapText
{
    /// <summary>UTF-8 where it is, else Latin-1: nothing is lost.</summary>
    public static string Decode(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return Strict.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return Encoding.Latin1.GetString(bytes);
        }
    }

    /// <summary>The server's words as they are told to others: one line, not endless.</summary>
    public static string Clean(string words)
    {
        string text = string.Concat(words.Where(letter => !char.IsControl(letter))).Trim();
        int length = ImapLimits.ToldWords;
        return text.Length <= length ? text : text[..(char.IsHighSurrogate(text[length - 1]) ? length - 1 : length)];
    }

    /// <summary>A whole number that is not negative. Some servers write large sizes with an exponent: <c>9.37e+06</c>.</summary>
    public static long? Number(string text)
    {
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long number))
            return number;
        bool rough = text.Length is > 0 and < 32 && char.IsAsciiDigit(text[0]) && text.Contains('e', StringComparison.OrdinalIgnoreCase);
        return rough && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && value is >= 0 and < 1e15 ? (long)value : null;
    }

    public static uint? Uid(string text) => uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out uint uid) && uid > 0 ? uid : null;

    /// <summary>INTERNALDATE: <c>17-Jul-1996 02:44:25 -0700</c> (RFC 9051 §9, date-time); one-digit days and missing zones are borne.</summary>
    public static DateTimeOffset? Date(string text)
    {
        string[] words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words.Length < 2 || !DateTime.TryParseExact($"{words[0]} {words[1]}", Forms, CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTime local))
            return null;
        if (Zone(words.Length > 2 ? words[2] : "") is not { } zone || Math.Abs(zone) > LargestZone)
            return null;
        long ticks = local.Ticks - zone * TimeSpan.TicksPerMinute;
        return ticks < 0 || ticks > DateTime.MaxValue.Ticks ? null : new DateTimeOffset(local, TimeSpan.FromMinutes(zone));
    }

    /// <summary>As APPEND takes it.</summary>
    public static string Date(DateTimeOffset date) => date.ToString("dd-MMM-yyyy HH:mm:ss zzz", CultureInfo.InvariantCulture).Remove(24, 1);

    private const int LargestZone = 14 * 60;

    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);
    private static readonly string[] Forms = ["d-MMM-yyyy H:m:s", "d-MMM-yyyy H:m", "d-MMM-yy H:m:s"];

    /// <summary>In minutes; a word for a zone counts as none.</summary>
    private static int? Zone(string text)
    {
        if (text.Length == 0 || char.IsAsciiLetter(text[0]))
            return 0;
        bool good = text.Length == 5 && text[0] is '+' or '-' && text.AsSpan(1).IndexOfAnyExceptInRange('0', '9') < 0;
        if (!good)
            return null;
        int digits = int.Parse(text.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture);
        int minutes = digits / 100 * 60 + digits % 100;
        return text[0] == '-' ? -minutes : minutes;
    }
}
