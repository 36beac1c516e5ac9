namespace MailInbox.Mail.Mime.Decoding;

/// <summary>A body in the old Unix encoding: <c>begin 644 name</c>, counted lines, <c>end</c>. The name is not looked at.</summary>
internal static class Uuencode
{
    /// <summary>False when there is no beginning.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> text, int maxBytes, out byte[] bytes)
    {
        bytes = [];
        int at = Begin(text);
        if (at < 0)
            return false;
        var output = new byte[(int)Math.Min(maxBytes, text.Length)];
        int written = 0;
        while (at < text.Length)
        {
            int end = HeaderScanner.LineEnd(text, at);
            var line = text[at..end];
            at = HeaderScanner.AfterLine(text, end);
            if (line.StartsWith("end"u8))
                break;
            if (!line.IsEmpty)
                Line(line, output, ref written);
        }
        bytes = output[..written];
        return true;
    }

    /// <summary>Offset behind the line that begins the data; -1 without one.</summary>
    private static int Begin(ReadOnlySpan<byte> text)
    {
        for (int at = 0; at < text.Length;)
        {
            int end = HeaderScanner.LineEnd(text, at);
            int after = HeaderScanner.AfterLine(text, end);
            if (text[at..end] is [(byte)'b', (byte)'e', (byte)'g', (byte)'i', (byte)'n', (byte)' ', >= (byte)'0' and <= (byte)'7', ..])
                return after;
            at = after;
        }
        return -1;
    }

    private static void Line(ReadOnlySpan<byte> line, byte[] output, ref int written)
    {
        int left = (line[0] - ' ') & 63;
        for (int i = 1; i < line.Length && left > 0; i += 4)
        {
            int bits = (Six(line, i) << 18) | (Six(line, i + 1) << 12) | (Six(line, i + 2) << 6) | Six(line, i + 3);
            for (int shift = 16; shift >= 0 && left > 0; shift -= 8, left--)
            {
                if (written == output.Length)
                    return;
                output[written++] = (byte)(bits >> shift);
            }
        }
    }

    /// <summary>Blanks at the end of a line are often lost on the way; they mean zero.</summary>
    private static int Six(ReadOnlySpan<byte> line, int at) => at < line.Length ? (line[at] - ' ') & 63 : 0;
}
