using System.Buffers;
using System.Text;

namespace MailInbox.Host.Demo;

/// <summary>The bytes of a mail put down line by line, for charsets and encodings that the composer never chooses.</summary>
internal sealed class HandWritten
{
    private const int WordRunes = 10;
    private const int Base64Line = 76;
    private const int QuotedLine = 72;

    private readonly ArrayBufferWriter<byte> _bytes = new();

    /// <summary>Lines as they are, in UTF-8; the empty text writes none.</summary>
    public HandWritten Lines(string lines) => lines.Length == 0 ? this : Text(lines, "utf-8");

    /// <summary>The empty line that ends a header.</summary>
    public HandWritten Gap()
    {
        _bytes.Write("\r\n"u8);
        return this;
    }

    /// <summary>Text as it is in that charset, 7bit or 8bit.</summary>
    public HandWritten Text(string text, string charset)
    {
        _bytes.Write(CharsetOf(charset).GetBytes(WithCrLf(text)));
        return this;
    }

    /// <summary>Text in that charset as base64 (RFC 2045 §6.8).</summary>
    public HandWritten Base64(string text, string charset) => Base64(CharsetOf(charset).GetBytes(WithCrLf(text)));

    public HandWritten Base64(byte[] bytes)
    {
        string all = Convert.ToBase64String(bytes);
        for (int at = 0; at < all.Length; at += Base64Line)
        {
            Lines(all.Substring(at, Math.Min(Base64Line, all.Length - at)));
        }

        return this;
    }

    /// <summary>Text in that charset as quoted-printable (RFC 2045 §6.7).</summary>
    public HandWritten Quoted(string text, string charset)
    {
        foreach (string line in text.ReplaceLineEndings("\n").Split('\n'))
        {
            StringBuilder written = new();
            foreach (byte b in CharsetOf(charset).GetBytes(line))
            {
                if (written.Length >= QuotedLine)
                {
                    Lines($"{written}=");
                    written.Clear();
                }

                written.Append(b is >= (byte)' ' and <= (byte)'~' and not (byte)'=' ? ((char)b).ToString() : $"={b:X2}");
            }

            Lines(written.Append("\r\n").ToString());
        }

        return this;
    }

    public byte[] ToArray() => _bytes.WrittenSpan.ToArray();

    /// <summary>Words of a header field: as they are in ASCII, else as encoded words a line each (RFC 2047), Q for Western letters and B for the rest.</summary>
    public static string Words(string text, string charset)
    {
        if (text.All(char.IsAscii))
        {
            return text;
        }

        IEnumerable<string> words = text.EnumerateRunes().Chunk(WordRunes).Select(runes => string.Concat(runes.Select(r => r.ToString())));
        return string.Join("\r\n ", words.Select(word => EncodedWord(CharsetOf(charset).GetBytes(word), charset)));
    }

    private static string EncodedWord(byte[] bytes, string charset) => charset.StartsWith("iso-8859-", StringComparison.Ordinal)
        ? $"=?{charset}?Q?{string.Concat(bytes.Select(b => b == ' ' ? "_" : char.IsAsciiLetterOrDigit((char)b) ? ((char)b).ToString() : $"={b:X2}"))}?="
        : $"=?{charset}?B?{Convert.ToBase64String(bytes)}?=";

    private static Encoding CharsetOf(string label) => CodePagesEncodingProvider.Instance.GetEncoding(label) ?? Encoding.GetEncoding(label);

    private static string WithCrLf(string text) => text.ReplaceLineEndings("\r\n") + (text.EndsWith('\n') ? "" : "\r\n");
}
