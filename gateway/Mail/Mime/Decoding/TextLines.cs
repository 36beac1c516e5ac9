using System.Text;

namespace MailInbox.Mail.Mime.Decoding;

/// <summary>Line breaks of a decoded text: CRLF, CRCRLF and CR become LF; NUL and the byte order mark go.</summary>
internal static class TextLines
{
    /// <summary>Plain ASCII in one pass, straight into the string; cut at <paramref name="maxChars"/>.</summary>
    public static string OfAscii(ReadOnlySpan<byte> bytes, int maxChars)
    {
        if (bytes.Length > maxChars)
            return OfLongAscii(bytes, maxChars);
        int returns = bytes.Count((byte)'\r');
        if (returns == 0 && !bytes.Contains((byte)0))
            return Encoding.ASCII.GetString(bytes);
        if (bytes.Contains((byte)0) || bytes.Count("\r\n"u8) != returns)
            return Slowly(bytes);
        return string.Create(bytes.Length - returns, bytes, static (text, source) =>
        {
            while (source.IndexOf((byte)'\r') is >= 0 and var end)
            {
                Ascii.ToUtf16(source[..end], text, out _);
                text = text[end..];
                source = source[(end + 1)..];
            }
            Ascii.ToUtf16(source, text, out _);
        });
    }

    /// <summary>Works in place; gives the new length.</summary>
    public static int Normalize(Span<char> text)
    {
        int from = text is ['\uFEFF', ..] ? 1 : 0;
        int to = 0;
        while (from < text.Length)
        {
            int length = text[from..].IndexOfAny('\r', '\0');
            bool last = length < 0;
            length = last ? text.Length - from : length;
            if (to != from)
                text.Slice(from, length).CopyTo(text[to..]);
            from += length;
            to += length;
            if (last)
                break;
            bool isBreak = text[from++] == '\r';
            if (!isBreak)
                continue;
            if (from + 1 < text.Length && text[from] == '\r' && text[from + 1] == '\n')
                from++;
            if (from < text.Length && text[from] == '\n')
                from++;
            text[to++] = '\n';
        }
        return to;
    }

    /// <summary>Takes as many bytes as the characters need: one more for each that may go.</summary>
    private static string OfLongAscii(ReadOnlySpan<byte> bytes, int maxChars)
    {
        int length = 0, needed = maxChars;
        while (length < needed)
        {
            int going = bytes[length..needed].Count((byte)'\r') + bytes[length..needed].Count((byte)0);
            (length, needed) = (needed, Math.Min(bytes.Length, needed + going));
        }
        string text = OfAscii(bytes[..length], length);
        return text.Length <= maxChars ? text : text[..maxChars];
    }

    private static string Slowly(ReadOnlySpan<byte> bytes)
    {
        char[] chars = new char[bytes.Length];
        Ascii.ToUtf16(bytes, chars, out _);
        return new string(chars, 0, Normalize(chars));
    }
}
