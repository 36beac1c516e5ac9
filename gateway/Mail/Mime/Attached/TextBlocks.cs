using System.Text;

namespace MailInbox.Mail.Mime.Attached;

/// <summary>A file written into a text.</summary>
/// <param name="Kind">How it is written.</param>
/// <param name="Begin">Offset of its first line.</param>
/// <param name="Data">Offset of its data.</param>
/// <param name="DataEnd">Offset behind its data.</param>
/// <param name="End">Offset behind its last line.</param>
internal readonly record struct TextBlock(TextBlockKind Kind, int Begin, int Data, int DataEnd, int End);

internal enum TextBlockKind
{
    Uuencode,
    Base64,
    YEnc,
}

/// <summary>
/// Finds the files that old programs write between the lines of a text: uuencode (POSIX), its base64 kind, and yEnc. Text without
/// such a line costs one search.
/// </summary>
internal static class TextBlocks
{
    /// <summary>Every block has this word in its first line.</summary>
    private static ReadOnlySpan<byte> Mark => "begin"u8;

    /// <summary>Whether a body, as it stands in the mail, can hold a block once it is decoded. Says no only when it cannot.</summary>
    public static bool MayHold(ReadOnlySpan<byte> body, string encoding) => encoding switch
    {
        // The word at each of the three places it can have in a group of four.
        "base64" => body.IndexOf("YmVn"u8) >= 0 || body.IndexOf("Z2lu"u8) >= 0 || body.IndexOf("ZWdp"u8) >= 0,
        _ => body.IndexOf(Mark) >= 0,
    };

    /// <summary>Whether a decoded text is worth a closer look.</summary>
    public static bool MayHold(string text) => text.Contains("begin", StringComparison.Ordinal);

    /// <summary>The blocks of a decoded text in their order; those above <see cref="MimeLimits.UnpackedFiles"/> stay text.</summary>
    public static IReadOnlyList<TextBlock> Find(ReadOnlySpan<byte> text)
    {
        List<TextBlock>? blocks = null;
        int at = 0;
        while (text[at..].IndexOf(Mark) is >= 0 and var hit)
        {
            hit += at;
            at = hit + Mark.Length;
            if (!TryRead(text, hit, out var block))
                continue;
            (blocks ??= []).Add(block);
            at = block.End;
            if (blocks.Count == MimeLimits.UnpackedFiles)
                break;
        }
        return blocks ?? (IReadOnlyList<TextBlock>)[];
    }

    /// <summary>Writes the text without its blocks as far as there is room; gives the number of bytes.</summary>
    public static int Without(ReadOnlySpan<byte> text, Span<byte> rest)
    {
        int written = 0, at = 0;
        foreach (var block in Find(text))
        {
            written += Copy(text[at..block.Begin], rest[written..]);
            at = block.End;
        }
        return written + Copy(text[at..], rest[written..]);
    }

    /// <summary>The file of a block, with what was wrong with it; names are read in the charset of the text.</summary>
    public static (string Name, byte[] Bytes, MimeDefect? Defect) Decode(ReadOnlySpan<byte> text, TextBlock block, Encoding? charset) => block.Kind switch
    {
        TextBlockKind.YEnc => YEncBlock.Decode(text, block, charset),
        _ => UuencodeBlock.Decode(text, block, charset),
    };

    private static int Copy(ReadOnlySpan<byte> text, Span<byte> rest)
    {
        int length = Math.Min(text.Length, rest.Length);
        text[..length].CopyTo(rest);
        return length;
    }

    private static bool TryRead(ReadOnlySpan<byte> text, int hit, out TextBlock block)
    {
        block = default;
        if (IsLineStart(text, hit))
            return UuencodeBlock.TryRead(text, hit, out block);
        return hit >= 2 && text[(hit - 2)..hit].SequenceEqual("=y"u8) && IsLineStart(text, hit - 2) && YEncBlock.TryRead(text, hit - 2, out block);
    }

    private static bool IsLineStart(ReadOnlySpan<byte> text, int at) => at == 0 || text[at - 1] is (byte)'\n' or (byte)'\r';
}
