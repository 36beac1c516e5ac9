using System.Globalization;
using System.Text;
using AngleSharp.Html;

namespace MailInbox.Mail.Mime.Html;

/// <summary>Character references of HTML (§13.2.5.72 ff.): all 2,231 names by the longest match, decimal and hexadecimal numbers.</summary>
internal static class HtmlEntities
{
    /// <summary>Longest name with its semicolon.</summary>
    private const int MaxNameLength = 32;

    /// <summary>Longest name that counts without its semicolon.</summary>
    private const int MaxOldNameLength = 6;

    /// <summary>What browsers read for the numbers 0x80 to 0x9F: windows-1252.</summary>
    private const string Windows1252 = "€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008DŽ\u008F\u0090‘’“”•–—˜™š›œ\u009DžŸ";

    /// <param name="attribute">In an attribute a name without semicolon before a letter, a figure or <c>=</c> is part of an address, not a reference.</param>
    public static string Decode(ReadOnlySpan<char> text, bool attribute = false)
    {
        if (!text.Contains('&')) return text.ToString();
        var decoded = new StringBuilder(text.Length);
        for (int at; (at = text.IndexOf('&')) >= 0;)
        {
            decoded.Append(text[..at]);
            text = text[(at + Read(text[at..], attribute, out string character))..];
            decoded.Append(character);
        }
        return decoded.Append(text).ToString();
    }

    /// <summary>What the reference means that <paramref name="text"/> begins with, the sign itself where it is none; returns how many characters it takes.</summary>
    public static int Read(ReadOnlySpan<char> text, bool attribute, out string character)
    {
        character = "&";
        int used = text.Length > 2 && text[1] == '#' ? ReadNumber(text, ref character) : ReadName(text, attribute, ref character);
        return Math.Max(used, 1);
    }

    /// <summary>The length of a named reference, or 0 when it is none.</summary>
    private static int ReadName(ReadOnlySpan<char> text, bool attribute, ref string character)
    {
        int end = 1;
        while (end < text.Length && end <= MaxNameLength && char.IsAsciiLetterOrDigit(text[end])) end++;
        if (end < text.Length && text[end] == ';' && Symbol(text[1..(end + 1)]) is { } whole)
        {
            character = whole;
            return end + 1;
        }
        for (int old = Math.Min(end, MaxOldNameLength + 1); old > 2; old--)
        {
            if (Symbol(text[1..old]) is not { } symbol) continue;
            if (attribute && old < text.Length && (text[old] == '=' || char.IsAsciiLetterOrDigit(text[old]))) return 0;
            character = symbol;
            return old;
        }
        return 0;
    }

    private static string? Symbol(ReadOnlySpan<char> name) => name switch
    {
        "nbsp;" => "\u00A0",
        "amp" or "amp;" => "&",
        "lt" or "lt;" => "<",
        "gt" or "gt;" => ">",
        "quot" or "quot;" => "\"",
        _ => HtmlEntityProvider.Resolver.GetSymbol(name.ToString()),
    };

    private static int ReadNumber(ReadOnlySpan<char> text, ref string character)
    {
        bool hex = text[2] is 'x' or 'X';
        int start = hex ? 3 : 2, end = start;
        while (end < text.Length && (hex ? char.IsAsciiHexDigit(text[end]) : char.IsAsciiDigit(text[end]))) end++;
        if (end == start) return 0;
        var style = hex ? NumberStyles.AllowHexSpecifier : NumberStyles.None;
        int code = int.TryParse(text[start..end], style, CultureInfo.InvariantCulture, out int number) && number >= 0 ? number : 0;
        if (code is >= 0x80 and <= 0x9F) character = Windows1252[code - 0x80].ToString();
        else character = code > 0 && Rune.IsValid(code) ? new Rune(code).ToString() : "\uFFFD";
        return end < text.Length && text[end] == ';' ? end + 1 : end;
    }
}
