using System.Globalization;
using System.Text;

namespace MailInbox.Mail.Mime.Composing;

/// <summary>Header parameters that may be long or not ASCII (RFC 2231).</summary>
internal static class MessageComposerParameters
{
    /// <summary>Longest value in one piece, so that the parameter fits into a line of 78.</summary>
    private const int MaxPiece = 55;

    private const int MaxName = 255;

    /// <summary>The parameter as one or more <c>name=value</c>: plain ASCII quoted, anything else as a plain substitute and the true value in RFC 2231.</summary>
    public static IEnumerable<string> Of(string name, string value)
    {
        if (value.Length == 0) return [];
        if (value.Length > MaxName) value = Shortened(value);
        string plain = Plain(value);
        // Many readers decode words of RFC 2047 here too.
        bool misread = value.Contains("=?", StringComparison.Ordinal);
        if (plain == value && value.Length <= MaxPiece && !misread) return [Quoted(name, value)];
        return [Quoted(name, plain.Length <= MaxPiece ? plain : PlainShortened(plain)), .. Extended(name, value)];
    }

    private static string Quoted(string name, string value) =>
        $"{name}=\"{value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";

    /// <summary>For readers without RFC 2231: other characters as '_'.</summary>
    private static string Plain(string value)
    {
        var plain = new StringBuilder(value.Length);
        foreach (Rune rune in value.EnumerateRunes()) plain.Append(rune.Value is >= ' ' and <= '~' and not ('"' or '\\') ? (char)rune.Value : '_');
        return plain.ToString();
    }

    private static string PlainShortened(string plain) => plain[..(MaxPiece - 10)] + plain[^10..];

    /// <summary>File systems end at 255; the ending says what the file is.</summary>
    private static string Shortened(string value)
    {
        string ending = value[^16..];
        string start = value[..(MaxName - 16)];
        if (char.IsLowSurrogate(ending[0])) ending = ending[1..];
        if (char.IsHighSurrogate(start[^1])) start = start[..^1];
        return start + ending;
    }

    private static List<string> Extended(string name, string value)
    {
        var pieces = new List<string>();
        var piece = new StringBuilder("utf-8''");
        Span<byte> buffer = stackalloc byte[4];
        foreach (Rune rune in value.EnumerateRunes())
        {
            var encoded = new StringBuilder(12);
            foreach (byte b in buffer[..rune.EncodeToUtf8(buffer)])
            {
                if (char.IsAsciiLetterOrDigit((char)b) || b is (byte)'.' or (byte)'-' or (byte)'_') encoded.Append((char)b);
                else encoded.Append('%').Append(Convert.ToHexString([b]));
            }
            if (piece.Length + encoded.Length > MaxPiece)
            {
                pieces.Add(piece.ToString());
                piece.Clear();
            }
            piece.Append(encoded);
        }
        pieces.Add(piece.ToString());
        if (pieces.Count == 1) return [$"{name}*={pieces[0]}"];
        return [.. pieces.Select((text, i) => string.Create(CultureInfo.InvariantCulture, $"{name}*{i}*={text}"))];
    }
}
