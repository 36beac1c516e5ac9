using AngleSharp.Html.Parser;

namespace MailInbox.Mail.Mime.Html;

/// <summary>How received HTML is to be shown.</summary>
public sealed record SanitizeOptions
{
    /// <summary>The address that shows the part with this Content-ID (without brackets), or null when there is none.</summary>
    public Func<string, string?> CidAddress { get; init; } = _ => null;

    /// <summary>Keep images that are loaded from elsewhere; otherwise they lose their address and are counted.</summary>
    public bool RemoteImages { get; init; }
}

/// <summary>HTML that does nothing but show.</summary>
/// <param name="Html">A fragment for a body, perhaps with a style element in front.</param>
/// <param name="RemoteImages">How many images and backgrounds the mail loads from elsewhere, kept or not.</param>
/// <param name="Removed">What was taken out, each once: <c>script</c>, <c>onclick</c>, <c>style position</c>, <c>href javascript:</c>; at most 50.</param>
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

    private const int MaxRounds = 5;

    /// <summary>Received HTML for the frame; null when it is longer than <see cref="MaxLength"/> or nests too deep (<see cref="HtmlScan"/>): show the text.</summary>
    public static SanitizedHtml? Clean(string html, SanitizeOptions options) => Clean(html, HtmlSanitizerRules.Received, options);

    /// <summary>HTML from the editor for a mail: basic text, lists, tables, links, images by <c>cid:</c> or <c>data:</c>; null as for <see cref="Clean(string, SanitizeOptions)"/>.</summary>
    public static SanitizedHtml? CleanOutgoing(string html) =>
        Clean(html, HtmlSanitizerRules.Outgoing, new SanitizeOptions { CidAddress = id => $"cid:{id}" });

    private static SanitizedHtml? Clean(string html, HtmlSanitizerRules rules, SanitizeOptions options)
    {
        if (html.Length > MaxLength || HtmlScan.TooDeep(html)) return null;
        var writer = new HtmlSanitizerWriter(rules, options);
        string clean = Write(html, writer);
        for (int round = 0; round < MaxRounds; round++)
        {
            string again = Write(clean, writer.ForOwnOutput());
            if (again == clean) return new SanitizedHtml(clean, writer.RemoteImages, writer.Removed);
            clean = again;
        }
        // A tree that no text describes: its words remain.
        string text = HtmlSanitizerWriter.Escape(HtmlText.Of(clean));
        return new SanitizedHtml($"<pre>{text}</pre>", writer.RemoteImages, writer.Removed);
    }

    private static string Write(string html, HtmlSanitizerWriter writer)
    {
        var parser = new HtmlParser(new HtmlParserOptions { IsScripting = false, SkipComments = true, MaximumDepth = HtmlScan.MaxDepth + 56 });
        using var document = parser.ParseDocument(html);
        return writer.Write(document);
    }
}
