using System.Text;

namespace MailInbox.Mail.Mime.Decoding;

/// <summary>UTF-7 (RFC 2152), which the framework refuses to read.</summary>
internal static class Utf7
{
    public static string Decode(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder(bytes.Length);
        int at = 0;
        while (at < bytes.Length)
        {
            if (bytes[at] != '+')
            {
                text.Append((char)bytes[at++]);
                continue;
            }
            at++;
            if (at < bytes.Length && bytes[at] == '-')
            {
                text.Append('+');
                at++;
                continue;
            }
            int length = bytes[at..].IndexOfAnyExcept(Base64);
            if (length < 0)
                length = bytes.Length - at;
            Shifted(bytes.Slice(at, length), text);
            at += length;
            if (at < bytes.Length && bytes[at] == '-')
                at++;
        }
        return text.ToString();
    }

    private static readonly System.Buffers.SearchValues<byte> Base64 =
        System.Buffers.SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"u8);

    /// <summary>Half characters become the replacement character.</summary>
    private static void Shifted(ReadOnlySpan<byte> base64, StringBuilder text)
    {
        byte[] units = Base64Decoder.Decode(base64);
        text.Append(Encoding.BigEndianUnicode.GetString(units, 0, units.Length & ~1));
    }
}
