namespace MailInbox.Mail.Mime.Reports;

/// <summary>Reply codes (RFC 5321 §4.2) and enhanced status codes (RFC 3463) inside the words of mail systems.</summary>
internal static class StatusCode
{
    /// <summary>Whether a text is <c>class.subject.detail</c> and nothing else.</summary>
    public static bool IsEnhanced(ReadOnlySpan<char> text) => Length(text) == text.Length && text.Length > 0;

    /// <summary>Whether a code says no more than its class.</summary>
    public static bool IsGeneral(string code) => code.EndsWith(".0.0", StringComparison.Ordinal);

    /// <summary>The code at the beginning of a Status field, whatever stands behind it; empty when there is none.</summary>
    public static string Leading(string value)
    {
        var text = value.AsSpan().TrimStart(" #");
        return text[..Length(text)].ToString();
    }

    /// <summary>The first three-digit code of a refusal, 4 or 5 in front; empty when there is none.</summary>
    public static string Reply(string text) => FromReply(text) is { Length: > 0 } reply ? reply[..3] : "";

    /// <summary>The text from the first reply code on; empty when there is none.</summary>
    public static string FromReply(string text)
    {
        for (int i = 0; i + 3 <= text.Length; i++)
        {
            if (IsReply(text, i))
                return text[i..];
        }
        return "";
    }

    /// <summary>The enhanced code that says most: one right behind a reply code before others, a general one only for want of another.</summary>
    public static string Enhanced(string text)
    {
        string behindReply = "", general = "", any = "";
        for (int i = 0; i < text.Length; i++)
        {
            if (IsReply(text, i) && behindReply.Length == 0)
            {
                string code = Leading(text[Math.Min(text.Length, i + 3)..Math.Min(text.Length, i + 24)].TrimStart('-', ' ', '\'', '"', '(', '#', ':', '<'));
                if (code.Length > 0 && !IsGeneral(code))
                    behindReply = code;
            }
            if (text[i] is not ('2' or '4' or '5') || (i > 0 && (char.IsLetterOrDigit(text[i - 1]) || text[i - 1] is '.' or '[' or '/' or '=')))
                continue;
            int length = Length(text.AsSpan(i, Math.Min(12, text.Length - i)));
            if (length == 0)
                continue;
            string found = text.Substring(i, length);
            if (IsGeneral(found))
                general = general.Length == 0 ? found : general;
            else
                any = any.Length == 0 ? found : any;
            i += length - 1;
        }
        return behindReply.Length > 0 ? behindReply : any.Length > 0 ? any : general;
    }

    /// <summary>The words behind the first reply code and its enhanced code; empty when there are no such two.</summary>
    public static string BehindEnhanced(string text)
    {
        for (int i = 0; i + 8 <= text.Length; i++)
        {
            if (!IsReply(text, i))
                continue;
            int code = i + 3;
            while (code < text.Length && code < i + 8 && (text[code] is '-' or ' ' or '\'' or '"' or '(' or '#' or ':' or '<'))
                code++;
            int length = Length(text.AsSpan(code, Math.Min(12, text.Length - code)));
            if (length > 0)
                return text[(code + length)..];
        }
        return "";
    }

    /// <summary>Three digits that stand where a server's answer begins.</summary>
    private static bool IsReply(string text, int index)
    {
        if (text[index] is not ('4' or '5') || index + 3 > text.Length || text[index + 1] is < '0' or > '5' || !char.IsAsciiDigit(text[index + 2]))
            return false;
        if (index > 0 && text[index - 1] is not (' ' or '\t' or ':' or '(' or '<' or '>' or '\'' or '"' or ';' or '#' or '-'))
            return false;
        return index + 3 == text.Length || text[index + 3] is ' ' or '-' or ':' or ',' or ';' or '\t' or '#';
    }

    /// <summary>Characters of the code at the beginning of a text; 0 when there is none.</summary>
    private static int Length(ReadOnlySpan<char> text)
    {
        if (text.Length < 5 || text[0] is not ('2' or '4' or '5') || text[1] != '.')
            return 0;
        int subject = Digits(text[2..], 1);
        if (subject == 0 || text.Length <= 2 + subject || text[2 + subject] != '.')
            return 0;
        int detail = Digits(text[(3 + subject)..], 3);
        int end = 3 + subject + detail;
        bool address = detail == 0 || (end < text.Length && (char.IsLetterOrDigit(text[end]) || (text[end] == '.' && end + 1 < text.Length && char.IsAsciiDigit(text[end + 1]))));
        return address ? 0 : end;
    }

    private static int Digits(ReadOnlySpan<char> text, int most)
    {
        int count = 0;
        while (count < most && count < text.Length && char.IsAsciiDigit(text[count]))
            count++;
        return count;
    }
}
