using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace MailInbox.Mail.Mime.Html;

/// <summary>How received HTML is to be shown.</summary>
public sealed record SanitizeOptions
{
    /// <summary>The address that shows the part with this Content-ID (without brackets), or null when there is none.</summary>
    public Func<string, string?> CidAddress { get; init; } = _ => null;

    /// <summary>Keep images that are loaded from elsewhere; otherwise they lose their address and are counted.</summary>
    public bool RemoteImages { get; init; }

    /// <summary>Ask for remote backgrounds in the words by which browsers do not tell who asks.</summary>
    public bool NoReferrer { get; init; }

    /// <summary>Put the quoted tail and the signature into a <c>details</c> element that opens without script; nothing is left out.</summary>
    public bool FoldQuoted { get; init; }
}

/// <summary>HTML that does nothing but show.</summary>
/// <param name="Html">A fragment for a body, perhaps with a style element in front.</param>
/// <param name="RemoteImages">How many contents from elsewhere the mail asks for (images, backgrounds, sound, fonts, style sheets), kept or not.</param>
/// <param name="Removed">What was taken out in words, each once: <c>script element</c>, <c>onclick attribute</c>, <c>position style</c>, <c>javascript: address</c>; at most 50.</param>
public sealed record SanitizedHtml(string Html, int RemoteImages, IReadOnlyList<string> Removed);

/// <summary>
/// Cleans HTML by allow-list. The tree that AngleSharp parsed is never repaired: a fresh text is written from what is known to be
/// harmless, and written again from its own parse until that changes nothing, so that a browser reads what was checked.
/// The second line of defence is the frame's sandbox and policy.
/// </summary>
public static class HtmlSanitizer
{
    /// <summary>Longest HTML in characters that is given to the tree builder.</summary>
    public const int MaxLength = 1024 * 1024;

    /// <summary>Deepest tree that is walked: where <see cref="HtmlScan"/> counted too little, the tree builder stops nesting here.</summary>
    internal const int MaxTree = HtmlScan.MaxDepth + 56;

    /// <summary>Longest HTML in characters that is written; characters that must be escaped grow.</summary>
    public const int MaxWritten = MaxLength / 2 * 3;

    private const int MaxRounds = 5;

    internal static HtmlParserOptions Parsing { get; } = new() { IsScripting = false, SkipComments = true, MaximumDepth = MaxTree };

    /// <summary>Received HTML for the frame; null when it is longer than <see cref="MaxLength"/>, grows beyond <see cref="MaxWritten"/>, or is too deep or rich (<see cref="HtmlScan"/>): show the text.</summary>
    public static SanitizedHtml? Clean(string html, SanitizeOptions options) => Clean(html, HtmlSanitizerRules.Received, options);

    /// <summary>As <see cref="Clean(string, SanitizeOptions)"/>, and for what is beyond its limits the words alone, as preformatted text.</summary>
    public static SanitizedHtml CleanOrText(string html, SanitizeOptions options) => Clean(html, options) ?? TextOnly(html, 0, ["formatting beyond the limits"]);

    /// <summary>HTML from the editor for a mail: basic text, lists, tables, links, images by <c>cid:</c> or <c>data:</c>; null as for <see cref="Clean(string, SanitizeOptions)"/>.</summary>
    public static SanitizedHtml? CleanOutgoing(string html) =>
        Clean(html, HtmlSanitizerRules.Outgoing, new SanitizeOptions { CidAddress = id => $"cid:{id}" });

    private static SanitizedHtml? Clean(string html, HtmlSanitizerRules rules, SanitizeOptions options)
    {
        if (html.Length > MaxLength || HtmlScan.TooDeep(html)) return null;
        var writer = new HtmlSanitizerWriter(rules, options);
        string clean = Write(html, writer);
        if (writer.IsFull) return null;
        for (int round = 0; round < MaxRounds; round++)
        {
            using var document = Parse(clean);
            string again = writer.ForOwnOutput().Write(document, fold: null);
            if (again == clean) return new SanitizedHtml(options.FoldQuoted ? Folded(clean, document, writer) : clean, writer.RemoteImages, writer.Removed);
            clean = again;
        }
        // A tree that no text describes: its words remain.
        return TextOnly(clean, writer.RemoteImages, writer.Removed);
    }

    /// <summary>Looked for in what is clean, so that the same is found when it is cleaned again.</summary>
    private static string Folded(string clean, IDocument document, HtmlSanitizerWriter writer)
    {
        if (document.Body is not { } body || HtmlQuote.Find(body) is not { } fold) return clean;
        string folded = writer.ForOwnOutput().Write(document, fold);
        return Write(folded, writer.ForOwnOutput()) == folded ? folded : clean;
    }

    private static SanitizedHtml TextOnly(string html, int remote, IReadOnlyList<string> removed) =>
        new($"<pre>{HtmlSanitizerWriter.Escape(HtmlText.Of(html))}</pre>", remote, removed);

    private static string Write(string html, HtmlSanitizerWriter writer)
    {
        using var document = Parse(html);
        return writer.Write(document, fold: null);
    }

    private static IHtmlDocument Parse(string html) => new HtmlParser(Parsing).ParseDocument(html);
}
