using System.Buffers;
using System.Text;

namespace MailInbox.Mail.Mime.Tnef;

/// <summary>
/// The text of an RTF document, or the HTML that was wrapped into it (MS-OXRTFEX): one pass, a stack of its own, bounded by the bytes.
/// </summary>
internal sealed class RtfText
{
    /// <summary>Groups told apart; a deeper one is as the group around it.</summary>
    private const int Depth = 1_000;

    private const int LongestWord = 32;

    /// <summary>Characters between two control words that need no string of their own.</summary>
    private const int Few = 128;

    private static readonly SearchValues<byte> Special = SearchValues.Create("{}\\\r\n"u8);

    private static readonly HashSet<string> Unread =
    [
        "colortbl", "stylesheet", "info", "pict", "object", "header", "headerl", "headerr", "headerf", "footer", "footerl", "footerr", "footerf",
        "footnote", "listtable", "listoverridetable", "filetbl", "revtbl", "rsidtbl", "generator", "themedata", "colorschememapping", "datastore",
        "latentstyles", "xmlnstbl", "mmathPr", "nonshppict", "fldinst", "bkmkstart", "bkmkend", "annotation", "atnid", "atnauthor", "mhtmltag",
    ];

    private readonly byte[] _rtf;
    private readonly RtfFonts _fonts = new();
    private readonly StringBuilder _text = new();
    private readonly ArrayBufferWriter<byte> _bytes = new();
    private readonly Stack<Group> _outer = new();
    private Group _group = new() { Skipped = 1, Font = -1 };
    private int _tooDeep;
    private int _bytesPage;
    private int _toSkip;
    private int _at;
    private bool _html;

    private RtfText(byte[] rtf) => _rtf = rtf;

    /// <summary>The text with LF line breaks, and whether it is HTML. Null when the bytes are no RTF.</summary>
    public static (string Text, bool IsHtml)? Read(byte[] rtf)
    {
        if (!rtf.AsSpan().TrimStart((byte)' ').StartsWith("{\\rtf"u8))
            return null;
        var reader = new RtfText(rtf);
        reader.Run();
        return (reader._html ? reader._text.ToString() : reader.Trimmed(), reader._html);
    }

    /// <summary>What holds until the end of a group.</summary>
    private struct Group
    {
        /// <summary>Characters that stand in for each Unicode one.</summary>
        public int Skipped;
        public int Font;
        public bool Unread;
        public bool HtmlTag;
        public bool RtfOnly;
        public bool FontTable;
    }

    private bool IsShown => !_group.Unread && (_group.HtmlTag || !(_html && _group.RtfOnly));

    private void Run()
    {
        while (_at < _rtf.Length)
        {
            var rest = _rtf.AsSpan(_at);
            int plain = rest.IndexOfAny(Special);
            if (plain != 0)
            {
                plain = plain < 0 ? rest.Length : plain;
                Bytes(rest[..plain]);
                _at += plain;
                continue;
            }
            _at++;
            if (rest[0] == '{')
                Open();
            else if (rest[0] == '}')
                Close();
            else if (rest[0] == '\\')
                Control();
        }
        Flush();
    }

    private string Trimmed()
    {
        int length = _text.Length, start = 0;
        while (length > 0 && _text[length - 1] is '\n' or ' ' or '\0')
            length--;
        foreach (var chunk in _text.GetChunks())
        {
            int blank = chunk.Span.IndexOfAnyExcept('\n', ' ', '\0');
            start += blank < 0 ? chunk.Length : blank;
            if (blank >= 0)
                break;
        }
        return start < length ? _text.ToString(start, length - start) : "";
    }

    private void Open()
    {
        _toSkip = 0;
        if (_outer.Count < Depth)
            _outer.Push(_group);
        else
            _tooDeep++;
    }

    private void Close()
    {
        _toSkip = 0;
        if (_tooDeep > 0)
            _tooDeep--;
        else if (_outer.TryPop(out var group))
            _group = group;
    }

    private void Control()
    {
        if (_at == _rtf.Length)
            return;
        byte c = _rtf[_at];
        if (char.IsAsciiLetter((char)c))
        {
            Word();
            return;
        }
        _at++;
        switch (c)
        {
            case (byte)'\'':
                Hex();
                break;
            case (byte)'*':
                Optional();
                break;
            case (byte)'~':
                Character('\u00A0');
                break;
            case (byte)'_':
                // In HTML it is the soft one (MS-OXRTFEX §2.1.3.1.4.2).
                Character(_html ? '\u00AD' : '\u2011');
                break;
            case (byte)'\\' or (byte)'{' or (byte)'}':
                Bytes([c]);
                break;
            case (byte)'\r' or (byte)'\n':
                Character('\n');
                break;
        }
    }

    private void Hex()
    {
        if (_at + 1 >= _rtf.Length || !char.IsAsciiHexDigit((char)_rtf[_at]) || !char.IsAsciiHexDigit((char)_rtf[_at + 1]))
            return;
        Bytes([(byte)((Digit(_rtf[_at]) << 4) | Digit(_rtf[_at + 1]))]);
        _at += 2;
    }

    private static int Digit(byte c) => c <= '9' ? c - '0' : (c | 32) - 'a' + 10;

    /// <summary>A destination that an old reader may leave out: only the one of wrapped HTML is read.</summary>
    private void Optional()
    {
        if (!_rtf.AsSpan(_at).StartsWith("\\htmltag"u8))
            _group.Unread = true;
    }

    /// <summary>A control word with its number and the one blank that ends it.</summary>
    private void Word()
    {
        int start = _at;
        while (_at < _rtf.Length && char.IsAsciiLetter((char)_rtf[_at]))
            _at++;
        Span<char> word = stackalloc char[LongestWord];
        word = word[..Encoding.ASCII.GetChars(_rtf.AsSpan(start, Math.Min(_at - start, LongestWord)), word)];
        int? number = Number();
        if (_at < _rtf.Length && _rtf[_at] == ' ')
            _at++;
        Act(word, number);
    }

    private int? Number()
    {
        int digits = _at < _rtf.Length && _rtf[_at] == '-' ? _at + 1 : _at;
        if (digits >= _rtf.Length || !char.IsAsciiDigit((char)_rtf[digits]))
            return null;
        bool negative = digits > _at;
        long value = 0;
        for (_at = digits; _at < _rtf.Length && char.IsAsciiDigit((char)_rtf[_at]); _at++)
            value = Math.Min(int.MaxValue, (value * 10) + _rtf[_at] - '0');
        return (int)(negative ? -value : value);
    }

    private void Act(ReadOnlySpan<char> word, int? number)
    {
        switch (word)
        {
            case "u":
                Unicode(number ?? 0);
                break;
            case "uc":
                _group.Skipped = Math.Clamp(number ?? 1, 0, 16);
                break;
            case "bin":
                _at += Math.Clamp(number ?? 0, 0, _rtf.Length - _at);
                break;
            case "par" or "line" or "row" or "sect" or "page":
                Character('\n');
                break;
            case "tab" or "cell" or "nestcell":
                Character('\t');
                break;
            case "fromhtml":
                _html = number is null or not 0;
                break;
            case "htmlrtf":
                _group.RtfOnly = number is null or not 0;
                break;
            case "htmltag":
                _group.HtmlTag = true;
                break;
            default:
                if (!Symbol(word) && !Font(word, number))
                    _group.Unread |= Unread.GetAlternateLookup<ReadOnlySpan<char>>().Contains(word);
                break;
        }
    }

    private bool Symbol(ReadOnlySpan<char> word)
    {
        char symbol = word switch
        {
            "lquote" => '\u2018',
            "rquote" => '\u2019',
            "ldblquote" => '\u201C',
            "rdblquote" => '\u201D',
            "bullet" => '\u2022',
            "endash" => '\u2013',
            "emdash" => '\u2014',
            "enspace" => '\u2002',
            "emspace" => '\u2003',
            "zwj" => '\u200D',
            "zwnj" => '\u200C',
            "ltrmark" => '\u200E',
            "rtlmark" => '\u200F',
            _ => '\0',
        };
        if (symbol != '\0')
            Character(symbol);
        return symbol != '\0';
    }

    private bool Font(ReadOnlySpan<char> word, int? number)
    {
        switch (word)
        {
            case "ansicpg":
                _fonts.Default = number is > 0 and < 65_536 ? number.Value : 1252;
                return true;
            case "mac" or "pc" or "pca":
                _fonts.Default = word == "mac" ? 10000 : word == "pc" ? 437 : 850;
                return true;
            case "deff":
                _fonts.DefaultFont = number ?? 0;
                return true;
            case "fonttbl":
                _group.FontTable = _group.Unread = true;
                return true;
            case "f":
                _group.Font = number ?? 0;
                return true;
            case "plain":
                _group.Font = -1;
                return true;
            case "fcharset" when _group.FontTable:
                _fonts.SetCharset(_group.Font, number ?? 0);
                return true;
            case "cpg" when _group.FontTable:
                _fonts.SetPage(_group.Font, number ?? 0);
                return true;
            default:
                return false;
        }
    }

    /// <summary>A UTF-16 unit, written as a signed number, with characters behind it for readers that know none.</summary>
    private void Unicode(int number)
    {
        Character((char)(ushort)number);
        _toSkip = _group.Skipped;
    }

    private void Character(char c)
    {
        _toSkip = 0;
        if (!IsShown)
            return;
        Flush();
        _text.Append(c);
    }

    private void Bytes(ReadOnlySpan<byte> bytes)
    {
        int skipped = Math.Min(_toSkip, bytes.Length);
        _toSkip -= skipped;
        bytes = bytes[skipped..];
        if (bytes.IsEmpty || !IsShown)
            return;
        int page = _group.HtmlTag ? _fonts.Default : _fonts.PageOf(_group.Font < 0 ? _fonts.DefaultFont : _group.Font);
        if (page != _bytesPage)
            Flush();
        _bytesPage = page;
        _bytes.Write(bytes);
    }

    private void Flush()
    {
        if (_bytes.WrittenCount == 0)
            return;
        Span<char> few = stackalloc char[Few];
        if (_fonts.Encoding(_bytesPage).TryGetChars(_bytes.WrittenSpan, few, out int length))
            _text.Append(few[..length]);
        else
            _text.Append(_fonts.Encoding(_bytesPage).GetString(_bytes.WrittenSpan));
        _bytes.ResetWrittenCount();
    }
}
