using FsCheck;
using FsCheck.Fluent;
using MailInbox.Mail.Mime.Html;

namespace MailInbox.Tests.Mime;

public sealed class HtmlTextTests
{
    [TestCase("", "")]
    [TestCase("plain", "plain")]
    [TestCase("<p>One</p><p>Two</p>", "One\n\nTwo")]
    [TestCase("<div>One</div><div>Two</div>", "One\nTwo")]
    [TestCase("One<br>Two<br><br>Three", "One\nTwo\n\nThree")]
    [TestCase("<div>a</div><div><br></div><div>b</div>", "a\n\nb")]
    [TestCase("  white \n\t space&nbsp;folds ", "white space folds")]
    [TestCase("<ul><li>a<li>b<ul><li>c</ul></ul>", "- a\n- b\n  - c")]
    [TestCase("<ol><li>a</li><li>b</li></ol>after", "1. a\n2. b\n\nafter")]
    [TestCase("<table><tr><td>a</td><td>b</td></tr><tr><th>c<th>d</table>", "a\tb\nc\td")]
    [TestCase("<blockquote>q<br>r<blockquote>s</blockquote></blockquote>t", "> q\n> r\n>>\n>> s\n\nt")]
    [TestCase("<pre>a\n  b\n\nc</pre>", "a\n  b\n\nc")]
    [TestCase("<title>t</title><style>a{}</style><script>if(a<b)</script>x<!-- y -->z", "xz")]
    [TestCase("<STYLE>x</style >y", "y")]
    [TestCase("<div style='display: none'>hidden<div>too</div></div>seen", "seen")]
    [TestCase("<span style='display:none!important;max-height:0'>preheader</span>seen", "seen")]
    [TestCase("<h1 style='visibility : hidden'>a</h1><b style='opacity:0'>b</b><p style='max-height:0px; overflow:hidden'>c</p>seen", "seen")]
    [TestCase("<td style='font-size:0'>a</td><p style='opacity:0.9;max-height:0;x-display:none'>b</p><i style='mso-hide:all'>c</i>", "a\n\nb\n\nc")]
    [TestCase("<p style='display:none'>preheader<p>seen<p>too", "seen\n\ntoo")]
    [TestCase("<div><span style='display:none'>preheader</div>seen", "seen")]
    [TestCase("<table><tr><td style='display:none'>a<td>b<tr style='display:none'><td>c</td><td><table><tr><td>d</table></td><tr><td>e</table>f", "b\ne\nf")]
    [TestCase("<ul><li style='display:none'>a<ul><li>b</ul>c<li>d</ul>e", "- d\n\ne")]
    [TestCase("<div style='display:none'>a<p>b</p><table><tr><td>c</td></tr></table><br></font></div>seen", "seen")]
    [TestCase("<tr style='display:none'>a<td style='opacity:0'>seen", "a\tseen")]
    [TestCase("<p>x<svg><title>logo</title></p><p>seen", "x\n\nseen")]
    [TestCase("<table><td>x</td><td style='display:none'>y</div>z</td></table>seen", "x\nseen")]
    [TestCase("a<img alt='smile'>b<img src=x>", "asmileb")]
    [TestCase("a<br>-- <br>Jo", "a\n-- \nJo")]
    [TestCase("<p>a </p><p>--&nbsp;</p><p>Jo</p>", "a\n\n-- \n\nJo")]
    [TestCase("a<br>--<br>b", "a\n--\nb")]
    [TestCase("a<hr>b", "a\n---\nb")]
    public void Html_becomes_readable_text(string html, string expected) => Assert.That(HtmlText.Of(html), Is.EqualTo(expected));

    [TestCase("&amp;&lt;&gt;&quot;&auml;&euro;&hellip;", "&<>\"ä€…")]
    [TestCase("&#65;&#x42;&#x1F600;&#150;", "AB😀–")]
    [TestCase("&amp &nbspx &unknown; & &; &#; &#x; &#999999999; &#0;", "& x &unknown; & &; &#; &#x; \uFFFD \uFFFD")]
    [TestCase("a &lt;b&gt; c", "a <b> c")]
    [TestCase("&notit; &notin; &NotEqualTilde;&fjlig; &CounterClockwiseContourIntegral; &hellip &AMP;&COPYx", "¬it; ∉ ≂̸fj ∳ &hellip &©x")]
    [TestCase("<a href='https://e.example/?a=1&copy=2&not&amp;b'>q</a>", "q (https://e.example/?a=1&copy=2¬&b)")]
    [TestCase("fish & chips & &chips", "fish & chips & &chips")]
    public void Character_references_are_read(string html, string expected) => Assert.That(HtmlText.Of(html), Is.EqualTo(expected));

    [TestCase("<a href='https://example.com/x'>here</a>", "here (https://example.com/x)")]
    [TestCase("<a href='https://www.example.com/'>example.com</a>", "example.com")]
    [TestCase("<a href='mailto:a@b.example'>a@b.example</a>.", "a@b.example.")]
    [TestCase("<a href='mailto:a@b.example'>Mina</a>", "Mina (mailto:a@b.example)")]
    [TestCase("<a href='javascript:x'>here</a> <a href='#a'>there</a>", "here there")]
    [TestCase("<a href='https://example.com/'></a>x", "x")]
    [TestCase("<pre>abc    <a href='https://example.com/'>\ny</a>", "abc\ny (https://example.com/)")]
    [TestCase("<a href='https://e.example/?a=1&amp;b=2'>q</a>", "q (https://e.example/?a=1&b=2)")]
    public void Links_show_their_address_when_it_says_more(string html, string expected) => Assert.That(HtmlText.Of(html), Is.EqualTo(expected));

    [TestCase("a < b and c > d <3", "a < b and c > d <3")]
    [TestCase("text <a href=\"x", "text")]
    [TestCase("text <!-- open", "text")]
    [TestCase("a<!-->b<!--->c<!-- --!>d", "abcd")]
    [TestCase("</p>x</", "x</")]
    [TestCase("<>x<!doctype html><?xml?>y", "<>xy")]
    [TestCase("<div style='display:none'>never closed", "")]
    [TestCase("<center><div style='display:none'>closed by what is around</center>seen", "seen")]
    [TestCase("a<script>never closed", "a")]
    public void Broken_html_is_read_as_browsers_read_it(string html, string expected) => Assert.That(HtmlText.Of(html), Is.EqualTo(expected));

    [TestCase("<a ")]
    [TestCase("<a href='x'>")]
    [TestCase("<blockquote><ul><li>")]
    [TestCase("<div style='display:none'>")]
    [TestCase("</script><script>")]
    [TestCase("&amp")]
    [TestCase("<!--")]
    [TestCase("<p><br>")]
    [TestCase("&lt;&#x;<")]
    public void A_bomb_gives_a_bounded_text(string piece)
    {
        string text = HtmlText.Of(string.Concat(Enumerable.Repeat(piece, HtmlText.MaxInput / piece.Length + 10)));
        Assert.That(text.Length, Is.LessThanOrEqualTo(HtmlText.MaxOutput));
    }

    [Test]
    public void Any_soup_of_tags_gives_text() => Prop.ForAll(Soup(), html =>
    {
        string text = HtmlText.Of(html);
        return text == text.TrimEnd() && !text.Contains('\r', StringComparison.Ordinal) && !text.Contains("\n\n\n", StringComparison.Ordinal);
    }).QuickCheckThrowOnFailure();

    private static Arbitrary<string> Soup()
    {
        string[] pieces =
        [
            "<p>", "</p>", "<div>", "</div>", "<a href='https://x.example'>", "</a>", "<ul>", "<li>", "</ul>", "<blockquote>", "</blockquote>", "<pre>", "</pre>", "<td>", "<tr>",
            "<br>", " ", "\n", "\r\n", "text", "&nbsp;", "&#13;", "&lt;", "<", "<!--", "-->", "<style>", "</style>", "<img alt='\r\n'>", "\uD83D", "<span style=display:none>", "</span>",
        ];
        return Gen.Elements(pieces).ListOf().Select(parts => string.Concat(parts)).ToArbitrary();
    }
}
