using System.Text;

namespace MailInbox.Mail.Mime;

/// <summary>An open multipart or embedded message; a leaf is open until the next delimiter.</summary>
internal struct OpenPart
{
    public MimePart Part;
    public byte[]? Boundary;
    public bool Ended;

    /// <summary>The part itself lies in other bytes, and only its decoded content is read here.</summary>
    public bool Decoded;
}

/// <summary>A line that parts or ends the multipart at <paramref name="Open"/> in the list of open parts.</summary>
internal readonly record struct Delimiter(int Open, bool Last, int LineStart, int After);

/// <summary>
/// Finds the lines that are delimiters of an open multipart (RFC 2046 §5.1.1). Only lines that begin with two dashes are looked at; the
/// rest passes at the speed of a vectorised search.
/// </summary>
internal sealed class Delimiters(ReadOnlyMemory<byte> raw, List<OpenPart> open, int longest)
{
    private readonly Boundaries _boundaries = new();
    private Hit _afterFeed = new(1, 0);
    private Hit _afterReturn = new(1, 0);

    public bool Any => _boundaries.Any;

    public void Add(byte[] boundary) => _boundaries.Add(boundary);

    public void Remove(byte[] boundary) => _boundaries.Remove(boundary);

    public bool IsAt(int at) => Any && raw.Span[at..].StartsWith("--"u8) && Match(raw.Span, at, out _, out _);

    /// <summary>The next delimiter at or after the line that begins at <paramref name="from"/>.</summary>
    public bool Next(int from, out Delimiter found)
    {
        int likely = -1;
        return Find(from, ref likely, guess: false, out found);
    }

    /// <summary>
    /// The same, and in <paramref name="likely"/> the offset of the first line before it that looks as a delimiter of no open multipart:
    /// two dashes, some text, and a Content field on the next line, or nearly the boundary of the innermost one. -1 when there is none.
    /// </summary>
    public bool Next(int from, out Delimiter found, out int likely)
    {
        likely = -1;
        return Find(from, ref likely, guess: true, out found);
    }

    /// <summary>The boundary of the delimiter line at <paramref name="at"/>.</summary>
    public byte[] BoundaryAt(int at) => Text(raw.Span, at, HeaderScanner.LineEnd(raw.Span, at)).ToArray();

    private bool Find(int from, ref int likely, bool guess, out Delimiter found)
    {
        found = default;
        if (!Any && !guess)
            return false;
        var span = raw.Span;
        int at = span[from..].StartsWith("--"u8) ? from : NextDashes(span, from);
        while (at < span.Length)
        {
            if (Match(span, at, out found, out int lineEnd))
                return true;
            if (guess && likely < 0 && IsLikely(span, at, lineEnd))
                likely = at;
            at = NextDashes(span, lineEnd);
        }
        return false;
    }

    /// <summary>Where the next line with two dashes begins whose line break stands at or after <paramref name="at"/>.</summary>
    private int NextDashes(ReadOnlySpan<byte> span, int at) =>
        Math.Min(Next(ref _afterFeed, span, at, "\n--"u8), Next(ref _afterReturn, span, at, "\r--"u8));

    /// <summary>Kept until it is passed: lines that end in one way must not make the search for the other begin again.</summary>
    private static int Next(ref Hit hit, ReadOnlySpan<byte> span, int at, ReadOnlySpan<byte> wanted)
    {
        if (at < hit.From || at >= hit.Line)
        {
            int length = span[at..].IndexOf(wanted);
            hit = new Hit(at, length < 0 ? int.MaxValue : at + length + 1);
        }
        return hit.Line;
    }

    private bool Match(ReadOnlySpan<byte> span, int at, out Delimiter found, out int lineEnd)
    {
        lineEnd = HeaderScanner.LineEnd(span, at);
        var text = Text(span, at, lineEnd);
        found = default;
        if (!Any || !_boundaries.Matches(text))
            return false;
        // Innermost first; a multipart that has ended is asked only when no open one wants the line.
        for (int pass = 0; pass < 2; pass++)
        {
            for (int i = open.Count - 1; i >= 0; i--)
            {
                var frame = open[i];
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

    private bool IsLikely(ReadOnlySpan<byte> span, int at, int lineEnd)
    {
        var text = Text(span, at, lineEnd);
        if (open[^1].Boundary is { } boundary && !text.EndsWith("--"u8) && Bare(text) is { Length: > 0 } bare && Ascii.EqualsIgnoreCase(bare, Bare(boundary)))
            return true;
        var next = span[HeaderScanner.AfterLine(span, lineEnd)..];
        return text.Length <= longest && !text.EndsWith("--"u8) && next.Length > 8 && Ascii.EqualsIgnoreCase(next[..8], "content-");
    }

    /// <summary>Without what programs put around a boundary in one of its two places and not in the other.</summary>
    private static ReadOnlySpan<byte> Bare(ReadOnlySpan<byte> boundary) => boundary.Trim("-'\"<> "u8);

    private static ReadOnlySpan<byte> Text(ReadOnlySpan<byte> span, int at, int lineEnd) => span[(at + 2)..lineEnd].TrimEnd(" \t"u8);

    /// <summary>From anywhere between the two the next line found is <paramref name="Line"/>.</summary>
    private readonly record struct Hit(int From, int Line);
}
