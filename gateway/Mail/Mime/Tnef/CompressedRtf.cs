using System.Buffers.Binary;

namespace MailInbox.Mail.Mime.Tnef;

/// <summary>Compressed RTF (MS-OXRTFCP): LZFu with a filled dictionary, or plain bytes. Gives what can be read; the sizes it claims are not believed.</summary>
internal static class CompressedRtf
{
    private const int Head = 16;
    private const int Window = 4_096;
    private const uint Compressed = 0x75465A4C;
    private const uint Uncompressed = 0x414C454D;

    /// <summary>MS-OXRTFCP §2.1.2.1.</summary>
    private static ReadOnlySpan<byte> Filled =>
        "{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript \\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par \\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx"u8;

    /// <summary>At most <paramref name="maxBytes"/>; empty when it is something else.</summary>
    public static byte[] Decompress(ReadOnlySpan<byte> data, int maxBytes)
    {
        if (data.Length < Head)
            return [];
        uint kind = BinaryPrimitives.ReadUInt32LittleEndian(data[8..]);
        // The first number counts itself out.
        long size = BinaryPrimitives.ReadUInt32LittleEndian(data) + 4L;
        var body = data[Head..(int)Math.Clamp(size, Head, data.Length)];
        return kind switch
        {
            Compressed => Expand(body, maxBytes),
            Uncompressed => body[..Math.Min(body.Length, maxBytes)].ToArray(),
            _ => [],
        };
    }

    private static byte[] Expand(ReadOnlySpan<byte> data, int maxBytes)
    {
        // Two bytes and an eighth give at most 17.
        var output = new byte[Math.Min(maxBytes, (data.Length * 8L) + 8)];
        Span<byte> window = stackalloc byte[Window];
        window.Clear();
        Filled.CopyTo(window);
        int place = Filled.Length, written = 0, at = 0;
        while (at < data.Length)
        {
            int control = data[at++];
            for (int bit = 0; bit < 8 && at < data.Length; bit++, control >>= 1)
            {
                int from = place, length = 1;
                if ((control & 1) == 0)
                {
                    window[place] = data[at++];
                }
                else
                {
                    if (at + 1 >= data.Length)
                        return output[..written];
                    from = (data[at] << 4) | (data[at + 1] >> 4);
                    length = (data[at + 1] & 15) + 2;
                    at += 2;
                    if (from == place)
                        return output[..written];
                }
                for (int i = 0; i < length; i++)
                {
                    if (written == output.Length)
                        return output;
                    byte value = window[(from + i) % Window];
                    window[place] = output[written++] = value;
                    place = (place + 1) % Window;
                }
            }
        }
        return output[..written];
    }
}
