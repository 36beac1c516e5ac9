using System.Text;
using AngleSharp.Dom;

namespace MailInbox.Mail.Mime.Html;

/// <summary>Writes clean HTML from a parsed tree, element by element. The tree is at most as deep as the parser was told.</summary>
internal sealed class HtmlSanitizerWriter
{
    private const string FoldStart = $"<details class=\"{HtmlQuote.Class}\"><summary title=\"Show quoted text\">···</summary>";
    private const string LineEnd = "<br>";
    private const string IdPrefix = HtmlSanitizerStyle.IdPrefix;
    private const int MaxRemoved = 50;
    private const int MaxName = 60;
    private const int MaxId = 100;
    private const int MaxAttributes = 100;

    private static readonly string[] BlankLines = ["<div><br></div>", "<p><br></p>", LineEnd];
    private static readonly string[] RemoteAttributes = ["src", "poster", "data", "srcset", "background"];

    private readonly HtmlSanitizerRules _rules;
    private readonly SanitizeOptions _options;
    private readonly HtmlSanitizerStyle _style;
    private readonly HashSet<string> _partAddresses;
    private readonly List<string> _removed = [];
    private readonly bool _ownOutput;
    private readonly StringBuilder _html = new();
    private INode? _fold;

    public HtmlSanitizerWriter(HtmlSanitizerRules rules, SanitizeOptions options)
        : this(rules, options, [], ownOutput: false)
    {
    }

    private HtmlSanitizerWriter(HtmlSanitizerRules rules, SanitizeOptions options, HashSet<string> partAddresses, bool ownOutput)
    {
        (_rules, _options, _partAddresses, _ownOutput) = (rules, options, partAddresses, ownOutput);
        _style = new HtmlSanitizerStyle(rules.Properties, rules.StyleSheets ? Picture : _ => null, Removing, options.NoReferrer);
    }

    /// <summary>Images and backgrounds that are loaded from elsewhere.</summary>
    public int RemoteImages { get; private set; }

    public IReadOnlyList<string> Removed => _removed;

    /// <summary>More than <see cref="HtmlSanitizer.MaxWritten"/>; what comes behind is left out.</summary>
    public bool IsFull => _html.Length > HtmlSanitizer.MaxWritten;

    /// <summary>A writer for the second look at what this one wrote: addresses of parts that this one put in are known to it.</summary>
    public HtmlSanitizerWriter ForOwnOutput() => new(_rules, _options, _partAddresses, ownOutput: true);

    /// <param name="fold">The node from which on its parent is folded; null for none.</param>
    public string Write(IDocument document, INode? fold)
    {
        _fold = fold;
        _html.Clear();
        foreach (IElement element in document.Head?.Children ?? document.All)
        {
            bool acts = element.LocalName is "script" or "link" or "base" || (element.LocalName == "meta" && element.HasAttribute("http-equiv"));
            if (acts && !IsCharset(element)) Drop(element);
        }
        if (document.Body is { } body) WriteBody(body);
        string html = _rules.Tidy ? WithoutBlankEnds(_html.ToString()) : _html.ToString().Trim();
        return _rules.StyleSheets ? StyleSheet(document) + html : html;
    }

    public static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length + 16);
        AppendEscaped(escaped, text, int.MaxValue);
        return escaped.ToString();
    }

    /// <summary>Blank lines before the first and after the last words.</summary>
    private static string WithoutBlankEnds(string html)
    {
        ReadOnlySpan<char> kept = html.AsSpan().Trim();
        for (int length = -1; length != kept.Length;)
        {
            length = kept.Length;
            foreach (string blank in BlankLines)
            {
                if (kept.StartsWith(blank)) kept = kept[blank.Length..].TrimStart();
                if (kept.EndsWith(blank)) kept = kept[..^blank.Length].TrimEnd();
            }
        }
        return kept.ToString();
    }

    private string StyleSheet(IDocument document)
    {
        var rules = new StringBuilder();
        foreach (IElement style in document.QuerySelectorAll("style"))
        {
            if (style.NamespaceUri == NamespaceNames.HtmlUri) rules.Append(_style.Sheet(style.TextContent));
        }
        return rules.Length == 0 ? "" : $"<style>{rules}</style>";
    }

    /// <summary>What a mail says about its whole sheet (colour, background, margin) goes to a div, since the body is the frame's.</summary>
    private void WriteBody(IElement body)
    {
        string style = body.GetAttribute("style") ?? "";
        if (body.GetAttribute("text") is { } color) style = $"color:{color};{style}";
        if (body.GetAttribute("bgcolor") is { } background) style = $"background-color:{background};{style}";
        if (body.GetAttribute("background") is { } picture) style = $"background-image:url({picture});{style}";
        style = _style.Declarations(style);
        if (style.Length == 0 || !_rules.StyleSheets)
        {
            WriteChildren(body);
            return;
        }
        _html.Append("<div");
        WriteAttribute("style", style);
        _html.Append('>');
        WriteChildren(body);
        _html.Append("</div>");
    }

    private void WriteChildren(INode parent)
    {
        bool folded = false;
        // By the list: NextSibling looks for its place among all siblings each time.
        foreach (INode child in parent.ChildNodes)
        {
            if (IsFull) break;
            if (child == _fold)
            {
                folded = true;
                _html.Append(FoldStart);
            }
            if (child is IElement element) WriteElement(element);
            else if (child.NodeType == NodeType.Text) AppendEscaped(_html, _rules.Tidy ? child.TextContent.Replace("\u200B", "", StringComparison.Ordinal) : child.TextContent);
        }
        if (folded) _html.Append("</details>");
    }

    private void WriteElement(IElement element)
    {
        string name = element.LocalName;
        if (element.NamespaceUri != NamespaceNames.HtmlUri || HtmlSanitizerRules.Dropped.Contains(name))
        {
            if (name != "style" || !_rules.StyleSheets) Drop(element);
            return;
        }
        if (!_rules.Tags.Contains(name))
        {
            if (name is "form" or "button" or "textarea" or "marquee" or "plaintext" or "xmp") Removing($"{name} element");
            WriteChildren(element);
            return;
        }
        int start = _html.Length;
        _html.Append('<').Append(name);
        WriteAttributes(element);
        bool bare = _html.Length == start + 1 + name.Length;
        _html.Append('>');
        if (HtmlSanitizerRules.Void.Contains(name)) return;
        int content = _html.Length;
        WriteChildren(element);
        // The parser takes the first line end in pre away.
        if (name == "pre" && _html.Length > content && _html[content] == '\n') _html.Insert(content, '\n');
        if (!_rules.Tidy || !Tidied(name, start, content, bare)) _html.Append("</").Append(name).Append('>');
    }

    /// <summary>Takes away what an editor leaves behind: elements without content, spans that say nothing, the line end at a block's end. True when no end tag is due.</summary>
    private bool Tidied(string name, int start, int content, bool bare)
    {
        if (_html.Length == content && HtmlSanitizerRules.Empties.Contains(name))
        {
            _html.Length = start;
            return true;
        }
        if (name == "span" && bare)
        {
            _html.Remove(start, content - start);
            return true;
        }
        if (name is not ("div" or "p" or "li" or "td") || _html.Length == content + LineEnd.Length) return false;
        if (EndsWith(LineEnd, content) && !EndsWith(LineEnd + LineEnd, content)) _html.Length -= LineEnd.Length;
        return false;
    }

    private bool EndsWith(string end, int content)
    {
        int start = _html.Length - end.Length;
        return start >= content && _html.ToString(start, end.Length) == end;
    }

    private void WriteAttributes(IElement element)
    {
        int seen = 0;
        foreach (IAttr attribute in element.Attributes)
        {
            if (++seen > MaxAttributes) break;
            string name = attribute.LocalName, value = attribute.Value;
            if (attribute.NamespaceUri is { Length: > 0 } || attribute.Prefix is not null) continue;
            if (name == "href" && element.LocalName == "a") WriteLink(value);
            else if (name == "src" && element.LocalName == "img") WriteImage(value);
            else if (name == "srcset" && element.LocalName == "img") CountSet(element);
            else if (name == "background") WriteBackground(value);
            else if (name == "style") WriteStyle(value);
            else if (name == "id") WriteId(value);
            else if (_rules.Attributes.Contains(name)) WriteAttribute(name, value);
            else if (name.StartsWith("on", StringComparison.Ordinal) || name is "srcdoc" or "formaction" or "ping") Removing($"{name} attribute");
        }
    }

    /// <summary>Names of the page's own things cannot be taken: ids get a prefix, in style sheets too.</summary>
    private void WriteId(string value)
    {
        if (!_rules.StyleSheets || value.Length is 0 or > MaxId || !value.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_')) return;
        WriteAttribute("id", value.StartsWith(IdPrefix, StringComparison.Ordinal) ? value : IdPrefix + value);
    }

    private void WriteLink(string value)
    {
        if (HtmlSanitizerAddress.Link(value) is not { } address)
        {
            if (HtmlSanitizerAddress.Scheme(value) is { Length: > 0 } scheme) Removing($"{scheme} address");
            return;
        }
        WriteAttribute("href", address);
        _html.Append(_rules.LinkExtras);
    }

    private void WriteImage(string value)
    {
        if (Picture(value) is { } address) WriteAttribute("src", address);
    }

    /// <summary>The address under which a picture may be shown, or null.</summary>
    private string? Picture(string value)
    {
        if (_ownOutput && _partAddresses.Contains(value)) return value;
        (HtmlImageKind kind, string address) = HtmlSanitizerAddress.Image(value);
        if (kind == HtmlImageKind.Remote) RemoteImages++;
        if (kind == HtmlImageKind.None && HtmlSanitizerAddress.Scheme(value) is { Length: > 0 } scheme) Removing($"{scheme} address");
        if (kind == HtmlImageKind.Embedded) return address;
        if (kind == HtmlImageKind.Remote) return _options.RemoteImages && _rules.RemoteImages ? address : null;
        if (kind != HtmlImageKind.Part || _options.CidAddress(address) is not { } part) return null;
        _partAddresses.Add(part);
        return part;
    }

    private void CountSet(IElement image)
    {
        Removing("srcset attribute");
        if (!image.HasAttribute("src")) RemoteImages++;
    }

    private void WriteBackground(string value)
    {
        if (Picture(value) is { } address && _rules.StyleSheets) WriteAttribute("background", address);
    }

    private void WriteStyle(string value)
    {
        string style = _style.Declarations(value);
        if (style.Length > 0) WriteAttribute("style", style);
    }

    private void WriteAttribute(string name, string value)
    {
        _html.Append(' ').Append(name).Append("=\"");
        AppendEscaped(_html, value);
        _html.Append('"');
    }

    private static bool IsCharset(IElement element) => element.GetAttribute("http-equiv") is { } header && header.StartsWith("content-", StringComparison.OrdinalIgnoreCase);

    /// <summary>Names an element that goes with all that is in it, and counts what it would load.</summary>
    private void Drop(IElement element)
    {
        Removing($"{element.LocalName} element");
        if (_ownOutput) return;
        CountRemote(element);
        foreach (IElement inside in element.QuerySelectorAll("*")) CountRemote(inside);
    }

    private void CountRemote(IElement element)
    {
        foreach (string name in RemoteAttributes)
        {
            if (element.GetAttribute(name) is { } address && HtmlSanitizerAddress.IsRemote(address)) RemoteImages++;
        }
        bool loads = element.LocalName is "link" or "image" or "use" or "feimage" or "feImage";
        if (loads && (element.GetAttribute("href") ?? element.GetAttribute("xlink:href")) is { } link && HtmlSanitizerAddress.IsRemote(link)) RemoteImages++;
    }

    private void Removing(string what)
    {
        string name = new([.. what.Where(c => c is > '\u001F' and < '\u007F').Take(MaxName)]);
        if (_removed.Count < MaxRemoved && !_removed.Contains(name)) _removed.Add(name);
    }

    /// <param name="most">Length of <paramref name="html"/> above which the rest is left out.</param>
    private static void AppendEscaped(StringBuilder html, string text, int most = HtmlSanitizer.MaxWritten)
    {
        for (int i = 0; i < text.Length && html.Length <= most; i++)
        {
            char c = text[i];
            if (c == '&') html.Append("&amp;");
            else if (c == '<') html.Append("&lt;");
            else if (c == '>') html.Append("&gt;");
            else if (c == '"') html.Append("&quot;");
            else if (c == '\r') html.Append('\n');
            else if (char.IsControl(c) && c is not ('\n' or '\t')) continue;
            else if (char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1])) html.Append(c).Append(text[++i]);
            else html.Append(char.IsSurrogate(c) ? '\uFFFD' : c);
        }
    }
}
