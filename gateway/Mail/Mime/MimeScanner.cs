using System.Text;

namespace MailInbox.Mail.Mime;

/// <summary>The one pass over a message: header blocks, boundaries and embedded messages, with a stack of its own instead of recursion.</summary>
internal sealed class MimeScanner
{
    private readonly ReadOnlyMemory<byte> _raw;
    private readonly MimeParser.Reading _reading;
    private readonly List<OpenPart> _open = [];
    private readonly HeaderScanner _headers;
    private readonly Delimiters _delimiters;
    private int _at;
    private bool _looked;
    private bool _any;
    private Delimiter _ahead;

    public MimeScanner(ReadOnlyMemory<byte> raw, MimeParser.Reading reading)
    {
        _raw = raw;
        _reading = reading;
        _headers = new HeaderScanner(raw, reading);
        _delimiters = new Delimiters(raw, _open, reading.Limits.Boundary);
    }

    /// <summary>Reads the message and gives its root. <paramref name="holder"/> is the encoded part it came out of, if any.</summary>
    public MimePart Scan(MimePart? holder)
    {
        var root = MimePart.Root(_raw, holder, _reading.Defects);
        Begin(root, message: true);
        Walk();
        return root;
    }

    /// <summary>Reads the decoded content of a multipart and adds the parts to it.</summary>
    public void ScanContent(MimePart multipart)
    {
        OpenMultipart(multipart, decoded: true);
        Walk();
    }

    private void Walk()
    {
        while (Next(out var found))
            Take(found);
        Close(0, _raw.Length);
    }

    /// <summary>Reads the header of a part at the current offset and opens what it contains.</summary>
    private void Begin(MimePart part, bool message)
    {
        MimePart? holder = null;
        while (true)
        {
            ReadHeader(part, message);
            if (holder != null && IsNoMessage(part))
            {
                _reading.Report(DefectCodes.MessageWithoutHeader, part.Begin, "An embedded message has no header; it is kept as a file.");
                holder.Message = null;
                return;
            }
            if (!part.Type.IsMultipart && !part.Type.IsMessage)
            {
                _open.Add(new OpenPart { Part = part });
                return;
            }
            if (part.Depth >= _reading.Limits.Depth)
            {
                _reading.Report(DefectCodes.TooDeep, part.Begin, "The parts are nested too deeply; the rest is one part.");
                part.Opaque();
                _open.Add(new OpenPart { Part = part });
                return;
            }
            if (part.Type.IsMultipart)
            {
                OpenMultipart(part, decoded: false);
                if (PartWithoutStart(part) is not { } first)
                    return;
                (part, message, holder) = (first, false, null);
                continue;
            }
            _open.Add(new OpenPart { Part = part });
            if (part.IsEncoded)
            {
                _reading.Encoded.Enqueue(part);
                return;
            }
            holder = part;
            part = part.Embed();
            message = true;
        }
    }

    private void ReadHeader(MimePart part, bool message)
    {
        _reading.Parts++;
        part.Begin = _at;
        part.Headers = _headers.Read(ref _at, message, _delimiters.IsAt);
        part.HeadersEnd = _at;
        part.End = _raw.Length;
        string value = part.ReadType();
        if (value.Length > 0 && !value.StartsWith(part.Type.Media, StringComparison.OrdinalIgnoreCase))
            _reading.Report(DefectCodes.ContentTypeOdd, part.Begin, $"The type of a part is not written as it should be; it is read as {part.Type}.");
        if (value.Length > 0 && part.Headers.CountOf("Content-Type") > 1)
            _reading.Report(DefectCodes.ContentTypeRepeated, part.Begin, "A part says its type more than once; the first counts.");
    }

    private bool IsNoMessage(MimePart part) =>
        part.Headers.Count == 0 && _at == part.Begin && _at < _raw.Length && !_delimiters.IsAt(_at);

    /// <summary>Opens a multipart and looks for its first delimiter, so that a boundary that is missing or wrong can be told from the lines.</summary>
    private void OpenMultipart(MimePart part, bool decoded)
    {
        byte[]? boundary = part.Type.Boundary.Length == 0 ? null : Encoding.UTF8.GetBytes(part.Type.Boundary);
        if (boundary != null && boundary.Length > _reading.Limits.Boundary)
            boundary = null;
        if (boundary != null)
            _delimiters.Add(boundary);
        int own = _open.Count;
        _open.Add(new OpenPart { Part = part, Boundary = boundary, Decoded = decoded });
        if (_reading.Parts > _reading.Limits.Parts)
            return;
        _any = _delimiters.Next(_at, out _ahead, out int likely);
        _looked = true;
        bool encoded = !decoded && part.IsEncoded;
        bool found = (_any && _ahead.Open == own) || (!encoded && likely >= 0 && Guess(own, likely));
        if (found && encoded)
        {
            _reading.Report(DefectCodes.EncodedMultipart, part.Begin, "A multipart says it is encoded and is not.");
            part.NotEncoded();
        }
        else if (encoded)
        {
            _reading.Report(DefectCodes.EncodedMultipart, part.Begin, "A multipart is encoded as a whole; its parts are read from the decoded bytes.");
            SetBoundary(own, null);
            _reading.Encoded.Enqueue(part);
        }
        else if (!found && boundary == null)
        {
            _reading.Report(DefectCodes.BoundaryMissing, part.Begin, "A multipart has no usable boundary; it is read as text.");
            part.Leaf();
        }
    }

    /// <summary>Takes the boundary from the lines; each time costs at most what lies before the next delimiter, and all of them a multiple of the mail.</summary>
    private bool Guess(int own, int likely)
    {
        int cost = (_any ? _ahead.LineStart : _raw.Length) - _at;
        if (cost > _reading.GuessBudget)
            return false;
        _reading.GuessBudget -= cost;
        _reading.Report(DefectCodes.BoundaryGuessed, likely, "A multipart does not say its boundary, or a wrong one; it was told from the lines.");
        byte[] boundary = _delimiters.BoundaryAt(likely);
        SetBoundary(own, boundary);
        _delimiters.Add(boundary);
        _looked = false;
        return true;
    }

    private void SetBoundary(int index, byte[]? boundary)
    {
        var frame = _open[index];
        if (frame.Boundary != null)
            _delimiters.Remove(frame.Boundary);
        frame.Boundary = boundary;
        _open[index] = frame;
    }

    /// <summary>
    /// The first part of a multipart whose first delimiter was lost: a second Content-Type at the end of the header, and text before the
    /// first delimiter that is found.
    /// </summary>
    private MimePart? PartWithoutStart(MimePart part)
    {
        if (!_looked || !_any || _ahead.Open != _open.Count - 1 || _raw.Span[part.HeadersEnd.._ahead.LineStart].Trim(" \t\r\n"u8).IsEmpty)
            return null;
        int field = part.Headers.SecondContent(out int offset);
        if (field < 0)
            return null;
        _reading.Report(DefectCodes.StartMissing, offset, "The first part of a multipart begins without a delimiter.");
        part.Headers = part.Headers.First(field);
        part.HeadersEnd = _at = offset;
        return part.AddPart(_raw);
    }

    private bool Next(out Delimiter found)
    {
        if (_looked)
        {
            _looked = false;
            found = _ahead;
            return _any;
        }
        found = default;
        return _reading.Parts <= _reading.Limits.Parts && _delimiters.Next(_at, out found);
    }

    private void Take(Delimiter found)
    {
        Close(found.Open + 1, BeforeBreak(found.LineStart));
        _at = found.After;
        var frame = _open[found.Open];
        if (frame.Ended && !found.Last)
            _reading.Report(DefectCodes.PartsAfterEnd, found.LineStart, "A multipart goes on after its end.");
        frame.Ended = found.Last;
        _open[found.Open] = frame;
        // A delimiter with nothing behind it is where the mail was cut off, not an empty part.
        if (found.Last || found.After == _raw.Length)
            return;
        if (_reading.Parts == _reading.Limits.Parts)
            _reading.Report(DefectCodes.TooManyParts, found.LineStart, "The mail has too many parts; the rest is one part.");
        Begin(frame.Part.AddPart(_raw), message: false);
    }

    /// <summary>Ends what is open from <paramref name="first"/> on.</summary>
    private void Close(int first, int end)
    {
        int glued = GluedEnd(first, end, out int inner);
        for (int i = _open.Count - 1; i >= first; i--)
        {
            var frame = _open[i];
            // A header that reaches the delimiter leaves no line break to give away, here and around it.
            inner = Math.Max(i > glued ? inner : Math.Max(inner, end), frame.Decoded ? 0 : frame.Part.HeadersEnd);
            Close(frame, inner, ended: frame.Ended || i == glued);
        }
        _open.RemoveRange(first, _open.Count - first);
    }

    private void Close(OpenPart frame, int end, bool ended)
    {
        var part = frame.Part;
        if (!frame.Decoded)
            part.End = end;
        if (frame.Boundary != null)
            _delimiters.Remove(frame.Boundary);
        if (frame.Boundary != null || frame.Decoded)
        {
            if (part.Parts.Count == 0)
            {
                _reading.Report(DefectCodes.BoundaryNotFound, part.HeadersEnd, "A multipart has no part; it is read as text.");
                part.Leaf();
            }
            else if (!ended)
            {
                _reading.Report(DefectCodes.BoundaryEndMissing, end, "A multipart has no end.");
            }
        }
    }

    /// <summary>
    /// The outermost open multipart whose end stands behind the last text on its line instead of on a line of its own; everything inside
    /// ends at <paramref name="inner"/>. As high as no index when there is none.
    /// </summary>
    private int GluedEnd(int first, int end, out int inner)
    {
        inner = end;
        if (!_delimiters.Any)
            return int.MaxValue;
        var text = _raw.Span[..end].TrimEnd(" \t\r\n"u8);
        if (!text.EndsWith("--"u8))
            return int.MaxValue;
        text = text[..^2];
        for (int i = first; i < _open.Count - 1; i++)
        {
            var frame = _open[i];
            if (frame.Ended || frame.Boundary is not { } boundary || frame.Part.Parts.Count == 0 || !text.EndsWith(boundary))
                continue;
            int at = text.Length - boundary.Length - 2;
            if (at <= _open[^1].Part.HeadersEnd || !text[at..].StartsWith("--"u8))
                continue;
            inner = at;
            _reading.Report(DefectCodes.BoundaryEndGlued, at, "The end of a multipart does not stand on a line of its own.");
            return i;
        }
        return int.MaxValue;
    }

    /// <summary>The line break before a delimiter belongs to the delimiter.</summary>
    private int BeforeBreak(int lineStart)
    {
        var before = _raw.Span[..lineStart];
        if (before.EndsWith("\r\r\n"u8))
            return lineStart - 3;
        if (before.EndsWith("\r\n"u8))
            return lineStart - 2;
        return before.EndsWith("\n"u8) || before.EndsWith("\r"u8) ? lineStart - 1 : lineStart;
    }
}
