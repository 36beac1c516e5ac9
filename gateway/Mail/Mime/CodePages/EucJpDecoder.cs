namespace MailInbox.Mail.Mime.CodePages;

/// <summary>EUC-JP with half-width katakana behind 8E and JIS X 0212 behind 8F, whose three bytes the framework does not read.</summary>
internal sealed class EucJpDecoder : CharsetDecoder
{
    private readonly DoubleByteTable _table = DoubleByteTable.Of(51932);
    private readonly DoubleByteTable _supplement = DoubleByteTable.Of(20932);

    public override int Decode(ReadOnlySpan<byte> bytes, Span<char> chars)
    {
        int at = 0, written = 0;
        while (at < bytes.Length)
        {
            byte lead = bytes[at];
            if (lead < 128)
            {
                TakeAscii(bytes, ref at, chars, ref written);
                continue;
            }
            byte trail = at + 1 < bytes.Length ? bytes[at + 1] : (byte)0;
            bool three = lead == 0x8F && trail >= 0xA1 && at + 2 < bytes.Length && bytes[at + 2] >= 0xA1;
            char c = three ? _supplement.Pair(trail, bytes[at + 2] & 0x7F) : trail >= 0xA1 ? _table.Pair(lead, trail) : '\0';
            chars[written++] = c == '\0' ? Bad : c;
            at += three ? 3 : c != '\0' || (trail >= 0xA1 && lead >= 0x8E) ? 2 : 1;
        }
        return written;
    }
}
