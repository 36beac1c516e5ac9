using System.Buffers;
using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using System.Text.Unicode;

namespace MailInbox.Mail.Mime.Decoding;

/// <summary>Character sets by the labels found in mail, and decoding that always gives a text.</summary>
internal static class Charsets
{
    private static readonly CodePagesEncodingProvider CodePages = (CodePagesEncodingProvider)CodePagesEncodingProvider.Instance;

    private static readonly SearchValues<char> HtmlValueEnd = SearchValues.Create("\"' />;");

    /// <summary>What 8-bit text is when nothing else fits.</summary>
    public static Encoding Windows1252 { get; } = CodePages.GetEncoding(1252)!;

    /// <summary>Code pages and the labels that mean them in mail where the framework reads otherwise: supersets, vendors' names, misspellings.</summary>
    private static readonly (int Page, string Labels)[] Pages =
    [
        (65001, "utf-8 utf8 unicode-1-1-utf-8 utf-8-mac cp65001 utf8mb4"),
        (1252, "iso-8859-1 iso8859-1 iso_8859-1 iso88591 8859-1 latin1 latin-1 l1 iso-latin-1 iso-ir-100 ibm819 cp819 ansi"),
        (1254, "iso-8859-9 iso8859-9 latin5"),
        (874, "iso-8859-11 tis-620"),
        (28598, "iso-8859-8-i"),
        (28596, "iso-8859-6-i"),
        (28605, "iso-8859-15 latin9 latin-9"),
        (28606, "iso-8859-16"),
        (54936, "gb2312 gb_2312-80 gbk x-gbk cp936 ms936 gb18030 euc-cn chinese"),
        (52936, "hz-gb-2312 hz"),
        (949, "ks_c_5601-1987 ks_c_5601 ksc5601 ks_c_5601-1989 euc-kr korean cp949 ms949 uhc"),
        (50225, "iso-2022-kr"),
        (1361, "johab"),
        (950, "big5 big5-hkscs big5-eten x-x-big5 cn-big5 csbig5"),
        (932, "shift_jis shift-jis sjis x-sjis ms_kanji windows-31j cp932"),
        (50220, "iso-2022-jp iso-2022-jp-1 iso-2022-jp-2 iso-2022-jp-3 iso-2022-jp-ms"),
        (51932, "euc-jp x-euc-jp eucjp ujis"),
        (10000, "macintosh x-mac-roman mac macroman"),
        (10007, "x-mac-cyrillic"),
        (20866, "koi8-r koi8r koi8"),
        (21866, "koi8-u koi8-ru"),
        (1200, "utf-16 utf16 utf-16le unicode ucs-2"),
        (1201, "utf-16be"),
        (12000, "utf-32 utf-32le"),
        (12001, "utf-32be"),
        (65000, "utf-7 utf7 unicode-1-1-utf-7 x-unicode-2-0-utf-7"),
    ];

    private static readonly FrozenDictionary<string, int> Labels = Pages
        .SelectMany(p => p.Labels.Split(' ').Select(label => (Label: label, p.Page)))
        .ToFrozenDictionary(p => p.Label, p => p.Page, StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenDictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> ByLabel = Labels.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>The encoding of a label; null for plain ASCII, UTF-7 and what nobody knows: those are told by the bytes.</summary>
    public static Encoding? Find(string label)
    {
        int page = Page(label);
        return page is 0 or 65000 ? null : OfPage(page);
    }

    /// <summary>Decodes by label. Bytes that cannot be what the label says are UTF-8 if they can be, else windows-1252.</summary>
    public static string Decode(ReadOnlySpan<byte> bytes, string label)
    {
        int page = Ascii.IsValid(bytes) && !IsStateful(bytes) ? PageOfAscii(label) : Page(label);
        return page switch
        {
            20127 => Encoding.ASCII.GetString(bytes),
            65000 => Utf7.Decode(bytes),
            1200 or 1201 => Utf16(bytes, page),
            65001 => Utf8OrBroken(bytes),
            0 => Guess(bytes),
            _ => (OfPage(page) ?? Windows1252).GetString(bytes),
        };
    }

    /// <summary>Decodes a field value: UTF-8 if it can be, else the charset of the body, else windows-1252; raw ISO-2022-JP by its escapes.</summary>
    public static string HeaderText(ReadOnlySpan<byte> bytes, Encoding? declared)
    {
        if (IsStateful(bytes) && bytes.Contains((byte)27))
            return OfPage(50220)!.GetString(bytes);
        if (Ascii.IsValid(bytes))
            return Encoding.ASCII.GetString(bytes);
        if (Utf8.IsValid(bytes))
            return Encoding.UTF8.GetString(bytes);
        return (declared is null or UTF8Encoding or UnicodeEncoding or UTF32Encoding ? Windows1252 : declared).GetString(bytes);
    }

    /// <summary>A body as text: decoded, line breaks LF, NUL and byte order mark gone, at most <paramref name="maxChars"/> long.</summary>
    public static string Text(ReadOnlySpan<byte> bytes, string label, int maxChars)
    {
        string text = Decode(bytes, label);
        if (text.AsSpan().ContainsAny("\r\0\uFEFF"))
        {
            text = text.Replace("\r\r\n", "\n", StringComparison.Ordinal).Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n').Replace("\0", "", StringComparison.Ordinal);
            text = text.StartsWith('\uFEFF') ? text[1..] : text;
        }
        if (text.Length <= maxChars)
            return text;
        return text[..(maxChars > 0 && char.IsHighSurrogate(text[maxChars - 1]) ? maxChars - 1 : maxChars)];
    }

    /// <summary>The charset that a page of HTML names in its first 2 KB, empty when it names none.</summary>
    public static string OfHtml(ReadOnlySpan<byte> html)
    {
        var head = Encoding.Latin1.GetString(html[..Math.Min(html.Length, 2_048)]).AsSpan();
        int at = head.IndexOf("charset=", StringComparison.OrdinalIgnoreCase);
        if (at < 0)
            return "";
        var value = head[(at + 8)..].TrimStart("\"' ");
        int end = value.IndexOfAny(HtmlValueEnd);
        return (end < 0 ? value : value[..end]).ToString();
    }

    /// <summary>The code page of a label; 0 where it names ASCII or nothing known.</summary>
    private static int Page(string label)
    {
        var name = label.AsSpan().Trim(" \t\"'<>;:.\\=");
        if (name.IsEmpty || name.Length > 64)
            return 0;
        if (ByLabel.TryGetValue(name, out int page))
            return page;
        if (name.StartsWith("x-", StringComparison.OrdinalIgnoreCase) && ByLabel.TryGetValue(name[2..], out page))
            return page;
        if (CodePages.GetEncoding(name.ToString()) is { } known)
            return known.CodePage;
        return Numbered(name);
    }

    /// <summary>A label such as <c>1252</c>, <c>cp-850</c>, <c>windows1251</c> or <c>iso8859_2</c>.</summary>
    private static int Numbered(ReadOnlySpan<char> name)
    {
        int digits = name.LastIndexOfAnyExceptInRange('0', '9') + 1;
        if (name.Length - digits is 0 or > 5)
            return 0;
        int number = int.Parse(name[digits..], CultureInfo.InvariantCulture);
        if (name.StartsWith("iso", StringComparison.OrdinalIgnoreCase))
            return number is >= 1 and <= 16 && OfPage(28590 + number) != null ? 28590 + number : 0;
        return number is > 36 and not (65000 or 65001) && CodePages.GetEncoding(number) != null ? number : 0;
    }

    /// <summary>Where all bytes are ASCII only few charsets read them differently.</summary>
    private static int PageOfAscii(string label)
    {
        int page = label.Length == 0 ? 0 : Page(label);
        return page is 65000 or 1200 or 1201 or 12000 or 12001 or 52936 || (page >= 20000 && page < 20866) || page is 37 or 500 or 1047 ? page : 20127;
    }

    /// <summary>Escape sequences and shifts hide other characters in 7-bit text.</summary>
    private static bool IsStateful(ReadOnlySpan<byte> bytes)
    {
        int escape = bytes.IndexOfAny((byte)27, (byte)14);
        return escape >= 0 && (bytes[escape] == 14 || (escape + 1 < bytes.Length && bytes[escape + 1] is (byte)'$' or (byte)'('));
    }

    private static Encoding? OfPage(int page) => page switch
    {
        65001 => Encoding.UTF8,
        1200 => Encoding.Unicode,
        1201 => Encoding.BigEndianUnicode,
        12000 => Encoding.UTF32,
        12001 => BigEndianUtf32,
        20127 or 0 or 65000 => null,
        _ => CodePages.GetEncoding(page),
    };

    private static readonly UTF32Encoding BigEndianUtf32 = new(bigEndian: true, byteOrderMark: true);

    private static string Guess(ReadOnlySpan<byte> bytes) =>
        IsStateful(bytes) && bytes.Contains((byte)27) ? OfPage(50220)!.GetString(bytes)
        : Utf8.IsValid(bytes) ? Encoding.UTF8.GetString(bytes)
        : Windows1252.GetString(bytes);

    /// <summary>Text called UTF-8 that holds no single whole UTF-8 character beyond ASCII is Latin with a wrong label; else some bytes were lost.</summary>
    private static string Utf8OrBroken(ReadOnlySpan<byte> bytes)
    {
        if (Utf8.IsValid(bytes))
            return Encoding.UTF8.GetString(bytes);
        var rest = bytes;
        while (rest.IndexOfAnyInRange((byte)128, (byte)255) is >= 0 and var first)
        {
            rest = rest[first..];
            if (Rune.DecodeFromUtf8(rest, out _, out int length) == OperationStatus.Done)
                return Encoding.UTF8.GetString(bytes);
            rest = rest[length..];
        }
        return Windows1252.GetString(bytes);
    }

    /// <summary>The byte order by its mark, else by where the zeros of Latin text stand, else as labelled.</summary>
    private static string Utf16(ReadOnlySpan<byte> bytes, int page)
    {
        // Half a character at the end is what a converted line end left over.
        var whole = bytes[..(bytes.Length & ~1)];
        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]))
            return Encoding.BigEndianUnicode.GetString(whole);
        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]))
            return Encoding.Unicode.GetString(whole);
        int even = 0, odd = 0;
        for (int i = 0; i + 1 < bytes.Length && i < 1_000; i += 2)
        {
            even += bytes[i] == 0 ? 1 : 0;
            odd += bytes[i + 1] == 0 ? 1 : 0;
        }
        // Many claim UTF-16 and send ASCII.
        if (even == 0 && odd == 0 && Ascii.IsValid(bytes))
            return Encoding.ASCII.GetString(bytes);
        bool bigEndian = even == odd ? page == 1201 : even > odd;
        return (bigEndian ? Encoding.BigEndianUnicode : Encoding.Unicode).GetString(whole);
    }
}
