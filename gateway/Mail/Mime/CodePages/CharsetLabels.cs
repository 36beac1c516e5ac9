using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace MailInbox.Mail.Mime.CodePages;

/// <summary>
/// The labels of charsets: those of the Encoding Standard with its supersets, the usual aliases of the IANA register, and what mailers made
/// of them. Each means a code page.
/// </summary>
internal static class CharsetLabels
{
    public const int Ascii = 20127;
    public const int Utf7 = 65000;
    public const int Utf8 = 65001;

    private static readonly (int Page, string Labels)[] Pages =
    [
        (Ascii, "us-ascii ascii us us_ascii usascii asci ansi_x3.4-1968 ansi_x3.4-1986 iso646-us iso_646.irv:1991 iso-ir-6 ibm367 cp367 csascii 7bit 646 us-acii us-asci"),
        (Utf8, "utf-8 utf8 unicode-1-1-utf-8 unicode11utf8 unicode20utf8 x-unicode20utf8 utf-8-mac cp65001 65001 utf8mb4 utf_8 utf.8 uft-8 uft8 utf-8n utf8n csutf8 wtf-8 iso-10646-utf-8 utf-8;"),
        (1252, "iso-8859-1 windows-1252 ansi_x3.110-1983 cp1252 x-cp1252 ms-ansi csisolatin1 csiso8859-1 ibm819 cp819 iso-ir-100 iso8859-1 iso8859_1 iso88591 iso_8859-1 iso_8859-1:1987 iso_8859_1 iso-8859_1 iso-8859 iso8859 8859-1 8859_1 latin1 latin-1 l1 latin iso-latin-1 iso-latin1 windows-latin1 win-1252 win1252 windows1252 windows_1252 ansi windows-ansi western"),
        (1250, "windows-1250 cp1250 x-cp1250 ms-ee win-1250 win1250 windows1250 windows_1250 cswindows1250"),
        (28592, "iso-8859-2 csisolatin2 iso-ir-101 iso8859-2 iso8859_2 iso88592 iso_8859-2 iso_8859-2:1987 8859-2 8859_2 latin2 latin-2 l2 iso-latin-2"),
        (28593, "iso-8859-3 csisolatin3 iso-ir-109 iso8859-3 iso8859_3 iso88593 iso_8859-3 iso_8859-3:1988 latin3 latin-3 l3"),
        (28594, "iso-8859-4 csisolatin4 iso-ir-110 iso8859-4 iso8859_4 iso88594 iso_8859-4 iso_8859-4:1988 latin4 latin-4 l4"),
        (28595, "iso-8859-5 csisolatincyrillic cyrillic iso-ir-144 iso8859-5 iso8859_5 iso88595 iso_8859-5 iso_8859-5:1988"),
        (28596, "iso-8859-6 iso-8859-6-i iso-8859-6-e arabic asmo-708 csiso88596e csiso88596i csisolatinarabic ecma-114 iso-ir-127 iso8859-6 iso8859_6 iso88596 iso_8859-6 iso_8859-6:1987"),
        (28597, "iso-8859-7 csisolatingreek ecma-118 elot_928 greek greek8 iso-ir-126 iso8859-7 iso8859_7 iso88597 iso_8859-7 iso_8859-7:1987 sun_eu_greek"),
        (28598, "iso-8859-8 iso-8859-8-i iso-8859-8-e logical visual hebrew csiso88598e csiso88598i csisolatinhebrew iso-ir-138 iso8859-8 iso8859-8-i iso8859_8 iso88598 iso_8859-8 iso_8859-8:1988 iso_8859-8-i"),
        (1254, "windows-1254 iso-8859-9 cp1254 x-cp1254 csisolatin5 iso-ir-148 iso8859-9 iso8859_9 iso88599 iso_8859-9 iso_8859-9:1989 latin5 latin-5 l5 ms-turk win-1254 win1254 windows1254 turkish"),
        (28600, "iso-8859-10 csisolatin6 iso-ir-157 iso8859-10 iso885910 iso_8859-10 l6 latin6 latin-6"),
        (874, "windows-874 iso-8859-11 tis-620 tis620 tis620-0 tis620.2533 iso8859-11 iso885911 iso_8859-11 dos-874 cp874 x-cp874 thai cstis620"),
        (28603, "iso-8859-13 iso8859-13 iso885913 iso_8859-13 latin7 latin-7 l7"),
        (28604, "iso-8859-14 iso8859-14 iso885914 iso_8859-14 iso-ir-199 latin8 latin-8 l8 iso-celtic"),
        (28605, "iso-8859-15 csisolatin9 iso8859-15 iso8859_15 iso885915 iso_8859-15 iso_8859_15 8859-15 latin9 latin-9 latin0 latin-0 l9"),
        (28606, "iso-8859-16 iso8859-16 iso885916 iso_8859-16 iso-ir-226 latin10 latin-10 l10"),
        (1251, "windows-1251 cp1251 cp-1251 x-cp1251 ms-cyrl win-1251 win1251 win windows1251 windows_1251 windows-cyrillic cswindows1251 ansi-1251"),
        (1253, "windows-1253 cp1253 x-cp1253 ms-greek win-1253 win1253 windows1253"),
        (1255, "windows-1255 cp1255 x-cp1255 ms-hebr win-1255 win1255 windows1255"),
        (1256, "windows-1256 cp1256 x-cp1256 ms-arab win-1256 win1256 windows1256"),
        (1257, "windows-1257 cp1257 x-cp1257 winbaltrim win-1257 win1257 windows1257 baltic"),
        (1258, "windows-1258 cp1258 x-cp1258 win-1258 win1258 windows1258 vietnamese"),
        (20866, "koi8-r cskoi8r koi koi8 koi8_r koi8r koi-8 koi-8-r koi8-rus"),
        (21866, "koi8-u koi8-ru koi8u koi8_u cskoi8u"),
        (866, "ibm866 866 cp866 cp-866 csibm866 dos-866"),
        (437, "ibm437 437 cp437 cp-437 cspc8codepage437"),
        (850, "ibm850 850 cp850 cp-850 cspc850multilingual"),
        (852, "ibm852 852 cp852 cp-852 cspcp852"),
        (858, "ibm00858 cp858 cp00858 ccsid00858 pc-multilingual-850+euro"),
        (10000, "macintosh x-mac-roman mac macroman mac-roman csmacintosh apple-roman"),
        (10006, "x-mac-greek mac-greek macgreek"),
        (10029, "x-mac-ce mac-ce mac-latin2 mac-centraleurope maccentraleurope x-mac-centraleurroman"),
        (10081, "x-mac-turkish mac-turkish macturkish"),
        (10007, "x-mac-cyrillic x-mac-ukrainian mac-cyrillic maccyrillic"),
        (54936, "gb18030 gb-18030 gb_18030 gb18030-2000 gb18030-2005 csgb18030 gbk x-gbk csgbk cp936 ms936 windows-936 gb2312 gb-2312 gb_2312 gb_2312-80 gb2312-80 gb2312.1980 gb231280 csgb2312 csiso58gb231280 iso-ir-58 euc-cn euccn x-euc-cn chinese gb gb5 cn-gb chinese-simplified"),
        (52936, "hz-gb-2312 hz hz-gb hz-gb2312 cshzgb2312"),
        (50225, "iso-2022-kr csiso2022kr iso2022-kr iso2022kr"),
        (50227, "iso-2022-cn iso-2022-cn-ext csiso2022cn iso2022-cn iso2022cn"),
        (949, "euc-kr euckr euc_kr x-euc-kr cseuckr csksc56011987 iso-ir-149 korean ks_c_5601 ks_c_5601-1987 ks_c_5601-1989 ks_c-5601-1987 ks-c-5601-1987 ks_c_5601_1987 ksc5601 ksc_5601 ksc-5601 ks_c_5601-87 ks5601 kscs5601 ks_x_1001 ks_x_1001:1992 cp949 ms949 windows-949 uhc ibm949"),
        (1361, "johab x-johab ms1361 ks_c_5601-1992 ksc5601-1992"),
        (950, "big5 big-5 big5-hkscs big5hkscs big5-hk big5-eten big5-et big5-2003 cn-big5 csbig5 x-x-big5 x-big5 big5+ bigfive big_5 cp950 ms950 windows-950 chinesebig5 chinese-traditional"),
        (932, "shift_jis shift-jis shiftjis shift.jis sjis s-jis x-sjis ms_kanji csshiftjis windows-31j cswindows31j cp932 ms932 windows-932 mskanji pck x-sjis-cp932 x-ms-cp932"),
        (50220, "iso-2022-jp iso-2022-jp-1 iso-2022-jp-2 iso-2022-jp-3 iso-2022-jp-2004 iso-2022-jp-ext iso-2022-jp-ms csiso2022jp csiso2022jp2 iso2022-jp iso2022jp iso-2022jp iso_2022-jp jis jis7 cp50220 cp50221 cp50222"),
        (51932, "euc-jp eucjp euc_jp x-euc-jp x-euc x-eucjp cseucpkdfmtjapanese eucjp-ms eucjp-win eucjp-open cp51932 cp20932 euc-jp-ms ujis euc extended_unix_code_packed_format_for_japanese"),
        (1200, "utf-16 utf16 utf_16 utf-16le utf16le utf_16le unicode unicodelittle ucs-2 ucs2 iso-10646-ucs-2 csunicode unicodefeff utf-16-le ucs-2le x-utf-16le"),
        (1201, "utf-16be unicodefffe utf16be utf_16be unicodebig ucs-2be utf-16-be x-utf-16be"),
        (12000, "utf-32 utf32 utf-32le utf32le ucs-4 ucs4 iso-10646-ucs-4 csucs4 ucs-4le"),
        (12001, "utf-32be utf32be ucs-4be"),
        (Utf7, "utf-7 utf7 utf_7 unicode-1-1-utf-7 x-unicode-1-1-utf-7 unicode-2-0-utf-7 x-unicode-2-0-utf-7 csunicode11utf7 csutf7 cp65000"),
    ];

    private static readonly FrozenDictionary<string, int> Labels = Pages
        .SelectMany(p => p.Labels.Split(' ').Select(label => (Label: label, p.Page)))
        .ToFrozenDictionary(p => p.Label, p => p.Page, StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenDictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> ByLabel = Labels.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>The code page of a label, <see cref="Ascii"/> and <see cref="Utf7"/> among them; 0 for an empty one and for what nobody knows.</summary>
    public static int Page(string label)
    {
        // The two that nearly all mail has.
        if (label is "utf-8" or "UTF-8")
            return Utf8;
        var name = label.AsSpan().Trim(" \t\r\n\"'<>()[]{};:,.\\=");
        int end = name.IndexOfAny(";, \"");
        name = end < 0 ? name : name[..end];
        if (name.StartsWith("charset=", StringComparison.OrdinalIgnoreCase))
            name = name[8..].Trim("\"' ");
        if (name.IsEmpty || name.Length > 64)
            return 0;
        if (ByLabel.TryGetValue(name, out int page))
            return page;
        if (name.IndexOf('*') is > 0 and var language)
            return ByLabel.TryGetValue(name[..language], out page) ? page : 0;
        if (name.StartsWith("x-", StringComparison.OrdinalIgnoreCase) && ByLabel.TryGetValue(name[2..], out page))
            return page;
        if (name.EndsWith("$ESC", StringComparison.OrdinalIgnoreCase) && ByLabel.TryGetValue(name[..^4], out page))
            return page;
        if (CodePagesEncodingProvider.Instance.GetEncoding(name.ToString()) is { } known)
            return known.CodePage;
        if (Numbered(name) is > 0 and var numbered)
            return numbered;
        return Labels.GetValueOrDefault(name.ToString().Replace('_', '-').Replace(' ', '-'));
    }

    /// <summary>A label such as <c>1252</c>, <c>cp-850</c>, <c>windows1251</c> or <c>iso8859_2</c>.</summary>
    private static int Numbered(ReadOnlySpan<char> name)
    {
        int digits = name.LastIndexOfAnyExceptInRange('0', '9') + 1;
        if (name.Length - digits is 0 or > 5)
            return 0;
        int number = int.Parse(name[digits..], CultureInfo.InvariantCulture);
        if (name.StartsWith("iso", StringComparison.OrdinalIgnoreCase) || name.Contains("8859", StringComparison.Ordinal))
            return number is >= 1 and <= 16 ? Iso8859(number) : 0;
        if (digits > 0 && !(name.StartsWith("cp", StringComparison.OrdinalIgnoreCase) || name.StartsWith("ibm", StringComparison.OrdinalIgnoreCase)
            || name.StartsWith("win", StringComparison.OrdinalIgnoreCase) || name.StartsWith("ms", StringComparison.OrdinalIgnoreCase) || name.StartsWith("x-", StringComparison.OrdinalIgnoreCase)))
            return 0;
        return number is > 36 and not (Utf7 or Utf8) && CharsetDecoder.Framework(number) != null ? number : 0;
    }

    private static int Iso8859(int part) => part switch
    {
        1 => 1252,
        9 => 1254,
        11 => 874,
        12 => 0,
        _ => 28590 + part,
    };
}
