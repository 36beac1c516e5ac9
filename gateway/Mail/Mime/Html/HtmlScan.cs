namespace MailInbox.Mail.Mime.Html;

/// <summary>
/// Looks how deep HTML nests before anything builds a tree from it. Follows the rules by which browsers close elements that
/// nobody closed (HTML standard §13.2.6), and where it leaves them out it counts too deep rather than too shallow.
/// </summary>
public static class HtmlScan
{
    /// <summary>Deepest nesting that is given to the tree builder.</summary>
    public const int MaxDepth = 200;

    /// <summary>Most attributes of one tag; a tree builder compares each with all before it.</summary>
    public const int MaxAttributes = 500;

    /// <summary>
    /// Most elements, four attributes taken for one, and those counted that a tree builder puts in by itself: formatting that was never
    /// closed comes back in each block that follows. The longest newsletters have some thousands.
    /// </summary>
    public const int MaxElements = 12_000;

    /// <summary>Deepest nesting of elements, <c>html</c> and <c>body</c> included; counting stops one above <see cref="MaxDepth"/>.</summary>
    public static int Depth(string html) => Measure(html).Depth;

    /// <summary>
    /// True when a tree builder must not see this: nested deeper than <see cref="MaxDepth"/>, more than <see cref="MaxAttributes"/> on a tag,
    /// or more than <see cref="MaxElements"/> in all.
    /// </summary>
    public static bool TooDeep(string html) => Measure(html) is { Depth: > MaxDepth } or { Attributes: > MaxAttributes } or { Elements: > MaxElements };

    private static (int Depth, int Attributes, long Elements) Measure(string html)
    {
        var tokens = new HtmlTokens(html);
        var open = new HtmlScanStack();
        int depth = 2, attributes = 0;
        bool more;
        do
        {
            more = tokens.Read();
            attributes = Math.Max(attributes, tokens.AttributeCount);
            if (!more || tokens.Kind == HtmlTokenKind.Text) continue;
            if (tokens.Kind == HtmlTokenKind.Close) open.Close(tokens.Name);
            else if (open.Open(tokens)) tokens.ReadRawText();
            depth = Math.Max(depth, open.Depth);
        }
        while (more && depth <= MaxDepth && attributes <= MaxAttributes && open.Elements <= MaxElements);
        return (depth, attributes, open.Elements);
    }
}
