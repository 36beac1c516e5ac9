using System.Buffers;
using System.Text;
using MailInbox.Mail.Mime.Decoding;

namespace MailInbox.Mail.Mime.Attached;

/// <summary>
/// A block of uuencode (POSIX.1 <c>uuencode</c>, historical and base64 form): <c>begin 644 name</c>, counted lines, <c>end</c>. Blanks lost at the ends of
/// lines are zeros; a block without end is what its lines give; a sentence that begins with the word is none.
/// </summary>
internal static class UuencodeBlock
{
    private static readonly SearchValues<byte> Base64 = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/= \t"u8);

    /// <summary>Reads the block whose first line is at <paramref name="begin"/>; false when it is none.</summary>
    public static bool TryRead(ReadOnlySpan<byte> text, int begin, out TextBlock block)
    {
        block = default;
        int end = HeaderScanner.LineEnd(text, begin);
        var line = text[begin..end];
        int data = HeaderScanner.AfterLine(text, end);
        if (NameOf(line, out bool base64) < 0)
            return false;
        block = base64 ? ReadBase64(text, begin, data) : ReadLines(text, begin, data);
        return block.End > 0;
    }

    public static (string Name, byte[] Bytes, MimeDefect? Defect) Decode(ReadOnlySpan<byte> text, TextBlock block, Encoding? charset)
    {
        var first = text[block.Begin..HeaderScanner.LineEnd(text, block.Begin)];
        string name = Charsets.HeaderText(first[NameOf(first, out _)..].Trim(" \t"u8), charset);
        bool whole = block.End > block.DataEnd;
        byte[] bytes = block.Kind == TextBlockKind.Base64
            ? Base64Decoder.Decode(text[block.Data..block.DataEnd])
            : Uuencode.Decode(text[block.Begin..block.End], out whole);
        return (name, bytes, whole ? null : new MimeDefect(DefectCodes.UuencodeDamaged, block.Begin, "A uuencoded file in the text has no end or lost lines; it is what could be read."));
    }

    /// <summary>Offset of the file name in the first line of a block; -1 when it is none.</summary>
    private static int NameOf(ReadOnlySpan<byte> line, out bool base64)
    {
        base64 = line.StartsWith("begin-base64 "u8);
        if (!base64 && !line.StartsWith("begin "u8))
            return -1;
        int at = line.IndexOf((byte)' ') + 1;
        int mode = line[at..].IndexOfAnyExceptInRange((byte)'0', (byte)'7');
        if (mode < 0)
            mode = line.Length - at;
        at += mode;
        if (mode is < 3 or > 6 || (at < line.Length && line[at] is not ((byte)' ' or (byte)'\t')))
            return -1;
        return at;
    }

    private static TextBlock ReadLines(ReadOnlySpan<byte> text, int begin, int data)
    {
        int at = data;
        var likeness = Likeness.None;
        while (at < text.Length)
        {
            int end = HeaderScanner.LineEnd(text, at);
            int length = end - at;
            if (length == 0 || text[at] is (byte)'`' or (byte)' ' || IsEnd(text[at..end]))
                break;
            if (!IsPlausible(text[at..end], ref likeness))
                break;
            at = HeaderScanner.AfterLine(text, end);
        }
        int after = AfterEnd(text, at);
        // Lines that say less than half of what they count, or no lines at all, are a file only above a line of count zero.
        if (after > 0 && (likeness != Likeness.None || text[at] == '`'))
            return new TextBlock(TextBlockKind.Uuencode, begin, data, at, after);
        return likeness == Likeness.Whole ? new TextBlock(TextBlockKind.Uuencode, begin, data, at, at) : default;
    }

    /// <summary>How near the best line of a block comes to the length that its count says. One whole line makes a block sure; words between a beginning and an end have none.</summary>
    private enum Likeness
    {
        None,
        Half,
        Whole,
    }

    /// <summary>A count that fits its line, and no small letter.</summary>
    private static bool IsPlausible(ReadOnlySpan<byte> line, ref Likeness likeness)
    {
        if (line.IndexOfAnyExceptInRange((byte)' ', (byte)'`') >= 0)
            return false;
        int full = FullLength(line[0]);
        // Some programs add a check character.
        if (line.Length - 1 > full + 2)
            return false;
        var own = line.Length - 1 >= full ? Likeness.Whole : (line.Length - 1) * 2 >= full ? Likeness.Half : Likeness.None;
        likeness = own > likeness ? own : likeness;
        return true;
    }

    private static int FullLength(byte count) => (((count - ' ') & 63) + 2) / 3 * 4;

    /// <summary>Offset behind the line <c>end</c>, with the empty line of count zero before it; 0 when it does not stand here.</summary>
    private static int AfterEnd(ReadOnlySpan<byte> text, int at)
    {
        for (int lines = 0; lines < 3 && at < text.Length; lines++)
        {
            int end = HeaderScanner.LineEnd(text, at);
            var line = text[at..end];
            at = HeaderScanner.AfterLine(text, end);
            if (IsEnd(line))
                return at;
            if (line.TrimEnd(" `\t"u8).Length > 0)
                return 0;
        }
        return 0;
    }

    private static bool IsEnd(ReadOnlySpan<byte> line) => line.StartsWith("end"u8) && line.TrimEnd(" \t"u8).Length == 3;

    private static TextBlock ReadBase64(ReadOnlySpan<byte> text, int begin, int data)
    {
        int at = data;
        while (at < text.Length)
        {
            int end = HeaderScanner.LineEnd(text, at);
            var line = text[at..end];
            int after = HeaderScanner.AfterLine(text, end);
            if (line.TrimEnd(" \t"u8).SequenceEqual("===="u8))
                return new TextBlock(TextBlockKind.Base64, begin, data, at, after);
            if (line.IsEmpty || line.IndexOfAnyExcept(Base64) >= 0)
                break;
            at = after;
        }
        // Words are base64 too: without its end only lines of the usual length are one.
        return HeaderScanner.LineEnd(text, data) - data >= 60 && at > data ? new TextBlock(TextBlockKind.Base64, begin, data, at, at) : default;
    }
}
