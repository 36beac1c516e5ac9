using System.Text;
using MailInbox.Mail.Mime.Decoding;

namespace MailInbox.Mail.Mime.Headers;

/// <summary>From the bytes of a field value to one line of characters (RFC 5322 §2.2.3, RFC 6532).</summary>
internal static class HeaderText
{
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

    /// <summary>Replaces what would break a line or a terminal by blanks and drops NUL.</summary>
    public static string Printable(string text)
    {
        int first = IndexOfControl(text);
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

    private static int IndexOfControl(string text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            if (char.IsControl(text[i]))
                return i;
        }
        return -1;
    }
}
