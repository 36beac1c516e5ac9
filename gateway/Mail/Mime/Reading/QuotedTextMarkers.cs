namespace MailInbox.Mail.Mime.Reading;

/// <summary>The lines by which mail programs announce what they quote, in the languages they speak.</summary>
internal static class QuotedTextMarkers
{
    /// <summary>Lines over which one announcement is broken at most.</summary>
    public const int MaxLines = 4;

    private const int MaxLength = 600;
    private const int MaxSentFrom = 100;
    private const int MaxIntroduction = 200;
    private const int HeaderLines = 7;

    /// <summary>Lines of a pasted header that are looked at.</summary>
    private const int MaxPasted = 30;

    /// <summary>Words before the day in "Il giorno mer 3 mag".</summary>
    private const int MaxBeforeDay = 4;

    private const int MaxLabel = 25;
    private const int MinRule = 5;
    private const int MinDashes = 3;

    /// <summary>Lines below a rule that may be a signature.</summary>
    private const int MaxBelowRule = 8;

    /// <summary>Quotes, brackets, blanks and the marks of direction that stand around names and addresses.</summary>
    private const string Around = " \u00A0\u202F\u200B\u200E\u200F\u202A\u202B\u202C\u202D\u202E\u2066\u2067\u2068\u2069";

    private const string Dashes = "-_=—–‐―";

    private const string Decoration = "-*_" + Around;

    /// <summary>First line of a quoted mail that <paramref name="line"/> opens without '&gt;': a named separator, or the block of From, Sent, To and Subject. Otherwise -1.</summary>
    public static int Block(QuotedTextLines lines, int line)
    {
        ReadOnlySpan<char> text = lines.Text(line);
        if (text.Length > MaxLength) return -1;
        if (IsReplyAbove(text) || IsNamedSeparator(text)) return WithRule(lines, line);
        int colon = text.IndexOfAny(':', '：');
        if (colon == text.Length - 1 && colon > 0 && IsAnnouncement(text)) return line;
        if (colon is <= 0 or > MaxLabel + 4) return -1;
        if (IsHeaderBlock(lines, line)) return WithRule(lines, line);
        int rule = WithRule(lines, line);
        return rule < line && lines.Text(rule).Length >= MinRule && IsUnknownHeaderBlock(lines, line) ? rule : -1;
    }

    /// <summary>
    /// "On … somebody wrote:" that ends on <paramref name="last"/>, perhaps begun on one of the lines before: its first line and the
    /// line after it, or (-1, -1).
    /// </summary>
    public static (int Start, int Next) Attribution(QuotedTextLines lines, int last)
    {
        ReadOnlySpan<char> end = Undecorated(lines.Text(last));
        bool colon = end is [.., ':' or '：'];
        if (end.IsEmpty || end.Length > MaxLength || !(lines.HasDigit(last - MaxLines + 1, last) || HasAddress(end)) || !(colon || EndsWithVerb(end))) return (-1, -1);
        string joined = "";
        int found = -1;
        for (int start = last; start >= 0 && start > last - MaxLines && !lines.IsBlank(start); start--)
        {
            joined = $"{lines.Text(start)} {joined}";
            if (joined.Length > MaxLength) break;
            bool opener = HasOpener(lines.Text(start));
            if (!(opener || (found < 0 && HasFigure(lines.Text(start)))) || !Attributes(Undecorated(joined), opener, colon)) continue;
            found = start;
            if (opener) break;
        }
        if (found >= 0) return (found, last + 1);
        return IsNameWrote(end, colon) ? (last, last + 1) : (-1, -1);
    }

    /// <summary>
    /// Whether an attribution that no '&gt;' follows can be nothing else: with an address, or with a day, a time and somebody's name. People
    /// write "On Monday we wrote:" themselves.
    /// </summary>
    public static bool StandsAlone(QuotedTextLines lines, int start, int next)
    {
        string text = "";
        for (int line = start; line < next; line++) text += $"{lines.Text(line)} ";
        if (HasAddress(text)) return true;
        string[] words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (!QuotedTextDates.HasTime(text) || !words.Take(MaxBeforeDay).Any(word => word.ContainsAnyInRange('0', '9'))) return false;
        int verb = FindVerb(text);
        if (verb < 0) return false;
        string[] before = text[..verb].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        // The name stands beside the verb; "we" and "the server" are none.
        return EndsWithVerbAndName(Uncoloned(text)) || before.TakeLast(2).Any(IsName) || !char.IsAscii(text[verb]) && before.TakeLast(1).Any(word => !char.IsLower(word[0]));
    }

    /// <summary>One line right above '&gt;' that says less than the others, in whatever order: a day and a verb or an address, "Quoting Mina:".</summary>
    public static bool IsIntroduction(ReadOnlySpan<char> line)
    {
        ReadOnlySpan<char> text = Undecorated(line);
        if (text.Length > MaxIntroduction || !(text is [.., ':' or '：'])) return false;
        if (StartsWithAny(text, QuotedTextWords.Quoting)) return HasAddress(text) || text.Count(' ') <= 4;
        return QuotedTextDates.HasDate(text) && (HasAddress(text) || FindVerb(text) >= 0 || text.Contains("said", StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>The line below which a signature stands: <c>--</c> by itself, other rules when an address or a number follows.</summary>
    /// <param name="end">The line after the last that may belong to it.</param>
    public static bool IsSignatureLine(QuotedTextLines lines, int line, int end)
    {
        ReadOnlySpan<char> text = lines.Text(line);
        if (text.IsEmpty || text[0] is not ('-' or '_')) return false;
        if (text is "--") return lines.IsSignatureMark(line) || (line + 1 < end && !lines.IsBlank(line + 1) && lines.HasOneDash(end));
        return (text is "__" || (text.Length >= 20 && text.TrimStart('_').IsEmpty)) && HasContact(lines, line + 1, end);
    }

    /// <summary>"Sent from my telephone", not a sentence that begins so.</summary>
    /// <param name="alone">Whether the line is a paragraph of its own.</param>
    public static bool IsSentFrom(ReadOnlySpan<char> text, bool alone)
    {
        text = WithoutExcuse(text.Trim("*_[]" + Around));
        if (text.StartsWith("diese nachricht wurde von meine", StringComparison.OrdinalIgnoreCase)) return alone && text.Length <= MaxSentFrom && text.TrimEnd('.').EndsWith(" gesendet", StringComparison.OrdinalIgnoreCase);
        int link = text.IndexOfAny('<', '(');
        bool linked = link > 0 && text[(link + 1)..].StartsWith("http", StringComparison.OrdinalIgnoreCase);
        if (link > 0) text = text[..link].TrimEnd();
        if (text.Length is 0 or > MaxSentFrom || text.Contains(',') || text.Count(' ') > 7) return false;
        if (text[^1] == '.' && text.Count(' ') > 5) return false;
        if (StartsWithAny(text, QuotedTextWords.SentFromMine)) return true;
        return alone && (StartsWithAny(text, QuotedTextWords.SentFrom) || EndsWithAny(text, QuotedTextWords.SentFromEnds)) && (linked || ContainsAny(text, QuotedTextWords.Devices));
    }

    /// <summary>"…, please excuse typos" goes with a line that names a telephone.</summary>
    private static ReadOnlySpan<char> WithoutExcuse(ReadOnlySpan<char> text)
    {
        int end = text.Length > MaxSentFrom ? -1 : text.IndexOfAny(",.;-–");
        return end > 0 && ContainsAny(text[end..], QuotedTextWords.Excuses) && ContainsAny(text[..end], QuotedTextWords.Devices) ? text[..end].TrimEnd() : text;
    }

    /// <summary>The line of a ticket system below which its own mail stands; a sentence that says so has words around it.</summary>
    private static bool IsReplyAbove(ReadOnlySpan<char> text)
    {
        if (text.Length is < 10 or > 120) return false;
        ReadOnlySpan<char> words = text.Trim("#-=*_~— .");
        if (words.Count(' ') > 9 || !ContainsAny(words, QuotedTextWords.AboveThisLine)) return false;
        // Between its dashes, or nothing but the request.
        if ("#-=*_~—".Contains(text[0]) && "#-=*_~—".Contains(text[^1])) return true;
        return EndsWithAny(words, QuotedTextWords.AboveThisLine) && ("#-=*_~—".Contains(text[0]) ? words.Contains("reply", StringComparison.OrdinalIgnoreCase) : words.StartsWith("please reply", StringComparison.OrdinalIgnoreCase) || words.StartsWith("reply ", StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>Begin forwarded message:</summary>
    private static bool IsAnnouncement(ReadOnlySpan<char> text) => text.Length < 60 && QuotedTextWords.Announcements.Contains(Name(text[..^1]));

    private static bool IsNamedSeparator(ReadOnlySpan<char> text)
    {
        if (text.Length is < 5 or > 120 || !Dashes.Contains(text[0]) || !Dashes.Contains(text[^1])) return false;
        ReadOnlySpan<char> name = text.Trim(Dashes + Around);
        return !name.IsEmpty && text.Length - name.Length >= 3 && StartsWithAny(name, QuotedTextWords.Separators);
    }

    private static bool IsHeaderBlock(QuotedTextLines lines, int line)
    {
        if (!IsKnown(Label(lines.Text(line)))) return false;
        int labels = 0;
        bool from = false, subject = false, address = false, dated = false, blank = false;
        for (int i = line, seen = 0; i < lines.Count && seen < HeaderLines; i++)
        {
            ReadOnlySpan<char> text = lines.Text(i);
            string label = Label(text);
            bool known = IsKnown(label);
            if ((blank || text.IsEmpty) && !(known && blank) && !(text.IsEmpty && !blank)) break;
            blank = text.IsEmpty;
            if (blank) continue;
            seen++;
            bool isSubject = QuotedTextWords.Subject.Contains(label);
            labels += known ? 1 : 0;
            from |= QuotedTextWords.From.Contains(label);
            subject |= isSubject;
            address |= known && !isSubject && text.Contains('@');
            // In a table the value is a line of its own.
            dated |= !isSubject && QuotedTextDates.HasTime(text) && QuotedTextDates.HasDate(text);
        }
        if (!from || labels < 3) return false;
        bool marked = lines.Text(line)[0] is '*' || WithRule(lines, line) < line;
        // Orders and travel mail say From, To, Date and Subject too; an address in it or a time of day makes it a mail's header.
        return (address || (subject && (dated || marked))) && (marked || !IsShown(lines, line));
    }

    /// <summary>Below "here it is:", or in a header that somebody pasted whole.</summary>
    private static bool IsShown(QuotedTextLines lines, int line)
    {
        int above = lines.SkipBlankBack(line) - 1;
        if (above >= 0 && lines.Text(above) is [.., ':' or '：'] && !IsKnown(Label(lines.Text(above)))) return true;
        for (int i = line - 1; i >= 0 && i >= line - MaxPasted && !lines.IsBlank(i); i--)
        {
            if (QuotedTextWords.RawFields.Contains(Label(lines.Text(i)))) return true;
        }
        return false;
    }

    private static bool IsKnown(string label) =>
        label.Length > 0 && (QuotedTextWords.From.Contains(label) || QuotedTextWords.Subject.Contains(label) || QuotedTextWords.Others.Contains(label));

    /// <summary>Below a rule: labels of a language that is not listed, with an address and a date among them.</summary>
    private static bool IsUnknownHeaderBlock(QuotedTextLines lines, int line)
    {
        int labels = 0;
        bool address = false, date = false;
        for (; line < lines.Count && labels < HeaderLines && Label(lines.Text(line)).Length > 0; line++, labels++)
        {
            address |= lines.Text(line).Contains('@');
            date |= QuotedTextDates.HasTime(lines.Text(line));
        }
        return labels >= 3 && address && date;
    }

    /// <summary>What stands before the colon, lower case, inner spaces as '_'.</summary>
    private static string Label(ReadOnlySpan<char> text)
    {
        text = text.TrimStart("*_" + Around);
        int colon = text.IndexOfAny(':', '：');
        return colon is <= 0 or > MaxLabel || text[..colon].ContainsAnyInRange('0', '9') ? "" : Name(text[..colon]);
    }

    private static string Name(ReadOnlySpan<char> text) => text.Trim("*_" + Around).ToString().ToLowerInvariant().Replace(' ', '_').Replace('\u00A0', '_');

    /// <summary>The block begins at the rule or separator that stands above it.</summary>
    private static int WithRule(QuotedTextLines lines, int line)
    {
        int above = lines.SkipBlankBack(line) - 1;
        if (above < 0) return line;
        ReadOnlySpan<char> text = lines.Text(above);
        bool rule = text.Length >= MinDashes && (text.Trim(Dashes + "*").IsEmpty || (text.StartsWith("--") && text.EndsWith("--")));
        return rule ? above : line;
    }

    private static ReadOnlySpan<char> Undecorated(ReadOnlySpan<char> text) => text.Trim(Decoration);

    /// <summary>The text without the colon it ends with.</summary>
    private static ReadOnlySpan<char> Uncoloned(ReadOnlySpan<char> text) => text.TrimEnd(":：" + Around);

    private static bool HasOpener(ReadOnlySpan<char> line)
    {
        line = Undecorated(line);
        if (!line.ContainsAnyInRange('0', '9')) return false;
        int end = line.IndexOfAny(' ', '\u00A0');
        return QuotedTextWords.Openers.Contains((end < 0 ? line : line[..end]).ToString().ToLowerInvariant());
    }

    /// <summary>Begins with a date, after a weekday perhaps.</summary>
    private static bool HasFigure(ReadOnlySpan<char> line) => line[..Math.Min(line.Length, 20)].ContainsAnyInRange('0', '9') || HasAddress(line);

    /// <summary>A date and somebody who wrote; without that word, a date, a time and a bracketed address at the end.</summary>
    private static bool Attributes(ReadOnlySpan<char> text, bool opener, bool colon)
    {
        bool address = HasAddress(text), date = QuotedTextDates.HasDate(text);
        if (!text.ContainsAnyInRange('0', '9')) return false;
        if (EndsWithVerb(Uncoloned(text))) return colon ? date || (address && (opener || QuotedTextDates.HasTime(text))) : date && address;
        if (!colon || !date) return false;
        if (!address) return opener && QuotedTextDates.HasTime(text) && EndsWithVerbAndName(Uncoloned(text));
        return FindVerb(text) >= 0 || (QuotedTextDates.HasTime(text) && EndsWithAddress(Uncoloned(text)));
    }

    /// <summary>… schrieb Mina Aas: a name is short and begins with a capital.</summary>
    private static bool EndsWithVerbAndName(ReadOnlySpan<char> text)
    {
        int verb = FindVerb(text);
        if (verb < 0) return false;
        ReadOnlySpan<char> name = text[verb..];
        int blank = name.IndexOf(' ');
        return blank > 0 && blank + 1 < name.Length && !char.IsLower(name[blank + 1]) && name.Count(' ') <= 4;
    }

    /// <summary>Mina &lt;a@b.example&gt; wrote:</summary>
    private static bool IsNameWrote(ReadOnlySpan<char> text, bool colon)
    {
        int open = text.IndexOfAny('<', '(');
        int at = text.IndexOf('@');
        return colon && open >= 0 && at > open && text[at..].IndexOfAny('>', ')') > 0 && text[..open].Count(' ') < 7 && EndsWithVerb(Uncoloned(text));
    }

    private static bool IsName(string word) => char.IsLetter(word.TrimStart('"', '\'', '\u202A', '\u200F', '\u200E').FirstOrDefault()) && !char.IsLower(word.TrimStart('"', '\'', '\u202A', '\u200F', '\u200E')[0]);

    private static bool HasAddress(ReadOnlySpan<char> text) => text.Contains('@');

    private static bool EndsWithAddress(ReadOnlySpan<char> text)
    {
        if (!(text.EndsWith('>') || text.EndsWith(')') || text.EndsWith(']') || text.EndsWith("&gt;"))) return false;
        int open = Math.Max(text.LastIndexOfAny('<', '(', '['), text.LastIndexOf("&lt;"));
        return open >= 0 && text[open..].Contains('@');
    }

    private static bool EndsWithVerb(ReadOnlySpan<char> text)
    {
        foreach (string verb in QuotedTextWords.Verbs)
        {
            if (text.EndsWith(verb, StringComparison.OrdinalIgnoreCase) && IsWord(text, text.Length - verb.Length, verb)) return true;
        }
        return false;
    }

    private static int FindVerb(ReadOnlySpan<char> text)
    {
        if (!text.ContainsAny(QuotedTextWords.AnyVerb)) return -1;
        foreach (string verb in QuotedTextWords.Verbs)
        {
            int at = text.IndexOf(verb, StringComparison.OrdinalIgnoreCase);
            if (at >= 0 && IsWord(text, at, verb)) return at;
        }
        return -1;
    }

    /// <summary>Nothing of a word or of an address joins on; writing without spaces has no such border.</summary>
    private static bool IsWord(ReadOnlySpan<char> text, int at, string verb)
    {
        if (verb[0] >= '\u3000' || verb[0] is >= '\u0E00' and <= '\u0E7F') return true;
        int end = at + verb.Length;
        return (at == 0 || !(char.IsLetterOrDigit(text[at - 1]) || text[at - 1] is '-' or '/' or '_'))
            && (end == text.Length || !(char.IsLetterOrDigit(text[end]) || text[end] is '-' or '/' or '_'));
    }

    /// <summary>A few lines up to the end, one of them an address, or with a link or a telephone number.</summary>
    private static bool HasContact(QuotedTextLines lines, int line, int end)
    {
        if (end - line > MaxBelowRule) return false;
        bool contact = false;
        for (; line < end; line++)
        {
            ReadOnlySpan<char> text = lines.Text(line);
            int plus = text.IndexOf('+');
            contact |= (text.Contains('@') && !text.Contains(' ')) || text.Contains("://", StringComparison.Ordinal) || text.Contains("www.", StringComparison.OrdinalIgnoreCase)
                || (plus >= 0 && plus + 1 < text.Length && char.IsAsciiDigit(text[plus + 1]));
        }
        return contact;
    }

    private static bool EndsWithAny(ReadOnlySpan<char> text, string[] words)
    {
        foreach (string word in words)
        {
            if (text.EndsWith(word, StringComparison.OrdinalIgnoreCase)) return true;
        }
        return false;
    }

    private static bool StartsWithAny(ReadOnlySpan<char> text, string[] words)
    {
        foreach (string word in words)
        {
            if (text.StartsWith(word, StringComparison.OrdinalIgnoreCase)) return true;
        }
        return false;
    }

    /// <summary>A word that begins like one of these.</summary>
    private static bool ContainsAny(ReadOnlySpan<char> text, string[] words)
    {
        foreach (string word in words)
        {
            int at = text.IndexOf(word, StringComparison.OrdinalIgnoreCase);
            if (at == 0 || (at > 0 && (word[0] >= '\u3000' || !char.IsLetter(text[at - 1])))) return true;
        }
        return false;
    }
}
