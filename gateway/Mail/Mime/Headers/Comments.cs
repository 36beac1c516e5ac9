using System.Text;

namespace MailInbox.Mail.Mime.Headers;

/// <summary>Comments in structured fields (RFC 5322 §3.2.2), nested as deep as they like, without recursion.</summary>
internal static class Comments
{
    /// <summary>Offset behind the comment that begins at <paramref name="at"/>; the end of the text when it is never closed.</summary>
    public static int End(ReadOnlySpan<char> text, int at) => IsClosed(text, at, out int end) ? end : text.Length;

    /// <summary>Whether the comment that begins at <paramref name="at"/> is ever closed, and the offset behind it.</summary>
    public static bool IsClosed(ReadOnlySpan<char> text, int at, out int end)
    {
        end = text.Length;
        int depth = 0;
        while (at < text.Length)
        {
            int next = text[at..].IndexOfAny('\\', '(', ')');
            if (next < 0)
                return false;
            at += next;
            if (text[at] == '\\')
                at = Escaped(text, at);
            else if (text[at] == '(')
                depth++;
            else if (--depth == 0)
            {
                end = at + 1;
                return true;
            }
            at++;
        }
        return false;
    }

    /// <summary>What stands in a comment, escapes resolved.</summary>
    public static string Text(ReadOnlySpan<char> comment)
    {
        comment = comment[1..];
        if (comment.EndsWith(")"))
            comment = comment[..^1];
        if (!comment.Contains('\\'))
            return comment.ToString();
        var plain = new StringBuilder(comment.Length);
        for (int i = 0; i < comment.Length; i++)
        {
            if (comment[i] == '\\')
                i = Math.Min(Escaped(comment, i), comment.Length - 1);
            plain.Append(comment[i]);
        }
        return plain.ToString();
    }

    /// <summary>The text with each comment replaced by a blank; quoted strings are left alone.</summary>
    public static string Remove(string text)
    {
        if (!text.Contains('('))
            return text;
        var kept = new StringBuilder(text.Length);
        bool quoted = false;
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] == '\\' && quoted && i + 1 < text.Length)
                kept.Append(text[i++]);
            else if (text[i] == '"')
                quoted = !quoted;
            if (text[i] == '(' && !quoted)
            {
                i = End(text, i) - 1;
                kept.Append(' ');
            }
            else
            {
                kept.Append(text[i]);
            }
        }
        return kept.ToString();
    }

    public static string Unescape(ReadOnlySpan<char> text)
    {
        if (!text.Contains('\\'))
            return text.ToString();
        var plain = new StringBuilder(text.Length);
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] == '\\' && i + 1 < text.Length)
                i++;
            plain.Append(text[i]);
        }
        return plain.ToString();
    }

    /// <summary>Offset of the character that the backslash at <paramref name="at"/> quotes. A blank needs no quoting: there the line was folded, and what follows is meant.</summary>
    private static int Escaped(ReadOnlySpan<char> text, int at)
    {
        at++;
        while (at + 1 < text.Length && text[at] is ' ' or '\t')
            at++;
        return at;
    }
}
