using System.Buffers;

namespace MailInbox.Mail.Mime;

/// <summary>Cuts a header block into fields (RFC 5322 §2.2). Line ends are CRLF, LF, CR and CRCRLF, mixed as they come.</summary>
internal sealed class HeaderScanner(ReadOnlyMemory<byte> raw, MimeParser.Reading reading)
{
    private static readonly SearchValues<byte> LineBreaks = SearchValues.Create("\r\n"u8);
    private readonly List<FieldSlice> _fields = [];
    private bool _full;

    /// <summary>
    /// Reads fields from <paramref name="at"/> on and moves it to the first byte of the body. Ends at an empty line, at a
    /// delimiter, at a line that is no field, or at a limit.
    /// </summary>
    public HeaderFields Read(ref int at, bool message, Predicate<int> isDelimiter)
    {
        _fields.Clear();
        _full = false;
        var span = raw.Span;
        int start = at;
        if (message)
            at = SkipBlankLines(span, at);
        bool afterBareReturn = false;
        while (at < span.Length)
        {
            int end = LineEnd(span, at);
            int after = AfterLine(span, end);
            if (end == at)
            {
                at = after;
                return Fields();
            }
            if (span[at] == '-' && isDelimiter(at))
                return Fields();
            if (after - start > reading.Limits.HeaderBlock)
            {
                reading.Report("header-too-long", at, "The header is too long; the rest is read as body.");
                return Fields();
            }
            if (!TakeLine(span, at, end, after, afterBareReturn))
                return Fields();
            afterBareReturn = after == end + 1 && span[end] == '\r';
            at = after;
        }
        return Fields();
    }

    /// <summary>Offset of the line break at or after <paramref name="at"/>, or of the end.</summary>
    public static int LineEnd(ReadOnlySpan<byte> span, int at)
    {
        int length = span[at..].IndexOfAny(LineBreaks);
        return length < 0 ? span.Length : at + length;
    }

    /// <summary>Offset behind the line break that stands at <paramref name="lineEnd"/>.</summary>
    public static int AfterLine(ReadOnlySpan<byte> span, int lineEnd)
    {
        var rest = span[lineEnd..];
        if (rest.IsEmpty)
            return lineEnd;
        if (rest.StartsWith("\r\n"u8))
            return lineEnd + 2;
        return rest.StartsWith("\r\r\n"u8) ? lineEnd + 3 : lineEnd + 1;
    }

    private HeaderFields Fields() => new(raw, _fields.ToArray());

    /// <summary>Empty lines before the first field are skipped; before anything else they end an empty header.</summary>
    private int SkipBlankLines(ReadOnlySpan<byte> span, int at)
    {
        int text = at;
        while (text < span.Length && span[text] is (byte)'\r' or (byte)'\n')
            text++;
        if (text == at || text == span.Length || !(IsFromLine(span[text..]) || NameLength(span, text, LineEnd(span, text)) > 0))
            return at;
        reading.Report("leading-blank-lines", at, "The header begins with empty lines.");
        return text;
    }

    /// <summary>Adds a line to the fields; false when the body begins here.</summary>
    private bool TakeLine(ReadOnlySpan<byte> span, int at, int end, int after, bool afterBareReturn)
    {
        if (span[at] is (byte)' ' or (byte)'\t')
        {
            if (!Continue(after))
                reading.Report("fold-without-field", at, "The header begins with a continuation line.");
            return true;
        }
        int name = NameLength(span, at, end);
        if (name > 0)
        {
            Add(span, at, name, after);
            return true;
        }
        if (IsFromLine(span[at..]))
        {
            reading.Report("mbox-from", at, "A line of a mailbox file stands in the header.");
            return true;
        }
        if (afterBareReturn && Continue(after))
            return true;
        reading.Report("no-blank-line", at, "A line in the header is no field; the body begins here.");
        return false;
    }

    private bool Continue(int after)
    {
        if (_fields.Count == 0)
            return false;
        if (!_full)
            _fields[^1] = _fields[^1] with { End = after };
        return true;
    }

    private void Add(ReadOnlySpan<byte> span, int at, int name, int after)
    {
        if (_fields.Count >= reading.Limits.Fields)
        {
            if (!_full)
                reading.Report("too-many-fields", at, "The header has too many fields; the rest is skipped.");
            _full = true;
            return;
        }
        int value = at + name;
        while (span[value] != ':')
            value++;
        _fields.Add(new FieldSlice(at, name, value + 1, after));
    }

    /// <summary>Length of the field name at the beginning of a line, blanks before the colon left out; 0 when the line is no field.</summary>
    private int NameLength(ReadOnlySpan<byte> span, int at, int end)
    {
        var head = span.Slice(at, Math.Min(end - at, reading.Limits.HeaderName + 1));
        int colon = head.IndexOf((byte)':');
        if (colon <= 0)
            return 0;
        var name = head[..colon].TrimEnd(" \t"u8);
        return name.IndexOfAnyInRange<byte>(0, 32) >= 0 ? 0 : name.Length;
    }

    private static bool IsFromLine(ReadOnlySpan<byte> line) => line.StartsWith("From "u8) || line.StartsWith(">From "u8);
}

/// <summary>Where a field stands: name at <paramref name="Start"/>, value behind the colon, <paramref name="End"/> behind its last line break.</summary>
internal readonly record struct FieldSlice(int Start, int NameLength, int Value, int End);
