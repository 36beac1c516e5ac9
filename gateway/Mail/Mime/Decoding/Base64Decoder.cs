namespace MailInbox.Mail.Mime.Decoding;

/// <summary>Base64 as it arrives (RFC 2045 §6.8): foreign characters skipped, padding missing or early, blocks one after the other.</summary>
internal static class Base64Decoder
{
    private const byte Foreign = 255;
    private const byte Blank = 254;
    private const byte Padding = 253;
    private static readonly byte[] Values = Table();

    public static byte[] Decode(ReadOnlySpan<byte> text, int maxBytes = int.MaxValue) =>
        TryDecode(text, maxBytes, out byte[] bytes) ? bytes : bytes;

    /// <summary>False when so much of the text is foreign, or so many words stand in it, that it was never base64; the bytes are then what the rest gives.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> text, int maxBytes, out byte[] bytes)
    {
        int size = (int)Math.Min(maxBytes, ((long)text.Length / 4 * 3) + 3);
        var output = new byte[size];
        int written = 0, bits = 0, count = 0, foreign = 0, known = 0, padded = -1;
        for (int i = 0; i < text.Length; i++)
        {
            byte value = Values[text[i]];
            if (value < 64)
            {
                known++;
                bits = (bits << 6) | value;
                count += 6;
                // A blank between two letters stands between words.
                if (i > 1 && text[i - 1] == ' ' && Values[text[i - 2]] < 64)
                    foreign += 2;
                if (count < 8)
                    continue;
                count -= 8;
                if (written == size)
                    break;
                output[written++] = (byte)(bits >> count);
                bits &= 0xFF;
            }
            else if (value == Padding)
            {
                bits = count = 0;
                padded = known;
            }
            else if (value == Foreign)
            {
                foreign++;
            }
        }
        // Behind padding only whole groups are another block; less is a word that is no base64.
        if (padded >= 0 && (known - padded) % 4 is > 1 and var rest && written < size)
            written -= rest - 1;
        bytes = written == size ? output : output[..written];
        bool whole = (known - Math.Max(padded, 0)) % 4 == 0;
        return foreign * (whole ? 4L : 16L) <= known;
    }

    private static byte[] Table()
    {
        var values = new byte[256];
        Array.Fill(values, Foreign);
        var alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"u8;
        for (int i = 0; i < alphabet.Length; i++)
            values[alphabet[i]] = (byte)i;
        values['-'] = 62;
        values['_'] = 63;
        values['='] = Padding;
        foreach (byte c in " \t\r\n\0"u8)
            values[c] = Blank;
        return values;
    }
}
