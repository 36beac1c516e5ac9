using System.Collections.Frozen;

namespace MailInbox.Mail.Mime.Html;

/// <summary>
/// What no reader sees: elements that say nothing, or are styled away. They end where a browser ends them, with an element around them
/// too, or by what closes them without saying so; in doubt early, since words that are shown too many do less harm than words lost.
/// </summary>
internal sealed class HtmlTextHidden
{
    /// <summary>Elements that are remembered inside a hidden one.</summary>
    private const int MaxOpen = 100;

    private static readonly FrozenSet<string> Empty = Names("br hr img input link meta base col area wbr embed source track");
    private static readonly FrozenSet<string> Nothing = Names("select option optgroup svg math object applet template");
    private static readonly FrozenSet<string> Rows = Names("tr tbody thead tfoot");
    private static readonly FrozenSet<string> Cells = Names("td th caption");
    private static readonly FrozenSet<string> Items = Names("li dd dt p option");
    private static readonly FrozenSet<string> Lists = Names("ul ol menu dir dl");
    private static readonly FrozenSet<string> Blocks = Names(
        "address article aside blockquote body center details dialog dir div dl fieldset figcaption figure footer form header hgroup "
        + "h1 h2 h3 h4 h5 h6 hr html main menu nav ol pre section summary table ul");

    /// <summary>The hidden element and what is open in it, without what is closed by its like.</summary>
    private readonly List<string> _open = [];

    private int _tables;

    /// <summary>True when the token is not shown; reads the tokens one after the other.</summary>
    public bool Covers(HtmlTokens tokens)
    {
        bool covered = IsInside(tokens);
        if (!covered && tokens.Kind != HtmlTokenKind.Text && tokens.Name == "table") _tables = tokens.Kind == HtmlTokenKind.Open ? _tables + 1 : Math.Max(_tables - 1, 0);
        return covered;
    }

    private bool IsInside(HtmlTokens tokens)
    {
        if (_open.Count > 0 && tokens.Kind == HtmlTokenKind.Close) return Close(tokens.Name);
        if (_open.Count > 0 && (tokens.Kind == HtmlTokenKind.Text || !IsEndedBy(tokens.Name))) return Open(tokens);
        _open.Clear();
        if (tokens.Kind != HtmlTokenKind.Open || tokens.SelfClosing) return false;
        // Outside a table browsers pass over its parts.
        if (_tables == 0 && (Rows.Contains(tokens.Name) || Cells.Contains(tokens.Name))) return false;
        if (!Nothing.Contains(tokens.Name) && !IsStyledAway(tokens)) return false;
        _open.Add(tokens.Name);
        return true;
    }

    private bool Open(HtmlTokens tokens)
    {
        string name = tokens.Name;
        bool remembered = tokens.Kind == HtmlTokenKind.Open && !tokens.SelfClosing && !Empty.Contains(name) && !Items.Contains(name) && !Rows.Contains(name) && !Cells.Contains(name);
        if (remembered && _open.Count < MaxOpen) _open.Add(name);
        return true;
    }

    private bool Close(string name)
    {
        int at = _open.LastIndexOf(name);
        if (at >= 0) _open.RemoveRange(at, _open.Count - at);
        else if (ClosesAround(name)) _open.Clear();
        return at >= 0 || _open.Count > 0;
    }

    /// <summary>The end of an element that the hidden one stands in.</summary>
    private bool ClosesAround(string name)
    {
        bool table = _open.Contains("table"), cell = table || Cells.Contains(_open[0]) || Rows.Contains(_open[0]);
        if (Cells.Contains(name)) return !table && !Rows.Contains(_open[0]);
        if (Rows.Contains(name)) return !table && (name != "tr" || _open[0] == "tr" || !Rows.Contains(_open[0]));
        return Blocks.Contains(name) && (!cell || name is "body" or "html" || (name == "table" && !table));
    }

    /// <summary>The start of an element that closes the hidden one unsaid (HTML standard §13.1.2.4, optional tags).</summary>
    private bool IsEndedBy(string name) => _open[0] switch
    {
        "p" => (Blocks.Contains(name) || Items.Contains(name) || Rows.Contains(name) || Cells.Contains(name)) && !_open.Contains("table"),
        "li" => name == "li" && !_open.Exists(Lists.Contains),
        "dd" or "dt" => name is "dd" or "dt" && !_open.Exists(Lists.Contains),
        "td" or "th" or "caption" => (Cells.Contains(name) || Rows.Contains(name)) && !_open.Contains("table"),
        "tr" => Rows.Contains(name) && !_open.Contains("table"),
        "tbody" or "thead" or "tfoot" => name != "tr" && Rows.Contains(name) && !_open.Contains("table"),
        "svg" or "math" => (name == "p" || Blocks.Contains(name)) && !_open.Contains("foreignobject"),
        _ => false,
    };

    /// <summary>
    /// Not shown by any browser. Text of size 0 stays: layouts set it on what is around columns and give the columns their own.
    /// So does what only Word hides.
    /// </summary>
    private static bool IsStyledAway(HtmlTokens tokens)
    {
        if (Empty.Contains(tokens.Name)) return false;
        ReadOnlySpan<char> style = tokens.Attribute("style");
        return !style.IsEmpty && (Says(style, "display", "none") || Says(style, "visibility", "hidden") || Says(style, "opacity", "0") || (Says(style, "max-height", "0") && Says(style, "overflow", "hidden")));
    }

    private static bool Says(ReadOnlySpan<char> style, string property, string value)
    {
        for (int at; (at = style.IndexOf(property, StringComparison.OrdinalIgnoreCase)) >= 0;)
        {
            bool whole = at == 0 || !(char.IsAsciiLetter(style[at - 1]) || style[at - 1] == '-');
            style = style[(at + property.Length)..].TrimStart();
            if (!whole || !style.StartsWith(":")) continue;
            ReadOnlySpan<char> said = style[1..].TrimStart();
            if (!said.StartsWith(value, StringComparison.OrdinalIgnoreCase)) continue;
            said = said[value.Length..];
            if (said.IsEmpty || !(char.IsAsciiLetterOrDigit(said[0]) || said[0] == '.') || said.StartsWith("px")) return true;
        }
        return false;
    }

    private static FrozenSet<string> Names(string names) => names.Split(' ').ToFrozenSet();
}
