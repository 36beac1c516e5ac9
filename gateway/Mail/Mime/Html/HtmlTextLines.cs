using System.Globalization;
using System.Text;

namespace MailInbox.Mail.Mime.Html;

/// <summary>The text that <see cref="HtmlText"/> builds: folds white space, holds breaks back until something follows, prefixes quotes.</summary>
internal sealed class HtmlTextLines(int limit)
{
    private const int MaxLevels = 20;

    private readonly StringBuilder _text = new();
    private readonly Stack<int> _lists = new();
    private int _quotes;
    private int _breaks;
    private bool _space;
    private bool _cell;
    private bool _lineHasText;
    private string _marker = "";
    private string _address = "";
    private int _linkStart;

    public bool Full => _text.Length >= limit;

    /// <summary>White space is kept as written.</summary>
    public bool Preformatted { get; set; }

    public void Text(ReadOnlySpan<char> text)
    {
        foreach (char c in text)
        {
            if (Preformatted && c == '\n') Break();
            else if (Preformatted && c == '\r') continue;
            else if (c is ' ' or '\t' or '\n' or '\r' or '\f' or '\u00A0') Space(c);
            else if (!char.IsControl(c)) Write(c);
        }
    }

    /// <summary>A line ends here, whatever stands on it.</summary>
    public void Break()
    {
        _breaks = Math.Min(_breaks + 1, 2);
        EndSpace();
    }

    /// <summary>What follows begins a line.</summary>
    public void Block()
    {
        if (_lineHasText) _breaks = Math.Max(_breaks, 1);
        EndSpace();
    }

    /// <summary>A blank line comes before what follows.</summary>
    public void Paragraph()
    {
        if (_text.Length > 0) _breaks = 2;
        EndSpace();
    }

    public void Rule()
    {
        Block();
        foreach (char c in "---") Write(c);
        Block();
    }

    /// <summary>A cell begins: apart from the one before it on the same line.</summary>
    public void Cell()
    {
        _cell = _lineHasText && _breaks == 0;
        _space = false;
    }

    public void List(bool numbered)
    {
        if (_lists.Count == 0) Paragraph();
        else Block();
        if (_lists.Count < MaxLevels) _lists.Push(numbered ? 1 : 0);
    }

    public void EndList()
    {
        _lists.TryPop(out _);
        if (_lists.Count == 0) Paragraph();
        else Block();
        _marker = "";
    }

    public void Item()
    {
        Block();
        int number = _lists.TryPop(out int top) ? top : 0;
        _marker = number == 0 ? "- " : string.Create(CultureInfo.InvariantCulture, $"{number}. ");
        _lists.Push(number == 0 ? 0 : number + 1);
    }

    public void Quote()
    {
        Paragraph();
        _quotes = Math.Min(_quotes + 1, MaxLevels);
    }

    public void EndQuote()
    {
        Paragraph();
        _quotes = Math.Max(_quotes - 1, 0);
    }

    public void Link(string address)
    {
        _address = address;
        _linkStart = _text.Length;
    }

    /// <summary>Adds the address when it says more than the words of the link.</summary>
    public void EndLink()
    {
        string address = _address;
        _address = "";
        if (!IsUseful(address) || _text.Length == _linkStart) return;
        string words = _text.ToString(_linkStart, Math.Min(_text.Length - _linkStart, 1000)).Trim();
        if (words.Length == 0 || Bare(words).Equals(Bare(address), StringComparison.OrdinalIgnoreCase)) return;
        (int breaks, _breaks, _space) = (_breaks, 0, false);
        foreach (char c in $" ({address})")
        {
            if (!char.IsControl(c)) Write(c);
        }
        _breaks = breaks;
    }

    public override string ToString()
    {
        int length = _text.Length <= limit ? _text.Length : char.IsHighSurrogate(_text[limit - 1]) ? limit - 1 : limit;
        while (length > 0 && char.IsWhiteSpace(_text[length - 1])) length--;
        return _text.ToString(0, length);
    }

    /// <summary>White space at a line's end goes, but the blank of a signature's line says that it is one.</summary>
    private void EndSpace()
    {
        if (_space && IsMark("--")) _text.Append(' ');
        _space = _cell = false;
    }

    private bool IsMark(string line)
    {
        int start = _text.Length - line.Length;
        if (start < 0 || (start > 0 && _text[start - 1] != '\n')) return false;
        for (int i = 0; i < line.Length; i++)
        {
            if (_text[start + i] != line[i]) return false;
        }
        return true;
    }

    private void Space(char c)
    {
        if (Preformatted) Write(c == '\t' ? '\t' : ' ');
        else _space = true;
    }

    private void Write(char c)
    {
        if (Full) return;
        if (_breaks > 0 && _text.Length > 0) WriteBreaks();
        else if (_cell) _text.Append('\t');
        else if (_space && _lineHasText) _text.Append(' ');
        if (!_lineHasText) WritePrefix();
        (_breaks, _space, _cell, _lineHasText) = (0, false, false, true);
        _text.Append(c);
    }

    private void WriteBreaks()
    {
        while (_text.Length > 0 && _text[^1] is ' ' or '\t' && !IsMark("-- ")) _text.Length--;
        _linkStart = Math.Min(_linkStart, _text.Length);
        _lineHasText = false;
        int blank = 0;
        while (blank < 2 && _text.Length > blank && _text[^(blank + 1)] == '\n') blank++;
        for (int line = _text.Length == 0 ? _breaks : blank; line < _breaks; line++)
        {
            if (line > 0 && _quotes > 0) _text.Append('>', _quotes);
            _text.Append('\n');
        }
    }

    private void WritePrefix()
    {
        if (_quotes > 0) _text.Append('>', _quotes).Append(' ');
        if (_lists.Count > 1) _text.Append(' ', 2 * (_lists.Count - 1));
        _text.Append(_marker);
        _marker = "";
    }

    private static bool IsUseful(string address) =>
        address.StartsWith("http://", StringComparison.OrdinalIgnoreCase)
        || address.StartsWith("https://", StringComparison.OrdinalIgnoreCase)
        || address.StartsWith("mailto:", StringComparison.OrdinalIgnoreCase)
        || address.StartsWith("tel:", StringComparison.OrdinalIgnoreCase);

    /// <summary>An address without what people leave out when they write it down.</summary>
    private static ReadOnlySpan<char> Bare(ReadOnlySpan<char> address)
    {
        foreach (string prefix in (string[])["http://", "https://", "mailto:", "tel:", "www."])
        {
            if (address.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)) address = address[prefix.Length..];
        }
        return address.TrimEnd('/');
    }
}
