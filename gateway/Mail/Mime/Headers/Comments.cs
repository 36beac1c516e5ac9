using System.Text;

namespace MailInbox.Mail.Mime.Headers;

/// <summary>Comments in structured fields (RFC 5322 §3.2.2), nested as deep as they like, without recursion.</summary>
internal static class Comments
{
    /// <summary>Offset behind the comment that begins at <paramref name="at"/>; the end of the text when it is never closed.</summary>
    public static int End(ReadOnlySpan<char> text, int at)
    {
        int depth = 0;
        for (int i = at; i < text.Length; i++)
        {
            switch (text[i])
            {
                case '\\':
                    i++;
                    break;
                case '(':
                    depth++;
                    break;
                case ')' when --depth == 0:
                    return i + 1;
            }
        }
        return text.Length;
    }

    /// <summary>What stands in a comment, escapes resolved.</summary>
    public static string Text(ReadOnlySpan<char> comment)
    {
        comment = comment[1..];
        if (comment.EndsWith(")"))
            comment = comment[..^1];
        return Unescape(comment);
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
            if (text[i] == '"')
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
}
