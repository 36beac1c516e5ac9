namespace MailInbox.Mail.Mime.Decoding;

/// <summary>
/// Quoted-printable as it arrives (RFC 2045 §6.7): soft breaks also with LF and at the end, hex in either case, blanks at the end of a line
/// dropped; an equals sign without two digits stays.
/// </summary>
internal struct QuotedPrintableDecoder
{
    /// <summary>How far a line is looked at in one step; a longer one is taken in pieces.</summary>
    private const int Window = 4_096;
    private static readonly int[] Digits = Table();

    private int _at;
    private int _blanksEnd;

    /// <summary>What was wrong with the text read so far.</summary>
    public BodyDamage Damage { get; private set; }

    /// <summary>Continues with <paramref name="text"/>, the same at every call, and fills <paramref name="output"/>; 0 at the end.</summary>
    public int Read(ReadOnlySpan<byte> text, Span<byte> output)
    {
        int written = 0;
        while (_at < text.Length && written < output.Length)
        {
            var window = text.Slice(_at, Math.Min(Window, text.Length - _at));
            int lineEnd = window.IndexOfAny((byte)'\r', (byte)'\n');
            if (lineEnd < 0 && window.Length == Window && _at + Window < text.Length)
                written += Piece(text, window, output[written..]);
            else
                written += Line(text, lineEnd < 0 ? window : window[..lineEnd], lineEnd >= 0, output[written..]);
        }
        return written;
    }

    /// <summary>A line up to its break, or up to the end of the text.</summary>
    private int Line(ReadOnlySpan<byte> text, ReadOnlySpan<byte> line, bool broken, Span<byte> output)
    {
        var content = line.TrimEnd(" \t"u8);
        bool soft = content.EndsWith((byte)'=');
        if (soft)
            content = content[..^1];
        else if (!broken)
            content = line;
        int written = Content(content, output, out int used);
        if (used < content.Length)
        {
            _at += used;
            return written;
        }
        if (soft)
        {
            _at = HeaderScanner.AfterLine(text, _at + line.Length);
            return written;
        }
        _at += line.Length;
        while (_at < text.Length && written < output.Length && text[_at] is (byte)'\r' or (byte)'\n')
        {
            output[written++] = text[_at];
            if (text[_at++] == '\n')
                break;
        }
        return written;
    }

    /// <summary>A stretch of a very long line, cut before what can only be told by what follows.</summary>
    private int Piece(ReadOnlySpan<byte> text, ReadOnlySpan<byte> window, Span<byte> output)
    {
        var content = window.TrimEnd(" \t"u8);
        int tail = Math.Max(0, content.Length - 2);
        int sign = content[tail..].IndexOf((byte)'=');
        if (sign >= 0)
            content = content[..(tail + sign)];
        if (content.IsEmpty)
        {
            bool equals = window[0] == '=';
            int end = EndOfBlanks(text, equals ? _at + 1 : _at);
            if (end == text.Length ? equals : text[end] is (byte)'\r' or (byte)'\n')
            {
                _at = equals ? HeaderScanner.AfterLine(text, end) : end;
                return 0;
            }
            content = equals ? window[..1] : text[_at..end];
        }
        int written = Content(content, output, out int used);
        _at += used;
        return written;
    }

    /// <summary>Remembered, so that a run of blanks is not run through again for each block of output.</summary>
    private int EndOfBlanks(ReadOnlySpan<byte> text, int at)
    {
        if (_blanksEnd > at)
            return _blanksEnd;
        int length = text[at..].IndexOfAnyExcept((byte)' ', (byte)'\t');
        return _blanksEnd = length < 0 ? text.Length : at + length;
    }

    private int Content(ReadOnlySpan<byte> content, Span<byte> output, out int used)
    {
        int at = 0, written = 0;
        while (at < content.Length && written < output.Length)
        {
            if (content[at] != '=')
            {
                int length = content[at..].IndexOf((byte)'=');
                length = Math.Min(length < 0 ? content.Length - at : length, output.Length - written);
                content.Slice(at, length).CopyTo(output[written..]);
                at += length;
                written += length;
                continue;
            }
            if (at + 2 < content.Length && ((Digits[content[at + 1]] << 4) | Digits[content[at + 2]]) is >= 0 and var value)
            {
                output[written++] = (byte)value;
                at += 3;
                continue;
            }
            Damage |= BodyDamage.BadEscape;
            output[written++] = (byte)'=';
            at++;
        }
        used = at;
        return written;
    }

    private static int[] Table()
    {
        var digits = new int[256];
        Array.Fill(digits, -1);
        for (int i = 0; i < 16; i++)
            digits["0123456789ABCDEF"[i]] = digits["0123456789abcdef"[i]] = i;
        return digits;
    }
}
