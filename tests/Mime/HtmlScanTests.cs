using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using FsCheck;
using FsCheck.Fluent;
using MailInbox.Mail.Mime.Html;

namespace MailInbox.Tests.Mime;

public sealed class HtmlScanTests
{
    [TestCase("", 2)]
    [TestCase("<p>a<p>b<p>c", 3)]
    [TestCase("<div><div></div></div>", 4)]
    [TestCase("<ul><li>a<li>b<li>c</ul>", 4)]
    [TestCase("<table><tr><td>a<td>b<tr><td>c</table>", 6)]
    [TestCase("<a>b<a>c<a>d", 3)]
    [TestCase("<br><img><hr>", 3)]
    [TestCase("<script><div><div></script><p>", 3)]
    [TestCase("<b><p>x</b><p>y</b><p>z", 4)]
    public void Depth_is_counted_as_browsers_nest(string html, int depth) => Assert.That(HtmlScan.Depth(html), Is.InRange(depth - 1, depth));

    [TestCase("<div>", 5000)]
    [TestCase("<b>", 5000)]
    [TestCase("<div></x>", 5000)]
    [TestCase("<b><div></b>", 5000)]
    [TestCase("<div></p></span></td>", 5000)]
    [TestCase("<svg><g>", 5000)]
    [TestCase("<table><tr><td>", 5000)]
    [TestCase("<x-a>", 5000)]
    [TestCase("<svg><style><g>", 5000)]
    public void Nesting_without_end_is_too_deep(string piece, int times)
    {
        string html = string.Concat(Enumerable.Repeat(piece, times));
        Assert.That(HtmlScan.TooDeep(html), Is.True);
        Assert.That(HtmlScan.Depth(html), Is.EqualTo(HtmlScan.MaxDepth + 1));
    }

    [Test]
    public void A_tag_with_too_many_attributes_is_refused()
    {
        Assert.That(HtmlScan.TooDeep(string.Concat(Enumerable.Repeat("<a ", 350_000))), Is.True);
        Assert.That(HtmlScan.TooDeep("<p " + string.Join(' ', Enumerable.Range(0, 400).Select(i => $"a{i}")) + ">"), Is.False);
    }

    [TestCase("", "<a href=x>", 10_000)]
    [TestCase("", "<p a b c d>", 6_001)]
    [TestCase("<div><b id=1><b id=2><b id=3><b id=4><b id=5><b id=6></div>", "<div>x</div>", 1_600)]
    public void A_tree_of_too_many_elements_is_refused(string before, string piece, int times)
    {
        Assert.That(HtmlScan.TooDeep(before + string.Concat(Enumerable.Repeat(piece, times))), Is.True);
        Assert.That(HtmlScan.TooDeep(before + string.Concat(Enumerable.Repeat(piece, times / 2))), Is.False);
    }

    [TestCase("<p>paragraph ")]
    [TestCase("<li>item ")]
    [TestCase("<div>x</div>")]
    [TestCase("<font color=red><p>misnested</font></p>")]
    [TestCase("<td>cell")]
    [TestCase("<br/>")]
    [TestCase("<table><tr><td><font>unclosed</table>")]
    public void Long_and_careless_mail_is_not_too_deep(string piece) =>
        Assert.That(HtmlScan.TooDeep(string.Concat(Enumerable.Repeat(piece, 2000))), Is.False);

    /// <summary>The count may be off where parsers disagree; what is walked is bounded all the same, by the tree builder.</summary>
    [Test]
    public void What_is_not_too_deep_builds_no_deep_tree() => Prop.ForAll(Soup(), html =>
    {
        if (HtmlScan.TooDeep(html)) return true;
        using var document = new HtmlParser(HtmlSanitizer.Parsing).ParseDocument(html);
        return DepthOf(document.DocumentElement) <= HtmlSanitizer.MaxTree;
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(3000).WithEndSize(600));

    private static int DepthOf(IElement element) => 1 + element.Children.Select(DepthOf).DefaultIfEmpty(0).Max();

    private static Arbitrary<string> Soup()
    {
        string[] names = ["p", "div", "b", "i", "a", "span", "font", "table", "tr", "td", "tbody", "ul", "li", "svg", "g", "h1", "h2", "dl", "dd", "button", "x-y", "select", "option", "form", "pre", "center", "caption", "math", "mi", "nobr"];
        string[] pieces = [.. names.Select(name => $"<{name}>"), .. names.Select(name => $"</{name}>"), "x", "<br>", "<g/>", "<style>", "</style>"];
        return Gen.Elements(pieces).ListOf().Select(parts => string.Concat(parts)).ToArbitrary();
    }
}
