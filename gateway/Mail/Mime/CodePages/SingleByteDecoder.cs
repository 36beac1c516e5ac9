using System.Text;

namespace MailInbox.Mail.Mime.CodePages;

/// <summary>Charsets of one byte a character that agree with ASCII below 128, and EBCDIC. Mostly ASCII goes in wide steps.</summary>
internal sealed class SingleByteDecoder : CharsetDecoder
{
    /// <summary>A run of other bytes this long is no exception among ASCII any more.</summary>
    private const int Dense = 24;

    /// <summary>Charsets that the framework has not, from A0 on.</summary>
    private static readonly Dictionary<int, string> Missing = new()
    {
        [28600] = "\u00A0ĄĒĢĪĨĶ§ĻĐŠŦŽ\u00ADŪŊ°ąēģīĩķ·ļđšŧž―ūŋĀÁÂÃÄÅÆĮČÉĘËĖÍÎÏÐŅŌÓÔÕÖŨØŲÚÛÜÝÞßāáâãäåæįčéęëėíîïðņōóôõöũøųúûüýþĸ",
        [28604] = "\u00A0Ḃḃ£ĊċḊ§Ẁ©ẂḋỲ\u00AD®ŸḞḟĠġṀṁ¶ṖẁṗẃṠỳẄẅṡÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏŴÑÒÓÔÕÖṪØÙÚÛÜÝŶßàáâãäåæçèéêëìíîïŵñòóôõöṫøùúûüýŷÿ",
        [28606] = "\u00A0ĄąŁ€„Š§š©Ș«Ź\u00ADźŻ°±ČłŽ”¶·žčș»ŒœŸżÀÁÂĂÄĆÆÇÈÉÊËÌÍÎÏĐŃÒÓÔŐÖŚŰÙÚÛÜĘȚßàáâăäćæçèéêëìíîïđńòóôőöśűùúûüęțÿ",
    };

    /// <summary>Where the framework keeps to an older edition of the charset.</summary>
    private static readonly (int Page, int Byte, char Char)[] Corrections =
    [
        (28597, 0xA1, '\u2018'), (28597, 0xA2, '\u2019'), (28597, 0xA4, '€'), (28597, 0xA5, '\u20AF'), (28597, 0xAA, '\u037A'),
        (28598, 0xAF, '\u00AF'), (28598, 0xFD, '\u200E'), (28598, 0xFE, '\u200F'), (38598, 0xAF, '\u00AF'), (38598, 0xFD, '\u200E'), (38598, 0xFE, '\u200F'),
        (10000, 0xBD, '\u03A9'), (10000, 0xDB, '€'), (10007, 0xA2, 'Ґ'), (10007, 0xB6, 'ґ'), (10007, 0xFF, '€'),
    ];

    private readonly char[] _chars = new char[256];
    private readonly bool _overAscii = true;
    private readonly bool _latin;

    public SingleByteDecoder(int page)
    {
        for (int b = 0; b < 256; b++)
            _chars[b] = Char(page, b);
        foreach (var (ofPage, at, c) in Corrections)
            _chars[at] = ofPage == page ? c : _chars[at];
        for (int b = 0; b < 128; b++)
            _overAscii &= _chars[b] == b;
        _latin = page is 1252 or 28591;
    }

    /// <summary>The character of a byte; U+FFFD for one that the charset does not use.</summary>
    public char this[byte value] => _chars[value];

    public override int Decode(ReadOnlySpan<byte> bytes, Span<char> chars)
    {
        if (_latin)
            return Latin(bytes, chars);
        int at = 0;
        while (at < bytes.Length)
        {
            if (_overAscii)
            {
                Ascii.ToUtf16(bytes[at..], chars[at..], out int taken);
                at += taken;
            }
            int end = Math.Min(bytes.Length, at + Dense);
            for (; at < end; at++)
                chars[at] = _chars[bytes[at]];
        }
        return at;
    }

    private int Latin(ReadOnlySpan<byte> bytes, Span<char> chars)
    {
        Encoding.Latin1.GetChars(bytes, chars);
        for (int at = 0; bytes[at..].IndexOfAnyInRange<byte>(0x80, 0x9F) is >= 0 and var next; at++)
        {
            at += next;
            chars[at] = _chars[bytes[at]];
        }
        return bytes.Length;
    }

    private static char Char(int page, int value)
    {
        if (Missing.TryGetValue(page, out string? high))
            return value < 0xA0 ? (char)value : high[value - 0xA0];
        string text = Framework(page)!.GetString([(byte)value]);
        return text is [>= '\uE000' and <= '\uF8FF'] or not [_] ? Bad : text[0];
    }
}
