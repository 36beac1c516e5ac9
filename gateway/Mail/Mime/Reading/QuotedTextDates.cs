namespace MailInbox.Mail.Mime.Reading;

/// <summary>Whether a short line speaks of a day or a time, in whatever language.</summary>
internal static class QuotedTextDates
{
    /// <summary>A day and its year or its time: what a program writes, and what a sentence with a figure in it does not have.</summary>
    public static bool HasDate(ReadOnlySpan<char> text) => HasNumbers(text) || ((HasTime(text) || HasYear(text)) && HasMonth(text));

    /// <summary><c>10:00</c>, <c>10.00</c>, <c>10h30</c>.</summary>
    public static bool HasTime(ReadOnlySpan<char> text)
    {
        for (int i = 1; i + 2 < text.Length; i++)
        {
            if (text[i] is not (':' or '.' or 'h' or '：') || !char.IsAsciiDigit(text[i - 1]) || !char.IsAsciiDigit(text[i + 1]) || !char.IsAsciiDigit(text[i + 2])) continue;
            if (i + 3 == text.Length || !(char.IsAsciiDigit(text[i + 3]) || (text[i] == '.' && text[i + 3] == '.'))) return true;
        }
        return false;
    }

    /// <summary>Three groups of figures with a date's separators, or figures with the signs of East Asia.</summary>
    private static bool HasNumbers(ReadOnlySpan<char> text)
    {
        int groups = 0;
        for (int i = 0; i < text.Length;)
        {
            int digits = 0;
            while (i + digits < text.Length && char.IsAsciiDigit(text[i + digits])) digits++;
            if (digits == 0)
            {
                groups = 0;
                i++;
                continue;
            }
            i += digits;
            if (i < text.Length && text[i] is '年' or '月' or '년' or '월') return true;
            groups = digits is 1 or 2 or 4 ? groups + 1 : 0;
            if (groups == 3) return true;
            if (i < text.Length && text[i] is '.' or '/' or '-') i += i + 1 < text.Length && text[i] == '.' && text[i + 1] == ' ' ? 2 : 1;
            else groups = 0;
        }
        return false;
    }

    private static bool HasYear(ReadOnlySpan<char> text)
    {
        for (int i = 0; i + 3 < text.Length; i++)
        {
            if (text[i] is not ('1' or '2') || text[i + 1] is not ('9' or '0') || !char.IsAsciiDigit(text[i + 2]) || !char.IsAsciiDigit(text[i + 3])) continue;
            if ((i == 0 || !char.IsAsciiDigit(text[i - 1])) && (i + 4 == text.Length || !char.IsAsciiDigit(text[i + 4]))) return true;
        }
        return false;
    }

    /// <summary>A month's name with a figure at most two words away.</summary>
    private static bool HasMonth(ReadOnlySpan<char> text)
    {
        int month = -10, figure = -10, at = 0;
        foreach (Range range in text.SplitAny(" ,\t\n\r()\u00A0\u202F\u200E\u200F/-"))
        {
            ReadOnlySpan<char> word = text[range].Trim('.');
            if (word.IsEmpty) continue;
            at++;
            if (char.IsAsciiDigit(word[0])) figure = at;
            else if (IsMonth(word)) month = at;
            if (month > 0 && figure > 0 && Math.Abs(month - figure) <= 2) return true;
        }
        return false;
    }

    private static bool IsMonth(ReadOnlySpan<char> word)
    {
        if (word.Length is < 3 or > 12) return false;
        if (!QuotedTextWords.MonthsByBeginning.TryGetValue(char.ToUpperInvariant(word[0]), out string[]? months)) return false;
        foreach (string month in months)
        {
            if (word.StartsWith(month, StringComparison.OrdinalIgnoreCase)) return true;
        }
        return false;
    }
}
