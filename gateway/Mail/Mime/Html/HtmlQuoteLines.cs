using System.Collections.Frozen;
using System.Text;
using AngleSharp.Dom;
using MailInbox.Mail.Mime.Reading;

namespace MailInbox.Mail.Mime.Html;

/// <summary>
/// A mail's tree as the lines of a plain text, with the node on which each begins. What the structure says is put into the words that
/// mail programs write: cited blocks and signatures get '&gt;', the places where a program begins the older mail get a separator.
/// </summary>
internal sealed class HtmlQuoteLines
{
    private const string Separator = "-----Original Message-----";
    private const string Attribution = "On 1 Jan 2000 at 10:00, somebody <a@example.com> wrote:";

    /// <summary>Stands above a quoted header, and is no signature's line.</summary>
    private const string Rule = "==========";

    private const int MaxPrefix = 5;
    private const int MaxAttribution = 600;

    private static readonly FrozenSet<string> Blocks = Names(
        "address article aside blockquote body center dd details dialog div dl dt fieldset figcaption figure footer form header hgroup li main menu nav ol pre section summary table tbody td tfoot th thead tr ul caption");
    private static readonly FrozenSet<string> Paragraphs = Names("p h1 h2 h3 h4 h5 h6");
    private static readonly FrozenSet<string> SeparatorIds = Names("divrplyfwdmsg olk_src_body_section mail-editor-reference-message-container replysplit");
    private static readonly FrozenSet<string> SeparatorClasses = Names("outlookmessageheader yahoo_quoted ms-outlook-mobile-reference-message zmail_extra cafmquote");
    private static readonly FrozenSet<string> AttributionClasses = Names("gmail_attr moz-cite-prefix moz-email-headers-table reply-intro protonmail_quote_header");
    private static readonly FrozenSet<string> Signatures = Names(
        "gmail_signature gmail_signature_prefix moz-signature protonmail_signature_block ms-outlook-mobile-signature tutanota_signature applemailsignature signature_block yahoo_signature");

    private readonly StringBuilder _text = new();
    private readonly StringBuilder _line = new();
    private readonly List<(int Offset, INode? Node)> _starts = [];
    private INode? _start;
    private int _quotes;
    private bool _space;
    private bool _blank = true;
    private string _last = "";

    public string Text => _text.ToString();

    /// <summary>Something to be seen: words, or a picture that is no counting pixel.</summary>
    public static bool HasContent(INode node)
    {
        if (node.NodeType == NodeType.Text) return !IsBlank(node.TextContent);
        if (node is not IElement element || IsUnseen(element)) return false;
        if (element.LocalName == "img") return IsPicture(element);
        foreach (INode child in element.ChildNodes)
        {
            if (HasContent(child)) return true;
        }
        return false;
    }

    public void Read(IElement body)
    {
        Visit(body);
        EndLine();
    }

    /// <summary>The nodes on which lines at or after this offset begin; those that begin inside a node are left out.</summary>
    public IEnumerable<INode> NodesFrom(int offset)
    {
        foreach ((int start, INode? node) in _starts)
        {
            if (start >= offset && node is not null) yield return node;
        }
    }

    private void Visit(INode node)
    {
        if (node.NodeType == NodeType.Text) Write(node, node.TextContent);
        if (node is not IElement element || IsUnseen(element)) return;
        string name = element.LocalName;
        if (name == "br") EndLine(always: true);
        else if (name == "hr") Put(Rule, element);
        else if (name == "img" && IsPicture(element)) Append(element, '\uFFFC');
        else VisitElement(element, Paragraphs.Contains(name), Blocks.Contains(name));
    }

    private void VisitElement(IElement element, bool paragraph, bool block)
    {
        if (block || paragraph) EndLine();
        if (paragraph) Blank();
        if (IsAttribution(element))
        {
            Put(Attribution, element);
            return;
        }
        if (IsSeparator(element)) Put(Separator, element);
        else if (HasRuleAbove(element)) Put(Rule, element);
        bool quote = IsSignature(element) || (element.LocalName == "blockquote" && IsCited(element));
        if (quote) _quotes++;
        foreach (INode child in element.ChildNodes) Visit(child);
        if (block || paragraph) EndLine();
        if (paragraph) Blank();
        if (quote) _quotes--;
    }

    private void Write(INode node, string text)
    {
        bool kept = node.ParentElement?.LocalName == "pre", inside = false;
        foreach (char c in text)
        {
            if (c == '\n' && kept)
            {
                EndLine(always: true);
                inside = true;
            }
            else if (char.IsWhiteSpace(c)) _space = true;
            else Append(inside && _line.Length == 0 ? null : node, c);
        }
    }

    private void Append(INode? node, char c)
    {
        if (_line.Length == 0) _start = node;
        else if (_space) _line.Append(' ');
        _space = false;
        _line.Append(c);
    }

    private void Put(string line, INode node)
    {
        EndLine();
        _start = node;
        _line.Append(line);
        EndLine();
    }

    private void EndLine(bool always = false)
    {
        // The blank of a signature's line says that it is one.
        if (_space && _line.Length == 2 && _line[0] == '-' && _line[1] == '-') _line.Append(' ');
        _space = false;
        if (_line.Length == 0)
        {
            if (always) Blank();
            return;
        }
        _starts.Add((_text.Length, _start));
        if (_quotes > 0) _text.Append('>', Math.Min(_quotes, MaxPrefix)).Append(' ');
        _text.Append(_line).Append('\n');
        _last = _line.Length <= MaxAttribution ? _line.ToString() : "";
        _line.Clear();
        _blank = false;
    }

    private void Blank()
    {
        if (!_blank) _text.Append('\n');
        _blank = true;
    }

    /// <summary>Quoting, not only indented: by its type, class or bar, or because somebody is said to have written it.</summary>
    private bool IsCited(IElement element) =>
        element.GetAttribute("type") == "cite"
        || (element.ClassName ?? "").Contains("quote", StringComparison.OrdinalIgnoreCase)
        || (element.GetAttribute("style") ?? "").Contains("border-left", StringComparison.OrdinalIgnoreCase)
        || (_last.Length > 0 && (_last == Attribution || QuotedTextMarkers.Attribution(new QuotedTextLines(_last), 0).Start == 0));

    private static bool IsSeparator(IElement element) => SeparatorIds.Contains(Plain(element.Id)) || HasClass(element, SeparatorClasses);

    private static bool IsSignature(IElement element) => HasClass(element, Signatures) || Plain(element.Id) is "signature" or "applemailsignature" or "ms-outlook-mobile-signature";

    /// <summary>The program's own mark of "… wrote:", when the quote follows.</summary>
    private static bool IsAttribution(IElement element)
    {
        if (!HasClass(element, AttributionClasses)) return false;
        IElement? next = element.NextElementSibling;
        while (next?.LocalName == "br") next = next.NextElementSibling;
        return next?.LocalName == "blockquote";
    }

    private static bool HasRuleAbove(IElement element)
    {
        if (element.LocalName != "div" || element.GetAttribute("style") is not { } style) return false;
        int at = style.IndexOf("border-top:", StringComparison.OrdinalIgnoreCase);
        return at >= 0 && style.AsSpan(at, Math.Min(style.Length - at, 40)).Contains("solid", StringComparison.OrdinalIgnoreCase);
    }

    private static bool HasClass(IElement element, FrozenSet<string> classes)
    {
        if (element.ClassName is not { Length: > 0 } names) return false;
        foreach (Range range in names.AsSpan().Split(' '))
        {
            if (classes.Contains(Plain(names[range]))) return true;
        }
        return false;
    }

    /// <summary>A name without the <c>x_</c> that Outlook puts before those of mails it passes on, and without our own prefix.</summary>
    private static string Plain(string? name)
    {
        string plain = (name ?? "").ToLowerInvariant();
        if (plain.StartsWith(HtmlSanitizerStyle.IdPrefix, StringComparison.Ordinal)) plain = plain[HtmlSanitizerStyle.IdPrefix.Length..];
        while (plain.StartsWith("x_", StringComparison.Ordinal)) plain = plain[2..];
        return plain;
    }

    private static bool IsUnseen(IElement element) => element.NamespaceUri != NamespaceNames.HtmlUri || HtmlSanitizerRules.Dropped.Contains(element.LocalName);

    private static bool IsPicture(IElement image) => image.GetAttribute("width") is not ("0" or "1" or "2" or "3") && image.GetAttribute("height") is not ("0" or "1" or "2" or "3");

    private static bool IsBlank(string text)
    {
        foreach (char c in text)
        {
            if (!(char.IsWhiteSpace(c) || c is '\u200B' or '\u200C' or '\u200D' or '\uFEFF')) return false;
        }
        return true;
    }

    private static FrozenSet<string> Names(string names) => names.Split(' ').ToFrozenSet();
}
