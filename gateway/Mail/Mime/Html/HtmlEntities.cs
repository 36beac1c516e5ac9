using System.Globalization;
using System.Net;
using System.Text;

namespace MailInbox.Mail.Mime.Html;

/// <summary>Character references of HTML (§13.5): named, decimal and hexadecimal, the old ones also without their semicolon.</summary>
internal static class HtmlEntities
{
    private const int MaxNameLength = 32;

    /// <summary>What browsers read for the numbers 0x80 to 0x9F: windows-1252.</summary>
    private const string Windows1252 = "€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008DŽ\u008F\u0090‘’“”•–—˜™š›œ\u009DžŸ";

    private static readonly string[] WithoutSemicolon = ["nbsp", "amp", "lt", "gt", "quot", "copy", "reg", "euro", "pound", "auml", "ouml", "uuml", "Auml", "Ouml", "Uuml", "szlig", "eacute", "egrave", "agrave", "ccedil"];

    public static string Decode(ReadOnlySpan<char> text)
    {
        if (!text.Contains('&')) return text.ToString();
        var decoded = new StringBuilder(text.Length);
        while (!text.IsEmpty)
        {
            int at = text.IndexOf('&');
            if (at < 0) break;
            decoded.Append(text[..at]);
            text = text[at..];
            int used = Append(decoded, text);
            if (used == 0) decoded.Append('&');
            text = text[Math.Max(used, 1)..];
        }
        return decoded.Append(text).ToString();
    }

    /// <summary>Writes the reference that <paramref name="text"/> begins with; returns its length, or 0 when it is none.</summary>
    private static int Append(StringBuilder decoded, ReadOnlySpan<char> text)
    {
        if (text.Length > 2 && text[1] == '#') return AppendNumber(decoded, text);
        int end = 1;
        while (end < text.Length && end <= MaxNameLength && char.IsAsciiLetterOrDigit(text[end])) end++;
        if (end < text.Length && text[end] == ';')
        {
            string named = text[..(end + 1)].ToString();
            string value = WebUtility.HtmlDecode(named);
            if (value == named) return 0;
            decoded.Append(value);
            return end + 1;
        }
        if (end < text.Length && text[end] == '=') return 0;
        foreach (string name in WithoutSemicolon)
        {
            if (!text[1..end].SequenceEqual(name)) continue;
            decoded.Append(WebUtility.HtmlDecode($"&{name};"));
            return end;
        }
        return 0;
    }

    private static int AppendNumber(StringBuilder decoded, ReadOnlySpan<char> text)
    {
        bool hex = text[2] is 'x' or 'X';
        int start = hex ? 3 : 2, end = start;
        while (end < text.Length && (hex ? char.IsAsciiHexDigit(text[end]) : char.IsAsciiDigit(text[end]))) end++;
        if (end == start) return 0;
        var style = hex ? NumberStyles.AllowHexSpecifier : NumberStyles.None;
        int code = int.TryParse(text[start..end], style, CultureInfo.InvariantCulture, out int number) && number >= 0 ? number : 0;
        if (code is >= 0x80 and <= 0x9F) decoded.Append(Windows1252[code - 0x80]);
        else decoded.Append(code > 0 && Rune.IsValid(code) ? new Rune(code).ToString() : "\uFFFD");
        return end < text.Length && text[end] == ';' ? end + 1 : end;
    }
}
