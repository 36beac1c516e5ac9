using System.Globalization;
using System.Text;
using MailInbox.Mail.Mime.Decoding;

namespace MailInbox.Mail.Mime.Tnef;

/// <summary>Which code page the bytes of an RTF text are in: that of its header, and that of each font of its table.</summary>
internal sealed class RtfFonts
{
    /// <summary>Fonts remembered; a real table has some dozens.</summary>
    private const int Most = 4_096;

    private readonly Dictionary<int, int> _pages = [];
    private readonly Dictionary<int, Encoding> _encodings = [];

    /// <summary>Code page of text in no font or in one that names none.</summary>
    public int Default { get; set; } = 1252;

    public int DefaultFont { get; set; }

    public int PageOf(int font) => _pages.TryGetValue(font, out int page) && page > 0 ? page : Default;

    public void SetPage(int font, int page)
    {
        if (page is >= 0 and <= ushort.MaxValue && (_pages.Count < Most || _pages.ContainsKey(font)))
            _pages[font] = page;
    }

    /// <summary>By the charset number of a font (MSFT-RTF, \fcharset); number 1 means the default.</summary>
    public void SetCharset(int font, int charset) => SetPage(font, charset switch
    {
        0 or 2 => 1252,
        77 => 10000,
        128 => 932,
        129 => 949,
        130 => 1361,
        134 => 936,
        136 => 950,
        161 => 1253,
        162 => 1254,
        163 => 1258,
        177 => 1255,
        178 => 1256,
        186 => 1257,
        204 => 1251,
        222 => 874,
        238 => 1250,
        254 => 437,
        255 => 850,
        _ => 0,
    });

    public Encoding Encoding(int page)
    {
        if (_encodings.TryGetValue(page, out var encoding))
            return encoding;
        encoding = page == 65001 ? System.Text.Encoding.UTF8 : Charsets.Find(string.Create(CultureInfo.InvariantCulture, $"cp{page}")) ?? Charsets.Find("windows-1252")!;
        return _encodings[page] = encoding;
    }
}
