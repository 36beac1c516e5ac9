namespace MailInbox.Mail.Mime.CodePages;

/// <summary>HZ (RFC 1843): Chinese between <c>~{</c> and <c>~}</c>, each line beginning in ASCII, also where the line before forgot to end.</summary>
internal sealed class HzDecoder : CharsetDecoder
{
    private readonly DoubleByteTable _table = DoubleByteTable.Of(936);

    /// <summary>Whether text of this kind stands in the bytes: a <c>~{</c> whose <c>~}</c> follows on its line, an even number of bytes between.</summary>
    public static bool IsIn(ReadOnlySpan<byte> bytes)
    {
        int begin = bytes.IndexOf("~{"u8);
        if (begin < 0)
            return false;
        var rest = bytes[(begin + 2)..];
        int end = rest[..Math.Min(rest.Length, 1_000)].IndexOf("~}"u8);
        return end > 0 && end % 2 == 0 && rest[..end].IndexOfAnyExceptInRange<byte>(0x21, 0x7E) < 0;
    }

    public override int Decode(ReadOnlySpan<byte> bytes, Span<char> chars)
    {
        int at = 0, written = 0;
        bool chinese = false;
        while (at < bytes.Length)
        {
            byte c = bytes[at];
            byte next = at + 1 < bytes.Length ? bytes[at + 1] : (byte)0;
            if (c == '~' && next is (byte)'{' or (byte)'}')
            {
                chinese = next == '{';
                at += 2;
            }
            else if (c == '~' && !chinese && next is (byte)'~' or (byte)'\n')
            {
                if (next == '~')
                    chars[written++] = '~';
                at += 2;
            }
            else if (chinese && c is > 32 and < 127)
            {
                char pair = _table.Pair(c | 0x80, next | 0x80);
                chars[written++] = pair == '\0' ? Bad : pair;
                at += next > 32 ? 2 : 1;
            }
            else if (c < 128)
            {
                chinese &= c != '\n';
                chars[written++] = (char)c;
                at++;
            }
            else
            {
                char pair = _table.Pair(c, next);
                chars[written++] = pair == '\0' ? Bad : pair;
                at += pair == '\0' ? 1 : 2;
            }
        }
        return written;
    }
}
