using System.Buffers;
using System.Text;
using MailInbox.Mail.Mime.Decoding;

namespace MailInbox.Mail.Mime.Headers;

/// <summary>From the bytes of a field value to one line of characters (RFC 5322 §2.2.3, RFC 6532).</summary>
internal static class HeaderText
{
    private static readonly SearchValues<char> Controls = SearchValues.Create(
        string.Concat(Enumerable.Range(0, 0xA0).Select(c => (char)c).Where(char.IsControl)));

    /// <summary>Decodes 8-bit bytes (UTF-8, else <paramref name="declared"/>, else windows-1252) and makes each fold one blank.</summary>
    public static string Unfold(ReadOnlySpan<byte> value, Encoding? declared = null) => Unfold(value, declared, ' ');

    /// <summary>The same with the character <paramref name="fold"/> where a line was folded.</summary>
    public static string Unfold(ReadOnlySpan<byte> value, Encoding? declared, char fold)
    {
        value = value.Trim(" \t\r\n"u8);
        if (value.IsEmpty)
            return "";
        string text = Charsets.HeaderText(value, declared);
        return text.AsSpan().IndexOfAny('\r', '\n') < 0 ? text : Join(text, fold);
    }

    /// <summary>
    /// Decodes the same way and takes out the line breaks alone (RFC 5322 §2.2.3), for values whose quoted strings keep their blanks. A tab
    /// at the beginning of a line stands for the blank that was there before the fold.
    /// </summary>
    public static string Exact(ReadOnlySpan<byte> value, Encoding? declared = null)
    {
        value = value.TrimEnd("\r\n"u8).TrimStart(" \t\r\n"u8);
        string text = value.IsEmpty ? "" : Charsets.HeaderText(value, declared);
        if (text.AsSpan().IndexOfAny('\r', '\n') < 0)
            return text;
        var line = new StringBuilder(text.Length);
        bool broken = false;
        foreach (char c in text)
        {
            if (c is not ('\r' or '\n'))
                line.Append(broken && c == '\t' ? ' ' : c);
            broken = c is '\r' or '\n';
        }
        return line.ToString();
    }

    public static bool HasControl(ReadOnlySpan<char> text) => text.ContainsAny(Controls);

    /// <summary>Replaces what would break a line or a terminal by blanks and drops NUL.</summary>
    public static string Printable(string text)
    {
        int first = text.AsSpan().IndexOfAny(Controls);
        if (first < 0)
            return text;
        var clean = new StringBuilder(text.Length).Append(text, 0, first);
        foreach (char c in text.AsSpan(first))
        {
            if (!char.IsControl(c))
                clean.Append(c);
            else if (c != 0)
                clean.Append(' ');
        }
        return clean.ToString();
    }

    /// <summary>The first word of a value in lower case, comments and parameters left out.</summary>
    public static string Keyword(string value)
    {
        var text = Comments.Remove(value).AsSpan().Trim(" \t\"");
        int end = text.IndexOfAny(" \t;,\"");
        return (end < 0 ? text : text[..end]).ToString().ToLowerInvariant();
    }

    /// <summary>The next blank outside of quotes.</summary>
    public static int WordEnd(string text, int at)
    {
        bool quoted = false;
        for (; at < text.Length && (quoted || text[at] != ' '); at++)
        {
            if (text[at] == '"')
                quoted = !quoted;
            else if (text[at] == '\\' && quoted)
                at++;
        }
        return Math.Min(at, text.Length);
    }

    private static string Join(string text, char fold)
    {
        var line = new StringBuilder(text.Length);
        var rest = text.AsSpan();
        while (true)
        {
            int end = rest.IndexOfAny('\r', '\n');
            if (end < 0)
                return line.Append(rest).ToString();
            line.Append(rest[..end].TrimEnd(" \t"));
            rest = rest[end..].TrimStart(" \t\r\n");
            if (line.Length > 0 && !rest.IsEmpty)
                line.Append(fold);
        }
    }
}
