namespace MailInbox.Mail.Mime.Reading;

/// <summary>A text by its lines.</summary>
internal sealed class QuotedTextLines
{
    private const string Fence = "```";

    private readonly string _text;
    private readonly int[] _starts;

    /// <summary>The first two lines that are <c>--</c> without the blank of a signature's line; the number of lines where there are fewer.</summary>
    private readonly (int First, int Second) _dashes;

    private bool[] _fenced = [];

    public QuotedTextLines(string text)
    {
        _text = text;
        _starts = new int[1 + text.AsSpan(0, Math.Max(0, text.Length - 1)).Count('\n')];
        for (int line = 1, at = 0; line < _starts.Length; line++) _starts[line] = at = text.IndexOf('\n', at) + 1;
        _dashes.First = NextDash(0);
        _dashes.Second = NextDash(_dashes.First + 1);
        if (text.Contains(Fence, StringComparison.Ordinal)) FindFences();
    }

    public int Count => _starts.Length;

    public int Start(int line) => _starts[line];

    /// <summary>The line without its white space at both ends.</summary>
    public ReadOnlySpan<char> Text(int line)
    {
        int end = line + 1 < Count ? _starts[line + 1] : _text.Length;
        return _text.AsSpan(_starts[line], end - _starts[line]).Trim();
    }

    /// <summary>True when there is a figure in the lines from <paramref name="first"/> to <paramref name="last"/>.</summary>
    public bool HasDigit(int first, int last)
    {
        int start = _starts[Math.Max(first, 0)], end = last + 1 < Count ? _starts[last + 1] : _text.Length;
        return _text.AsSpan(start, end - start).ContainsAnyInRange('0', '9');
    }

    public bool IsBlank(int line) => Text(line).IsEmpty;

    /// <summary>Between the marks of a code block, where nothing marks a quote.</summary>
    public bool IsFenced(int line) => line < _fenced.Length && _fenced[line];

    /// <summary>Begins with '&gt;'; alone with a colon it is the end of a broken address line.</summary>
    public bool IsQuote(int line) => Text(line) is ['>', ..] and not ">:";

    /// <summary>The last line before <paramref name="end"/> that is neither blank nor quoted; -1 without one.</summary>
    public int LastText(int end)
    {
        int line = end - 1;
        while (line >= 0 && (IsBlank(line) || IsQuote(line))) line--;
        return line;
    }

    /// <summary>Exactly <c>-- </c>, as programs write it (RFC 3676 §4.3).</summary>
    public bool IsSignatureMark(int line)
    {
        int end = line + 1 < Count ? _starts[line + 1] : _text.Length;
        return _text.AsSpan(_starts[line], end - _starts[line]).TrimEnd("\r\n") is "-- ";
    }

    /// <summary>True when one line above <paramref name="end"/> and no more is <c>--</c> without its blank: several part a text.</summary>
    public bool HasOneDash(int end) => _dashes.First < end && _dashes.Second >= end;

    public int SkipBlank(int line)
    {
        while (line < Count && IsBlank(line)) line++;
        return line;
    }

    /// <summary>The end moved up over blank lines.</summary>
    public int SkipBlankBack(int end)
    {
        while (end > 0 && IsBlank(end - 1)) end--;
        return end;
    }

    private void FindFences()
    {
        _fenced = new bool[Count];
        int open = -1;
        for (int line = 0; line < Count; line++)
        {
            if (!Text(line).StartsWith(Fence)) continue;
            if (open < 0)
            {
                open = line;
                continue;
            }
            Array.Fill(_fenced, true, open, line - open + 1);
            open = -1;
        }
    }

    private int NextDash(int line)
    {
        while (line < Count && !(Text(line) is "--" && !IsSignatureMark(line))) line++;
        return Math.Min(line, Count);
    }
}
