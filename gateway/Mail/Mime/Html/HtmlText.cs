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

    /// <summary>The text with LF line ends, without blank lines at its ends.</summary>
    public static string Of(string html)
    {
        if (html.Length > MaxInput) html = html[..MaxInput];
        var tokens = new HtmlTokens(html);
        var lines = new HtmlTextLines(MaxOutput);
        var hidden = new HtmlTextHidden();
        while (!lines.Full && tokens.Read())
        {
            if (tokens.Kind == HtmlTokenKind.Open && Dropped.Contains(tokens.Name)) tokens.ReadRawText();
            else if (hidden.Covers(tokens)) continue;
            else if (tokens.Kind == HtmlTokenKind.Text) Text(tokens.Text, lines);
            else if (tokens.Kind == HtmlTokenKind.Open) Open(tokens, lines);
            else Close(tokens.Name, lines);
        }
        return lines.ToString();
    }

    private static void Text(ReadOnlySpan<char> text, HtmlTextLines lines)
    {
        for (int at; !lines.Full && (at = text.IndexOf('&')) >= 0;)
        {
            lines.Text(text[..at]);
            text = text[(at + HtmlEntities.Read(text[at..], attribute: false, out string character))..];
            lines.Text(character);
        }
        lines.Text(text);
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

    private static FrozenSet<string> Names(string names) => names.Split(' ').ToFrozenSet();
}
