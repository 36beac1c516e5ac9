using System.Collections.Frozen;

namespace MailInbox.Mail.Mime.Html;

/// <summary>The stack of open elements, as far as depth needs it. Work per tag is bounded by <see cref="HtmlScan.MaxDepth"/>.</summary>
internal sealed class HtmlScanStack
{
    private static readonly FrozenSet<string> Void = Names("area base basefont bgsound br col embed frame hr image img input keygen link meta param source track wbr");
    private static readonly FrozenSet<string> Raw = Names("script style textarea title xmp iframe noembed noframes plaintext");
    private static readonly FrozenSet<string> Formatting = Names("a b big code em font i nobr s small strike strong tt u");
    private static readonly FrozenSet<string> Markers = Names("applet caption marquee object table td th template");
    private static readonly FrozenSet<string> HtmlInSvg = Names("foreignobject desc title");
    private static readonly FrozenSet<string> HtmlInMath = Names("annotation-xml mi mo mn ms mtext");
    private static readonly FrozenSet<string> BackToHtml = Names(string.Join(' ', HtmlInSvg.Concat(HtmlInMath)));
    private static readonly FrozenSet<string> Scopes = Names(string.Join(' ', Markers.Concat(BackToHtml)));
    private static readonly FrozenSet<string> Headings = Names("h1 h2 h3 h4 h5 h6");
    private static readonly FrozenSet<string> Blocks = Names(
        "address article aside blockquote center details dialog dir div dl dd dt fieldset figcaption figure footer form header hgroup "
        + "h1 h2 h3 h4 h5 h6 hr li listing main menu nav ol p plaintext pre search section summary ul xmp");
    private static readonly FrozenSet<string> Special = Names(
        string.Join(' ', Blocks.Concat(BackToHtml)) + " applet button caption colgroup iframe marquee object select table tbody td template tfoot th thead tr");
    private static readonly FrozenSet<string> Cells = Names("td th");
    private static readonly FrozenSet<string> Sections = Names("tbody thead tfoot caption colgroup");
    private static readonly FrozenSet<string> TableParts = Names("table tbody thead tfoot tr td th caption template");
    private static readonly FrozenSet<string> Lists = Names("ol ul");
    private static readonly FrozenSet<string> Foreign = Names("svg math");
    private static readonly FrozenSet<string> Breakout = Names(
        "b big blockquote body br center code dd div dl dt em embed h1 h2 h3 h4 h5 h6 head hr i img li listing menu meta nobr ol p pre "
        + "ruby s small span strong strike sub sup table tt u ul var");

    /// <summary>An element takes as much memory as so many attributes.</summary>
    private const int ElementCost = 4;

    private readonly List<string> _open = [];
    private int _foreign;

    /// <summary>What elements cost, attribute for attribute.</summary>
    private long _cost;

    /// <summary>Formatting elements at most that are open only because they come back in each block.</summary>
    private int _back;

    /// <summary>What a copy of a formatting element costs at most.</summary>
    private int _copy = ElementCost;

    /// <summary>Open elements, <c>html</c> and <c>body</c> included.</summary>
    public int Depth => _open.Count + 2;

    /// <summary>Elements so far, four attributes taken for one, and at most so many that come back or are copied.</summary>
    public long Elements => _cost / ElementCost;

    /// <summary>Takes a start tag; true when its content is raw text.</summary>
    public bool Open(HtmlTokens tag)
    {
        int cost = ElementCost + tag.AttributeCount;
        _cost += cost;
        if (Formatting.Contains(tag.Name)) _copy = Math.Max(_copy, cost);
        return Open(tag.Name, tag.SelfClosing);
    }

    private bool Open(string name, bool selfClosing)
    {
        if (name is "html" or "head" or "body" or "frameset") return false;
        if (_open.Contains("select")) return OpenInSelect(name);
        if (InForeign())
        {
            if (!Breakout.Contains(name))
            {
                if (!selfClosing) Push(name);
                return false;
            }
            Pop(_open.FindLastIndex(Foreign.Contains));
        }
        if (!CloseImplied(name)) return false;
        bool raw = Raw.Contains(name);
        if (!raw && !Void.Contains(name)) Push(name);
        return raw;
    }

    public void Close(string name)
    {
        if (_open.Contains("select"))
        {
            CloseInSelect(name);
            return;
        }
        if (Void.Contains(name) || name is "html" or "head" or "body") return;
        if (Formatting.Contains(name)) CloseFormatting(name);
        else if (name is "table" or "tr" || Cells.Contains(name) || Sections.Contains(name)) Pop(Find(name, stop => stop is "table" or "template"));
        else if (name == "li") Pop(Find(name, stop => Scopes.Contains(stop) || Lists.Contains(stop)));
        else if (name == "p") CloseParagraph();
        else if (name == "form") CloseForm();
        else if (Headings.Contains(name)) Pop(Find(Headings, Scopes.Contains));
        else if (Special.Contains(name) && !BackToHtml.Contains(name)) Pop(Find(name, Scopes.Contains));
        else Pop(Find(name, Special.Contains));
    }

    /// <summary>Parsers disagree most here: every tag but options counts as nested, and what some take as raw text is read.</summary>
    private bool OpenInSelect(string name)
    {
        if (name is "option" or "optgroup" && _open[^1] == "option") _open.RemoveAt(_open.Count - 1);
        Push(name);
        return name == "script";
    }

    private void CloseInSelect(string name)
    {
        int select = _open.LastIndexOf("select");
        bool optionsOnly = _open.FindIndex(select + 1, open => open is not ("option" or "optgroup")) < 0;
        if (name == "select" && optionsOnly) Pop(select);
        else if (name == _open[^1] && name is "option" or "optgroup") _open.RemoveAt(_open.Count - 1);
    }

    private void Push(string name)
    {
        _open.Add(name);
        if (Foreign.Contains(name)) _foreign++;
    }

    private bool InForeign()
    {
        if (_foreign == 0) return false;
        int entered = _open.FindLastIndex(Foreign.Contains);
        if (entered < 0) return false;
        FrozenSet<string> html = _open[entered] == "svg" ? HtmlInSvg : HtmlInMath;
        return _open.FindLastIndex(html.Contains) < entered;
    }

    /// <summary>Closes what a start tag closes without saying so; false when browsers ignore the tag here.</summary>
    private bool CloseImplied(string name)
    {
        if (Blocks.Contains(name)) CloseParagraph();
        switch (name)
        {
            case "a" or "nobr":
                CloseFormatting(name);
                break;
            case "li":
                Pop(Find("li", IsListBarrier));
                break;
            case "dd" or "dt":
                Pop(Find(item => item is "dd" or "dt", IsListBarrier));
                break;
            case "option" when _open is [.., "option"]:
                Pop(_open.Count - 1);
                break;
            case "button":
                Pop(Find(name, Scopes.Contains));
                break;
            case "table" when _open.FindLast(TableParts.Contains) is "table" or "tbody" or "thead" or "tfoot" or "tr":
                Pop(Find("table", _ => false));
                break;
            case "td" or "th" or "tr" or "tbody" or "thead" or "tfoot" or "caption" or "colgroup" or "col":
                return ClearToTable(name);
            default:
                if (Headings.Contains(name) && _open is [.., string top] && Headings.Contains(top)) Pop(_open.Count - 1);
                break;
        }
        return true;
    }

    private static bool IsListBarrier(string name) => Special.Contains(name) && name is not ("address" or "div" or "p");

    private bool ClearToTable(string name)
    {
        int table = _open.FindLastIndex(open => open is "table" or "template");
        if (table < 0) return false;
        int keep = table;
        if (name is "tr" or "td" or "th") keep = LastAfter(keep, "tbody", "thead", "tfoot");
        if (name is "td" or "th") keep = LastAfter(keep, "tr", "tr", "tr");
        Pop(keep + 1);
        // A missing tbody or tr is put in by the tree builder.
        if (name is "tr" or "td" or "th" && _open[^1] == "table") Push("tbody");
        if (name is "td" or "th" && _open[^1] is "tbody" or "thead" or "tfoot") Push("tr");
        return true;
    }

    private int LastAfter(int index, string one, string two, string three)
    {
        int found = _open.FindLastIndex(open => open == one || open == two || open == three);
        return found > index ? found : index;
    }

    /// <summary>Elements that are still open in a form stay so, and in it (§13.2.6.4.7, end tag "form").</summary>
    private void CloseForm()
    {
        int top = _open.FindLastIndex(open => open is not ("p" or "li" or "dd" or "dt" or "option" or "optgroup"));
        if (top >= 0 && _open[top] == "form") Pop(top);
    }

    private void CloseParagraph() => Pop(Find("p", stop => Scopes.Contains(stop) || stop == "button"));

    /// <summary>The adoption agency (§13.2.6.4.7): blocks that stay open inside the closed element get a copy of it each.</summary>
    private void CloseFormatting(string name)
    {
        int at = Find(name, Scopes.Contains);
        if (at < 0) return;
        _open.RemoveAt(at);
        int first = _open.FindIndex(at, Special.Contains);
        if (first < 0)
        {
            for (int i = _open.Count - 1; i >= at; i--)
            {
                if (!Formatting.Contains(_open[i])) _open.RemoveAt(i);
            }
            return;
        }
        for (int i = first, copies = 0; i < _open.Count && copies < 8; i++)
        {
            if (!Special.Contains(_open[i])) continue;
            _open.Insert(++i, "#copy");
            _cost += _copy;
            copies++;
        }
    }

    private int Find(string name, Func<string, bool> barrier) => Find(open => open == name, barrier);

    private int Find(FrozenSet<string> names, Func<string, bool> barrier) => Find(names.Contains, barrier);

    private int Find(Func<string, bool> wanted, Func<string, bool> barrier)
    {
        for (int i = _open.Count - 1; i >= 0; i--)
        {
            if (wanted(_open[i])) return i;
            if (barrier(_open[i])) return -1;
        }
        return -1;
    }

    /// <summary>Closes the element at <paramref name="index"/> and all in it; formatting that nobody closed comes back in what follows.</summary>
    private void Pop(int index)
    {
        if (index < 0 || index >= _open.Count) return;
        int kept = index;
        for (int i = index; i < _open.Count && !Markers.Contains(_open[i]); i++)
        {
            if (Formatting.Contains(_open[i])) _open[kept++] = _open[i];
        }
        _open.RemoveRange(kept, _open.Count - kept);
        _back += kept - index;
        if (_back > 0) _back = Math.Min(_back, _open.Count(Formatting.Contains));
        _cost += (long)_back * _copy;
        _foreign = _foreign == 0 ? 0 : _open.Count(Foreign.Contains);
    }

    private static FrozenSet<string> Names(string names) => names.Split(' ').ToFrozenSet();
}
