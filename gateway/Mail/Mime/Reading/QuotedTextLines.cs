namespace MailInbox.Mail.Mime.Reading;

/// <summary>A text by its lines.</summary>
internal sealed class QuotedTextLines
{
    private const string Fence = "```";

    private readonly string _text;
    private readonly List<int> _starts = [0];

    /// <summary>For each line, how many before it are neither blank nor quoted.</summary>
    private readonly List<int> _texts = [0];

    /// <summary>For each line, how many before it are <c>--</c> without the blank of a signature's line.</summary>
    private readonly List<int> _dashes = [0];

    private bool[] _fenced = [];

    public QuotedTextLines(string text)
    {
        _text = text;
        for (int at = 0; (at = text.IndexOf('\n', at)) >= 0 && ++at < text.Length;) _starts.Add(at);
        for (int line = 0; line < Count; line++)
        {
            _texts.Add(_texts[line] + (IsBlank(line) || IsQuote(line) ? 0 : 1));
            _dashes.Add(_dashes[line] + (Text(line) is "--" && !IsSignatureMark(line) ? 1 : 0));
        }
        if (text.Contains(Fence, StringComparison.Ordinal)) FindFences();
    }

    public int Count => _starts.Count;

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

    /// <summary>True when a line from <paramref name="start"/> up to <paramref name="end"/> is neither blank nor quoted.</summary>
    public bool HasText(int start, int end) => end > start && _texts[end] > _texts[start];

    /// <summary>Exactly <c>-- </c>, as programs write it (RFC 3676 §4.3).</summary>
    public bool IsSignatureMark(int line)
    {
        int end = line + 1 < Count ? _starts[line + 1] : _text.Length;
        return _text.AsSpan(_starts[line], end - _starts[line]).TrimEnd("\r\n") is "-- ";
    }

    /// <summary>True when one line above <paramref name="end"/> and no more is <c>--</c> without its blank: several part a text.</summary>
    public bool HasOneDash(int end) => _dashes[end] == 1;

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
}
