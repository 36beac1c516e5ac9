using System.Buffers;
using System.Text;
using MailInbox.Mail.Mime.Decoding;

namespace MailInbox.Mail.Mime.CodePages;

/// <summary>UTF-7 (RFC 2152), which the framework refuses to read.</summary>
internal sealed class Utf7 : CharsetDecoder
{
    private static readonly SearchValues<byte> Base64 = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"u8);

    public override int Decode(ReadOnlySpan<byte> bytes, Span<char> chars)
    {
        int at = 0, written = 0;
        while (at < bytes.Length)
        {
            if (bytes[at] != '+')
            {
                chars[written++] = bytes[at] < 128 ? (char)bytes[at] : Bad;
                at++;
                continue;
            }
            at++;
            if (at < bytes.Length && bytes[at] == '-')
            {
                chars[written++] = '+';
                at++;
                continue;
            }
            int length = bytes[at..].IndexOfAnyExcept(Base64);
            length = length < 0 ? bytes.Length - at : length;
            written += Shifted(bytes.Slice(at, length), chars[written..]);
            at += length;
            if (at < bytes.Length && bytes[at] == '-')
                at++;
        }
        return written;
    }

    /// <summary>Half characters become the replacement character.</summary>
    private static int Shifted(ReadOnlySpan<byte> base64, Span<char> chars)
    {
        byte[] units = Base64Decoder.Decode(base64);
        return Encoding.BigEndianUnicode.GetChars(units.AsSpan(0, units.Length & ~1), chars);
    }
}
