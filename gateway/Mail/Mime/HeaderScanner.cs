using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;

namespace MailInbox.Mail.Mime;

/// <summary>Cuts a header block into fields (RFC 5322 §2.2). Line ends are CRLF, LF, CR and CRCRLF, mixed as they come.</summary>
internal sealed class HeaderScanner(ReadOnlyMemory<byte> raw, MimeParser.Reading reading)
{
    private static readonly SearchValues<byte> LineBreaks = SearchValues.Create("\r\n"u8);

    private static readonly SearchValues<byte> ParameterName = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_*"u8);

    /// <summary>How many lines behind one that is no field may hide the next field.</summary>
    private const int LinesAhead = 3;

    private static readonly string[] Known =
    [
        "x-", "list-", "arc-", "resent-", "thread-", "received", "return-path", "delivered-to", "envelope-to", "from", "to", "cc", "bcc", "sender",
        "reply-to", "subject", "date", "message-id", "in-reply-to", "references", "mime-version", "dkim-signature", "domainkey-signature",
        "authentication-results", "received-spf", "precedence", "importance", "user-agent", "auto-submitted", "organization", "errors-to",
    ];

    private readonly List<FieldSlice> _fields = [];
    private bool _full;
    private bool _skipping;

    /// <summary>
    /// Reads fields from <paramref name="at"/> on and moves it to the first byte of the body. Ends at an empty line, at a
    /// delimiter, at a line that is no field and has none behind it, or at a limit.
    /// </summary>
    public HeaderFields Read(ref int at, bool message, Predicate<int> isDelimiter)
    {
        _fields.Clear();
        _full = _skipping = false;
        var span = raw.Span;
        int start = at;
        if (message)
            at = SkipBlankLines(span, SkipMark(span, at));
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
                reading.Report(DefectCodes.HeaderTooLong, at, "The header is too long; the rest is read as body.");
                return Fields();
            }
            if (!TakeLine(span, at, end, after, afterBareReturn))
            {
                if (span[at] == '-' || !FieldsFollow(span, after, message, isDelimiter))
                {
                    reading.Report(DefectCodes.NoBlankLine, at, "A line in the header is no field; the body begins here.");
                    return Fields();
                }
                reading.Report(DefectCodes.JunkInHeader, at, "A line in the header is no field; it is skipped.");
                _skipping = true;
            }
            afterBareReturn = IsBareReturn(span, end, after);
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

    private HeaderFields Fields()
    {
        foreach (ref readonly var field in CollectionsMarshal.AsSpan(_fields))
        {
            if (field.End - field.Value > MimeLimits.HeaderValue)
                reading.Report(DefectCodes.FieldTooLong, field.Start, "A field is very long; only its beginning is decoded.");
        }
        return new(raw, _fields.ToArray());
    }

    /// <summary>An editor that saved the mail may have put a mark before the first field.</summary>
    private int SkipMark(ReadOnlySpan<byte> span, int at)
    {
        int field = at + 3;
        if (!span[at..].StartsWith("\uFEFF"u8) || !(IsFromLine(span[field..]) || NameLength(span, field, LineEnd(span, field)) > 0))
            return at;
        reading.Report(DefectCodes.ByteOrderMark, at, "The mail begins with a byte order mark.");
        return field;
    }

    /// <summary>Empty lines before the first field are skipped; before anything else they end an empty header.</summary>
    private int SkipBlankLines(ReadOnlySpan<byte> span, int at)
    {
        int text = at;
        while (text < span.Length && span[text] is (byte)'\r' or (byte)'\n')
            text++;
        if (text == at || text == span.Length || !(IsFromLine(span[text..]) || NameLength(span, text, LineEnd(span, text)) > 0))
            return at;
        reading.Report(DefectCodes.LeadingBlankLines, at, "The header begins with empty lines.");
        return text;
    }

    /// <summary>Adds a line to the fields; false when the body begins here.</summary>
    private bool TakeLine(ReadOnlySpan<byte> span, int at, int end, int after, bool afterBareReturn)
    {
        if (span[at] is (byte)' ' or (byte)'\t')
        {
            if (!_skipping && !Continue(after))
                reading.Report(DefectCodes.FoldWithoutField, at, "The header begins with a continuation line.");
            return true;
        }
        int name = NameLength(span, at, end);
        if ((name == 0 || span.Slice(at, name).Contains((byte)'=')) && IsParameter(span, at, end) && Continue(after))
        {
            reading.Report(DefectCodes.FoldMissing, at, "A parameter stands at the beginning of a line; it belongs to the field before it.");
            return true;
        }
        if (name > 0)
        {
            _skipping = false;
            Add(span, at, name, after);
            return true;
        }
        if (IsFromLine(span[at..]))
        {
            reading.Report(DefectCodes.MailboxLine, at, "A line of a mailbox file stands in the header.");
            return true;
        }
        if (afterBareReturn && Continue(after))
            return true;
        return false;
    }

    /// <summary>Whether a line is a parameter of the Content field before it, which a careless program did not indent.</summary>
    private bool IsParameter(ReadOnlySpan<byte> span, int at, int end)
    {
        if (_skipping || _fields.Count == 0 || _fields[^1].NameLength <= 8 || !Ascii.EqualsIgnoreCase(span.Slice(_fields[^1].Start, 8), "content-"))
            return false;
        int name = span[at..end].IndexOfAnyExcept(ParameterName);
        return name > 0 && span[at + name] == '=' && span[.._fields[^1].End].TrimEnd(" \t\r\n"u8)[^1] == ';';
    }

    /// <summary>Whether one of the next lines is surely a field: a name that mail has, before the header ends.</summary>
    private bool FieldsFollow(ReadOnlySpan<byte> span, int at, bool message, Predicate<int> isDelimiter)
    {
        for (int i = 0; i < LinesAhead && at < span.Length; i++)
        {
            int end = LineEnd(span, at);
            if (end == at || (span[at] == '-' && isDelimiter(at)))
                return false;
            int name = NameLength(span, at, end);
            if (name > 0 && IsKnown(span.Slice(at, name), message))
                return true;
            at = AfterLine(span, end);
        }
        return false;
    }

    /// <summary>Names that no sentence of a body begins with; in the header of a part only those of RFC 2045.</summary>
    private static bool IsKnown(ReadOnlySpan<byte> name, bool message)
    {
        if (name.Length > 8 && Ascii.EqualsIgnoreCase(name[..8], "content-"))
            return true;
        if (!message)
            return false;
        foreach (string known in Known)
        {
            bool prefix = known[^1] == '-';
            if ((prefix ? name.Length > known.Length : name.Length == known.Length) && Ascii.EqualsIgnoreCase(name[..known.Length], known))
                return true;
        }
        return false;
    }

    private bool IsBareReturn(ReadOnlySpan<byte> span, int end, int after)
    {
        if (after == end || span[end] != '\r')
            return false;
        if (after == end + 3)
            reading.ReportOnce(DefectCodes.DoubleReturn, end, "Lines of the header end with two carriage returns and a line feed.");
        if (after != end + 1)
            return false;
        reading.ReportOnce(DefectCodes.BareReturn, end, "Lines of the header end with a carriage return alone.");
        return true;
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
                reading.Report(DefectCodes.TooManyFields, at, "The header has too many fields; the rest is skipped.");
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
