using System.Text;

namespace MailInbox.Mail.Mime.Decoding;

/// <summary>Line breaks of a decoded text: CRLF, CRCRLF and CR become LF; NUL and the byte order mark go.</summary>
internal static class TextLines
{
    /// <summary>Plain ASCII in one pass, straight into the string.</summary>
    public static string OfAscii(ReadOnlySpan<byte> bytes)
    {
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

    private static string Slowly(ReadOnlySpan<byte> bytes)
    {
        char[] chars = new char[bytes.Length];
        Ascii.ToUtf16(bytes, chars, out _);
        return new string(chars, 0, Normalize(chars));
    }
}
