namespace MailInbox.Mail.Mime.Html;

internal enum HtmlTokenKind
{
    Text,
    Open,
    Close,
}

/// <summary>
/// Cuts HTML into text and tags as the HTML standard's tokenizer does (§13.2.5), without building a tree. Comments, doctypes and
/// unfinished tags at the end are passed over. Reads every character once, whatever the input.
/// </summary>
internal sealed class HtmlTokens(string html)
{
    private const int MaxNameLength = 64;
    private const int MaxNames = 1000;

    /// <summary>Attributes that are remembered; later ones are only counted.</summary>
    private const int MaxAttributes = 64;

    private readonly Dictionary<string, string> _names = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<(Range Name, Range Value)> _attributes = [];
    private int _position;
    private Range _text;

    public HtmlTokenKind Kind { get; private set; }

    /// <summary>Lower-case tag name, cut at 64 characters.</summary>
    public string Name { get; private set; } = "";

    public bool SelfClosing { get; private set; }

    public int AttributeCount { get; private set; }

    /// <summary>The run of text as written, character references included.</summary>
    public ReadOnlySpan<char> Text => html.AsSpan(_text);

    /// <summary>Moves to the next token; false at the end.</summary>
    public bool Read()
    {
        while (_position < html.Length)
        {
            int start = _position;
            if (html[start] != '<')
            {
                int next = html.IndexOf('<', start);
                return TakeText(start, next < 0 ? html.Length : next);
            }
            char after = start + 1 < html.Length ? html[start + 1] : '\0';
            if (char.IsAsciiLetter(after)) return ReadTag(start + 1, HtmlTokenKind.Open);
            if (after == '/' && start + 2 < html.Length && char.IsAsciiLetter(html[start + 2])) return ReadTag(start + 2, HtmlTokenKind.Close);
            if (after is '!' or '?' || (after == '/' && start + 2 < html.Length)) SkipMarkup(start, after);
            else return TakeText(start, start + 1);
        }
        return false;
    }

    /// <summary>Takes everything up to the end tag of the element just opened, or to the end: the content of script, style and the like.</summary>
    public ReadOnlySpan<char> ReadRawText()
    {
        int start = _position;
        for (int at = start; (at = html.IndexOf("</", at, StringComparison.Ordinal)) >= 0; at += 2)
        {
            int end = at + 2 + Name.Length;
            if (end >= html.Length || !(char.IsWhiteSpace(html[end]) || html[end] is '>' or '/')) continue;
            if (!html.AsSpan(at + 2, Name.Length).Equals(Name, StringComparison.OrdinalIgnoreCase)) continue;
            _position = at;
            return html.AsSpan(start, at - start);
        }
        _position = html.Length;
        return html.AsSpan(start);
    }

    /// <summary>Value of an attribute as written, character references included; empty when there is none.</summary>
    public ReadOnlySpan<char> Attribute(string name)
    {
        foreach ((Range key, Range value) in _attributes)
        {
            if (html.AsSpan(key).Equals(name, StringComparison.OrdinalIgnoreCase)) return html.AsSpan(value);
        }
        return [];
    }

    private bool TakeText(int start, int end)
    {
        Kind = HtmlTokenKind.Text;
        _text = start..end;
        _position = end;
        return true;
    }

    private void SkipMarkup(int start, char after)
    {
        if (after == '!' && html.AsSpan(start).StartsWith("<!--")) _position = EndOfComment(start + 4);
        else if (html.AsSpan(start).StartsWith("<![CDATA[", StringComparison.Ordinal)) _position = start + 9;
        else
        {
            int end = html.IndexOf('>', start);
            _position = end < 0 ? html.Length : end + 1;
        }
    }

    /// <summary>Comments also end by <c>--!&gt;</c>, and at once by <c>&lt;!--&gt;</c> and <c>&lt;!---&gt;</c>.</summary>
    private int EndOfComment(int start)
    {
        if (start < html.Length && html[start] == '>') return start + 1;
        if (html.AsSpan(start).StartsWith("->")) return start + 2;
        for (int at = start; (at = html.IndexOf("--", at, StringComparison.Ordinal)) >= 0; at++)
        {
            if (at + 2 < html.Length && html[at + 2] == '>') return at + 3;
            if (at + 3 < html.Length && html[at + 2] == '!' && html[at + 3] == '>') return at + 4;
        }
        return html.Length;
    }

    private bool ReadTag(int start, HtmlTokenKind kind)
    {
        int at = start;
        while (at < html.Length && !IsSpace(html[at]) && html[at] is not ('>' or '/')) at++;
        Kind = kind;
        Name = Intern(html.AsSpan(start, Math.Min(at - start, MaxNameLength)));
        _attributes.Clear();
        AttributeCount = 0;
        SelfClosing = false;
        while (at < html.Length && html[at] != '>')
        {
            if (IsSpace(html[at])) at++;
            else if (html[at] == '/') SelfClosing = ++at < html.Length && html[at] == '>';
            else at = ReadAttribute(at);
        }
        _position = Math.Min(at + 1, html.Length);
        return at < html.Length;
    }

    private int ReadAttribute(int start)
    {
        int at = start + 1;
        while (at < html.Length && !IsSpace(html[at]) && html[at] is not ('>' or '/' or '=')) at++;
        Range name = start..at;
        int next = at;
        while (next < html.Length && IsSpace(html[next])) next++;
        Range value = at..at;
        if (next < html.Length && html[next] == '=') (value, at) = ReadValue(next + 1);
        AttributeCount++;
        if (_attributes.Count < MaxAttributes) _attributes.Add((name, value));
        return at;
    }

    private (Range Value, int Next) ReadValue(int at)
    {
        while (at < html.Length && IsSpace(html[at])) at++;
        if (at < html.Length && html[at] is '"' or '\'')
        {
            int end = html.IndexOf(html[at], at + 1);
            if (end < 0) end = html.Length;
            return ((at + 1)..end, Math.Min(end + 1, html.Length));
        }
        int start = at;
        while (at < html.Length && !IsSpace(html[at]) && html[at] != '>') at++;
        return (start..at, at);
    }

    private string Intern(ReadOnlySpan<char> name)
    {
        var known = _names.GetAlternateLookup<ReadOnlySpan<char>>();
        if (known.TryGetValue(name, out string? found)) return found;
        string lower = name.ToString().ToLowerInvariant();
        if (_names.Count < MaxNames) _names[lower] = lower;
        return lower;
    }

    private static bool IsSpace(char c) => c is ' ' or '\t' or '\n' or '\r' or '\f';
}
