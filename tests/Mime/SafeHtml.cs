using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using MailInbox.Mail.Mime.Html;

namespace MailInbox.Tests.Mime;

/// <summary>What every cleaned HTML must be, looked at with a parser and without the sanitizer's own lists of reasons.</summary>
internal static class SafeHtml
{
    public static void Check(string html, Func<string, string> clean)
    {
        using IDocument document = new HtmlParser().ParseDocument(html);
        foreach (IElement element in document.All) CheckElement(element, html);
        Assert.That(clean(html), Is.EqualTo(html), "cleaning twice");
        string written = document.DocumentElement.OuterHtml;
        using IDocument again = new HtmlParser().ParseDocument(written);
        Assert.That(Tree(again.DocumentElement), Is.EqualTo(Tree(document.DocumentElement)), "parse, write, parse");
    }

    private static void CheckElement(IElement element, string html)
    {
        Assert.That(element.NamespaceUri, Is.EqualTo(NamespaceNames.HtmlUri), html);
        bool known = HtmlSanitizerRules.Received.Tags.Contains(element.LocalName) || element.LocalName is "html" or "head" or "body" or "style";
        Assert.That(known, Is.True, $"<{element.LocalName}> in {html}");
        foreach (IAttr attribute in element.Attributes)
        {
            string name = attribute.Name, value = new([.. attribute.Value.Where(c => c > ' ')]);
            bool allowed = HtmlSanitizerRules.Received.Attributes.Contains(name) || name is "href" or "src" or "style" or "target" or "rel" or "background" or "id";
            Assert.That(allowed && !name.StartsWith("on", StringComparison.OrdinalIgnoreCase), Is.True, $"{name} in {html}");
            if (name is "href" or "src" or "background")
            {
                Assert.That(value, Does.Match("(?i)^(https?://|mailto:|tel:|data:image/(png|gif|jpe?g|webp);base64,|cid:)"), html);
                Assert.That(name == "href" ? !value.StartsWith("cid:", StringComparison.OrdinalIgnoreCase) : value.StartsWith("data:image/", StringComparison.OrdinalIgnoreCase) || value.StartsWith("cid:", StringComparison.OrdinalIgnoreCase), Is.True, html);
            }
            if (name == "id") Assert.That(value, Does.StartWith("m-"), html);
            if (name == "style") CheckStyle(value);
        }
        if (element.LocalName == "style") CheckStyle(element.TextContent);
    }

    private static void CheckStyle(string style) =>
        Assert.That(style, Does.Not.Match("(?i)url\\(|expression|javascript|(?<![-\\w])position:|z-index|behavior|binding|@(?!media )|\\\\|<|/\\*"));

    private static string Tree(INode node) => node switch
    {
        IElement element => $"<{element.LocalName} {string.Join(' ', element.Attributes.Select(a => $"{a.Name}={a.Value}"))}>{string.Concat(element.ChildNodes.Select(Tree))}</>",
        _ => node.TextContent,
    };
}
