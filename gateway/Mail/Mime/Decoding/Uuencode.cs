namespace MailInbox.Mail.Mime.Decoding;

/// <summary>A body in the old Unix encoding: <c>begin 644 name</c>, counted lines, <c>end</c>. The name is not looked at.</summary>
internal struct Uuencode
{
    /// <summary>No count names more bytes than this.</summary>
    private const int LineSize = 63;

    /// <summary>A line whose blanks were lost says many bytes; all lines together give at most so many times their own, and a few more.</summary>
    private const double Growth = 1.5;

    private const int Allowance = 64;

    private int _at;
    private long _given;
    private bool _short;
    private bool _begun;
    private bool _ended;

    /// <summary>What was wrong with the text read so far.</summary>
    public BodyDamage Damage { get; private set; }

    /// <summary>No text of that many bytes gives more.</summary>
    public static int MaxBytes(ReadOnlySpan<byte> text) => (int)Math.Min(Array.MaxLength, (long)(text.Length * Growth) + Allowance + LineSize);

    /// <summary>The file in a text that holds nothing else; <paramref name="whole"/> when it has its end and every byte that its lines count.</summary>
    public static byte[] Decode(ReadOnlySpan<byte> text, out bool whole)
    {
        var output = new byte[MaxBytes(text)];
        var decoder = default(Uuencode);
        int written = decoder.Read(text, output);
        whole = decoder.Damage == BodyDamage.None && !decoder._short;
        return output[..written];
    }

    /// <summary>
    /// Continues with <paramref name="text"/>, the same at every call, and fills <paramref name="output"/>, which holds 63 bytes or more,
    /// with whole lines; 0 at the end. A text without beginning ends at once with <see cref="BodyDamage.NoBeginning"/>.
    /// </summary>
    public int Read(ReadOnlySpan<byte> text, Span<byte> output)
    {
        if (!_begun)
        {
            _at = Begin(text);
            if (_at < 0)
            {
                Damage |= BodyDamage.NoBeginning;
                return 0;
            }
            _begun = true;
        }
        int written = 0;
        while (!_ended && _at < text.Length && output.Length - written >= LineSize)
        {
            int end = HeaderScanner.LineEnd(text, _at);
            var line = text[_at..end];
            _at = HeaderScanner.AfterLine(text, end);
            _ended = line.StartsWith("end"u8);
            if (!_ended && !line.IsEmpty)
                written += Line(line, output[written..]);
        }
        if (_at == text.Length && !_ended)
            Damage |= BodyDamage.NoEnd;
        return written;
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

    /// <summary>Blanks at the end of a line are often lost on the way; they mean zero.</summary>
    private int Line(ReadOnlySpan<byte> line, Span<byte> output)
    {
        int said = (line[0] - ' ') & 63;
        bool fits = _given + said <= (_at * Growth) + Allowance;
        int left = fits ? said : Math.Min(said, line.Length / 4 * 3);
        _short |= left < said;
        int written = 0;
        for (int i = 1; left > 0; i += 4)
        {
            int bits = (Six(line, i) << 18) | (Six(line, i + 1) << 12) | (Six(line, i + 2) << 6) | Six(line, i + 3);
            for (int shift = 16; shift >= 0 && left > 0; shift -= 8, left--)
                output[written++] = (byte)(bits >> shift);
        }
        _given += written;
        return written;
    }

    private static int Six(ReadOnlySpan<byte> line, int at) => at < line.Length ? (line[at] - ' ') & 63 : 0;
}
