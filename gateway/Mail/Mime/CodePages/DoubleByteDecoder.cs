using System.Text;

namespace MailInbox.Mail.Mime.CodePages;

/// <summary>
/// Charsets of one or two bytes: Shift_JIS, GBK and GB18030 with its four bytes, Big5, the Korean ones. A lead byte before ASCII takes
/// nothing with it.
/// </summary>
internal sealed class DoubleByteDecoder(int page) : CharsetDecoder
{
    private readonly DoubleByteTable _table = DoubleByteTable.Of(page);
    private readonly Encoding? _four = page is 936 or 54936 ? Framework(54936) : null;

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
            if (_table.IsLead(lead) && _table.Pair(lead, trail) is not '\0' and var pair)
            {
                chars[written++] = pair;
                at += 2;
            }
            else if (_four != null && trail is >= (byte)'0' and <= (byte)'9' && Four(bytes[at..], chars[written..]) is > 0 and var length)
            {
                written += length;
                at += 4;
            }
            else if (page == 950 && lead == 0x88 && Composed(trail, chars[written..]))
            {
                written += 2;
                at += 2;
            }
            else if (Big5Extension.Beyond(page, lead, trail) is { } beyond)
            {
                written += beyond.EncodeToUtf16(chars[written..]);
                at += 2;
            }
            else
            {
                chars[written++] = _table.Single(lead) is not '\0' and var single ? single : Bad;
                at += _table.IsLead(lead) && trail >= 128 ? 2 : 1;
            }
        }
        return written;
    }

    private int Four(ReadOnlySpan<byte> bytes, Span<char> chars)
    {
        if (bytes.Length < 4 || bytes[2] < 0x81 || bytes[3] is < (byte)'0' or > (byte)'9')
            return 0;
        Span<char> result = stackalloc char[8];
        int length = _four!.GetChars(bytes[..4], result);
        if (result[0] == '?' || length > 2)
            return 0;
        result[..length].CopyTo(chars);
        return length;
    }

    /// <summary>Four codes of Hong Kong that are a letter and a mark (HKSCS).</summary>
    private static bool Composed(byte trail, Span<char> chars)
    {
        if (trail is not (0x62 or 0x64 or 0xA3 or 0xA5))
            return false;
        chars[0] = trail < 0x80 ? 'Ê' : 'ê';
        chars[1] = trail is 0x62 or 0xA3 ? '\u0304' : '\u030C';
        return true;
    }
}
