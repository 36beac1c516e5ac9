using System.Buffers.Text;
using System.Text;

namespace MailInbox.Mail.Mime.Composing;

/// <summary>A body with the transfer encoding that carries it (RFC 2045 §6).</summary>
internal sealed class MessageComposerBody
{
    /// <summary>Longest line that SMTP carries, without its CRLF (RFC 5321 §4.5.3.1.6).</summary>
    private const int MaxLine = 998;

    private const int Base64Bytes = 57;
    private const int QuotedLine = 75;

    /// <summary>What an 8-bit byte costs more in quoted-printable (3 for 1) than in base64 (4 for 3): from one in so many bytes on base64 is shorter.</summary>
    private const int BytesForBase64 = 6;

    private readonly ReadOnlyMemory<byte> _bytes;

    private MessageComposerBody(string encoding, ReadOnlyMemory<byte> bytes) => (Encoding, _bytes) = (encoding, bytes);

    public string Encoding { get; }

    /// <summary>7bit when that is enough, quoted-printable while the text can be read in it, base64 for other scripts.</summary>
    public static MessageComposerBody OfText(string text)
    {
        byte[] bytes = WithCrLf(System.Text.Encoding.UTF8.GetBytes(text));
        int eight = 0;
        foreach (byte b in bytes) eight += b >> 7;
        if (eight == 0 && IsPlain(bytes)) return new("7bit", bytes);
        return new(eight > bytes.Length / BytesForBase64 ? "base64" : "quoted-printable", bytes);
    }

    public static MessageComposerBody OfBytes(ReadOnlyMemory<byte> bytes) => new("base64", bytes);

    /// <summary>A message goes as it is, its line ends made CRLF; null when there is none, or its lines are too long or hold NUL.</summary>
    public static MessageComposerBody? OfMessage(ReadOnlyMemory<byte> message)
    {
        byte[] bytes = WithCrLf(message.Span);
        if (bytes.Length == 0 || bytes.Contains((byte)0) || !HasShortLines(bytes)) return null;
        return new(Ascii.IsValid(bytes) ? "7bit" : "8bit", bytes);
    }

    public void Write(Stream output)
    {
        if (Encoding == "base64") WriteBase64(output);
        else if (Encoding == "quoted-printable") WriteQuotedPrintable(output);
        else output.Write(_bytes.Span);
    }

    private static byte[] WithCrLf(ReadOnlySpan<byte> bytes)
    {
        var output = new MemoryStream(bytes.Length + bytes.Length / 32);
        while (!bytes.IsEmpty)
        {
            int end = bytes.IndexOfAny((byte)'\r', (byte)'\n');
            if (end < 0) break;
            output.Write(bytes[..end]);
            output.Write("\r\n"u8);
            bytes = bytes[(end + (bytes[end..].StartsWith("\r\n"u8) ? 2 : 1))..];
        }
        output.Write(bytes);
        return output.ToArray();
    }

    /// <summary>No control characters, no line too long, none that a mailbox file would change.</summary>
    private static bool IsPlain(ReadOnlySpan<byte> ascii)
    {
        if (ascii.StartsWith("From "u8) || ascii.IndexOf("\nFrom "u8) >= 0 || !HasShortLines(ascii)) return false;
        foreach (byte b in ascii)
        {
            if (b is 0x7F or (< 0x20 and not ((byte)'\t' or (byte)'\r' or (byte)'\n'))) return false;
        }
        return true;
    }

    private static bool HasShortLines(ReadOnlySpan<byte> bytes)
    {
        foreach (Range line in bytes.Split("\r\n"u8))
        {
            if (bytes[line].Length > MaxLine) return false;
        }
        return true;
    }

    private void WriteBase64(Stream output)
    {
        Span<byte> line = stackalloc byte[78];
        for (ReadOnlySpan<byte> rest = _bytes.Span; !rest.IsEmpty;)
        {
            int take = Math.Min(rest.Length, Base64Bytes);
            Base64.EncodeToUtf8(rest[..take], line, out _, out int written);
            "\r\n"u8.CopyTo(line[written..]);
            output.Write(line[..(written + 2)]);
            rest = rest[take..];
        }
    }

    private void WriteQuotedPrintable(Stream output)
    {
        ReadOnlySpan<byte> bytes = _bytes.Span;
        int column = 0;
        for (int i = 0; i < bytes.Length; i++)
        {
            if (bytes[i..].StartsWith("\r\n"u8))
            {
                output.Write("\r\n"u8);
                column = 0;
                i++;
                continue;
            }
            bool literal = IsLiteral(bytes, i, column);
            if (column + (literal ? 1 : 3) > QuotedLine)
            {
                output.Write("=\r\n"u8);
                column = 0;
                literal = IsLiteral(bytes, i, column);
            }
            if (literal) output.WriteByte(bytes[i]);
            else output.Write(System.Text.Encoding.ASCII.GetBytes($"={bytes[i]:X2}"));
            column += literal ? 1 : 3;
        }
    }

    /// <summary>Blanks at the end of a line get lost, and "From " and "." at its start get changed, so those are encoded.</summary>
    private static bool IsLiteral(ReadOnlySpan<byte> bytes, int i, int column)
    {
        byte b = bytes[i];
        if (b is (byte)' ' or (byte)'\t') return i + 1 < bytes.Length && bytes[i + 1] != '\r';
        if (b is <= 0x20 or >= 0x7F or (byte)'=') return false;
        return column > 0 || (b != '.' && !bytes[i..].StartsWith("From "u8));
    }
}
