using System.Collections.Frozen;

namespace MailInbox.Mail.Mime.Html;

/// <summary>
/// Turns HTML into text that reads well: paragraphs, lists, quotes with <c>&gt;</c>, cells apart, links with their address where that says
/// more than their words. Linear, builds no tree, never throws.
/// </summary>
public static class HtmlText
{
    /// <summary>Characters of HTML that are looked at; the rest is left out.</summary>
    public const int MaxInput = 5 * 1024 * 1024;

    /// <summary>Characters of text that are given back at most.</summary>
    public const int MaxOutput = 1024 * 1024;

    private const int MaxAddress = 300;
    private const int MaxAlternative = 200;

    private static readonly FrozenSet<string> Dropped = Names("script style title textarea xmp iframe noembed noframes");
    private static readonly FrozenSet<string> Blocks = Names(
        "address article aside body center caption dd details dialog div dl dt fieldset figcaption figure footer form header hgroup li "
        + "listing main nav section summary table tbody tfoot thead tr");
    private static readonly FrozenSet<string> Paragraphs = Names("h1 h2 h3 h4 h5 h6 p pre");
    private static readonly FrozenSet<string> Lists = Names("ul ol menu dir");
    private static readonly FrozenSet<string> Empty = Names("br hr img input link meta base col area wbr embed source track");
    private static readonly FrozenSet<string> Nothing = Names("select option optgroup svg math object applet template");

    /// <summary>The text with LF line ends, without blank lines at its ends.</summary>
    public static string Of(string html)
    {
        if (html.Length > MaxInput) html = html[..MaxInput];
        var tokens = new HtmlTokens(html);
        var lines = new HtmlTextLines(MaxOutput);
        var hidden = new Hidden();
        while (!lines.Full && tokens.Read())
        {
            if (tokens.Kind == HtmlTokenKind.Open && Dropped.Contains(tokens.Name)) tokens.ReadRawText();
            else if (hidden.Covers(tokens)) continue;
            else if (tokens.Kind == HtmlTokenKind.Text) lines.Text(HtmlEntities.Decode(tokens.Text));
            else if (tokens.Kind == HtmlTokenKind.Open) Open(tokens, lines);
            else Close(tokens.Name, lines);
        }
        return lines.ToString();
    }

    private static void Open(HtmlTokens tokens, HtmlTextLines lines)
    {
        switch (tokens.Name)
        {
            case "br":
                lines.Break();
                break;
            case "hr":
                lines.Rule();
                break;
            case "img":
                string alternative = HtmlEntities.Decode(tokens.Attribute("alt"), attribute: true);
                if (alternative.Length <= MaxAlternative) lines.Text(alternative);
                break;
            case "td" or "th":
                lines.Cell();
                break;
            case "li":
                lines.Item();
                break;
            case "blockquote":
                lines.Quote();
                break;
            case "a":
                string address = HtmlEntities.Decode(tokens.Attribute("href"), attribute: true).Trim();
                lines.Link(address.Length <= MaxAddress ? address : "");
                break;
            default:
                if (Lists.Contains(tokens.Name)) lines.List(numbered: tokens.Name == "ol");
                else if (Paragraphs.Contains(tokens.Name)) lines.Paragraph();
                else if (Blocks.Contains(tokens.Name)) lines.Block();
                if (tokens.Name == "pre") lines.Preformatted = true;
                break;
        }
    }

    private static void Close(string name, HtmlTextLines lines)
    {
        if (name == "pre") lines.Preformatted = false;
        if (name == "a") lines.EndLink();
        else if (name == "blockquote") lines.EndQuote();
        else if (Lists.Contains(name)) lines.EndList();
        else if (Paragraphs.Contains(name)) lines.Paragraph();
        else if (Blocks.Contains(name)) lines.Block();
    }

    /// <summary>Elements that say nothing to a reader, or are styled away; an element nobody closes hides at most to the next of its kind that closes.</summary>
    private sealed class Hidden
    {
        private string _name = "";
        private int _depth;

        public bool Covers(HtmlTokens tokens)
        {
            if (_depth == 0)
            {
                if (tokens.Kind != HtmlTokenKind.Open || tokens.SelfClosing) return false;
                if (!Nothing.Contains(tokens.Name) && !IsStyledAway(tokens)) return false;
                (_name, _depth) = (tokens.Name, 1);
                return true;
            }
            if (tokens.Kind == HtmlTokenKind.Open && tokens.Name == _name) _depth++;
            if (tokens.Kind == HtmlTokenKind.Close && tokens.Name == _name) _depth--;
            if (tokens.Kind == HtmlTokenKind.Close && tokens.Name is "body" or "html") _depth = 0;
            return true;
        }

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
    }

    private static FrozenSet<string> Names(string names) => names.Split(' ').ToFrozenSet();
}
