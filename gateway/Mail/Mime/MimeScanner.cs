using System.Text;

namespace MailInbox.Mail.Mime;

/// <summary>The one pass over a message: header blocks, boundaries and embedded messages, with a stack of its own instead of recursion.</summary>
internal sealed class MimeScanner(ReadOnlyMemory<byte> raw, MimeParser.Reading reading)
{
    private readonly List<Frame> _open = [];
    private readonly HeaderScanner _headers = new(raw, reading);
    private readonly Boundaries _boundaries = new();
    private int _at;

    /// <summary>Reads the message and gives its root. <paramref name="holder"/> is the encoded part it came out of, if any.</summary>
    public MimePart Scan(MimePart? holder)
    {
        var root = MimePart.Root(raw, holder);
        Begin(root, message: true);
        while (Next(out var found))
            Take(found);
        Close(0, raw.Length);
        return root;
    }

    /// <summary>An open multipart or embedded message.</summary>
    private struct Frame
    {
        public MimePart Part;
        public byte[]? Boundary;
        public bool Ended;
    }

    private readonly record struct Delimiter(int Frame, bool Last, int LineStart, int After);

    /// <summary>Reads the header of a part at the current offset and opens what it contains.</summary>
    private void Begin(MimePart part, bool message)
    {
        while (true)
        {
            reading.Parts++;
            part.Begin = _at;
            part.Headers = _headers.Read(ref _at, message, IsDelimiter);
            part.HeadersEnd = _at;
            part.End = raw.Length;
            part.ReadType();
            if (!part.Type.IsMultipart && !part.Type.IsMessage)
            {
                _open.Add(new Frame { Part = part });
                return;
            }
            if (part.Depth >= reading.Limits.Depth)
            {
                reading.Report("too-deep", part.Begin, "The parts are nested too deeply; the rest is one part.");
                part.Opaque();
                _open.Add(new Frame { Part = part });
                return;
            }
            if (part.Type.IsMultipart)
            {
                OpenMultipart(part);
                return;
            }
            _open.Add(new Frame { Part = part });
            if (part.IsEncoded)
            {
                reading.Encoded.Enqueue(part);
                return;
            }
            var inner = part.Embed(reading.Defects);
            part = inner;
            message = true;
        }
    }

    private void OpenMultipart(MimePart part)
    {
        string boundary = part.Type.Boundary;
        byte[]? bytes = boundary.Length == 0 ? null : Encoding.UTF8.GetBytes(boundary);
        if (bytes == null || bytes.Length > reading.Limits.Boundary)
        {
            reading.Report("boundary-missing", part.Begin, "A multipart has no usable boundary; it is read as text.");
            part.Leaf();
            bytes = null;
        }
        else
        {
            _boundaries.Add(bytes);
        }
        _open.Add(new Frame { Part = part, Boundary = bytes });
    }

    /// <summary>Finds the next line that is a delimiter of an open multipart (RFC 2046 §5.1.1).</summary>
    private bool Next(out Delimiter found)
    {
        found = default;
        if (!_boundaries.Any || reading.Parts > reading.Limits.Parts)
            return false;
        var span = raw.Span;
        int at = _at;
        while (at < span.Length)
        {
            int hit = span[at..].IndexOf("--"u8);
            if (hit < 0)
                return false;
            at += hit;
            if (at != _at && span[at - 1] is not ((byte)'\n' or (byte)'\r'))
            {
                at += 2;
                while (at < span.Length && span[at] == '-')
                    at++;
                continue;
            }
            if (Match(span, at, out found, out int lineEnd))
                return true;
            at = lineEnd;
        }
        return false;
    }

    private bool IsDelimiter(int at) =>
        _boundaries.Any && raw.Span[at..].StartsWith("--"u8) && Match(raw.Span, at, out _, out _);

    private bool Match(ReadOnlySpan<byte> span, int at, out Delimiter found, out int lineEnd)
    {
        lineEnd = HeaderScanner.LineEnd(span, at);
        var text = span[(at + 2)..lineEnd].TrimEnd(" \t"u8);
        found = default;
        if (!_boundaries.Matches(text))
            return false;
        // Innermost first; a multipart that has ended is asked only when no open one wants the line.
        for (int pass = 0; pass < 2; pass++)
        {
            for (int i = _open.Count - 1; i >= 0; i--)
            {
                var frame = _open[i];
                if (frame.Boundary is not { } boundary || frame.Ended != (pass == 1) || !text.StartsWith(boundary))
                    continue;
                bool last = text.Length == boundary.Length + 2 && text.EndsWith("--"u8);
                if (!last && text.Length != boundary.Length)
                    continue;
                found = new Delimiter(i, last, at, HeaderScanner.AfterLine(span, lineEnd));
                return true;
            }
        }
        return false;
    }

    private void Take(Delimiter found)
    {
        Close(found.Frame + 1, BeforeBreak(found.LineStart));
        _at = found.After;
        var frame = _open[found.Frame];
        if (frame.Ended && !found.Last)
            reading.Report("parts-after-end", found.LineStart, "A multipart goes on after its end.");
        frame.Ended = found.Last;
        _open[found.Frame] = frame;
        // A delimiter with nothing behind it is where the mail was cut off, not an empty part.
        if (found.Last || found.After == raw.Length)
            return;
        if (reading.Parts == reading.Limits.Parts)
            reading.Report("too-many-parts", found.LineStart, "The mail has too many parts; the rest is one part.");
        Begin(frame.Part.AddPart(), message: false);
    }

    /// <summary>Ends what is open from <paramref name="first"/> on.</summary>
    private void Close(int first, int end)
    {
        for (int i = _open.Count - 1; i >= first; i--)
        {
            var frame = _open[i];
            // A header that reaches the delimiter leaves no line break to give away, here and around it.
            end = Math.Max(end, frame.Part.HeadersEnd);
            frame.Part.End = end;
            if (frame.Boundary == null)
                continue;
            _boundaries.Remove(frame.Boundary);
            if (frame.Part.Parts.Count == 0)
            {
                reading.Report("boundary-not-found", frame.Part.HeadersEnd, "A multipart has no part; it is read as text.");
                frame.Part.Leaf();
            }
            else if (!frame.Ended)
            {
                reading.Report("boundary-end-missing", frame.Part.End, "A multipart has no end.");
            }
        }
        _open.RemoveRange(first, _open.Count - first);
    }

    /// <summary>The line break before a delimiter belongs to the delimiter.</summary>
    private int BeforeBreak(int lineStart)
    {
        var span = raw.Span;
        int end = lineStart;
        if (end > 0 && span[end - 1] == '\n')
            end--;
        if (end > 0 && span[end - 1] == '\r')
            end--;
        return end;
    }
}
