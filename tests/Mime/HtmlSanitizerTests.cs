using FsCheck;
using FsCheck.Fluent;
using MailInbox.Mail.Mime.Html;

namespace MailInbox.Tests.Mime;

public sealed class HtmlSanitizerTests
{
    private const string Link = "target=\"_blank\" rel=\"noopener noreferrer nofollow\"";

    [TestCase("<p>Hello <b>Mina</b></p>", "<p>Hello <b>Mina</b></p>")]
    [TestCase("<table width=600 cellpadding=0 bgcolor='#fff'><tr><td align=center valign=top style='padding: 4px 2px; color: red'>x</td></tr></table>",
        "<table width=\"600\" cellpadding=\"0\" bgcolor=\"#fff\"><tbody><tr><td align=\"center\" valign=\"top\" style=\"padding:4px 2px;color:red\">x</td></tr></tbody></table>")]
    [TestCase("<font face='Arial' size=2>x</font>", "<font face=\"Arial\" size=\"2\">x</font>")]
    [TestCase("<body bgcolor=white text='#333'><p>x</p>", "<div style=\"background-color:white;color:#333\"><p>x</p></div>")]
    [TestCase("<pre>\n\nx</pre>", "<pre>\n\nx</pre>")]
    [TestCase("<o:p>x</o:p><center>y</center>", "x<center>y</center>")]
    [TestCase("a &amp; b &lt;c&gt; &nbsp;d", "a &amp; b &lt;c&gt; \u00A0d")]
    public void Harmless_mail_keeps_its_look(string html, string expected) => Assert.That(Clean(html).Html, Is.EqualTo(expected));

    [TestCase("<script>alert(1)</script>x", "x")]
    [TestCase("<p onclick=alert(1) onmouseover='x'>x</p>", "<p>x</p>")]
    [TestCase("<svg><style><img src=x onerror=alert(1)></style></svg>x", "<img>x")]
    [TestCase("<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=alert(1)&gt;'>", "")]
    [TestCase("<form action=x><input name=a value=b><button>Go</button><textarea>words</textarea></form>", "Gowords")]
    [TestCase("<iframe src=x>y</iframe><object data=x>o</object><embed src=x><link rel=stylesheet href=x><meta http-equiv=refresh content=0><base href=x>z", "z")]
    [TestCase("<noscript><p>x</p></noscript>", "<p>x</p>")]
    [TestCase("<a href=\" java\tscript:alert(1)\">x</a>", "<a>x</a>")]
    [TestCase("<a href='vbscript:x'>x</a><a href='data:text/html,x'>y</a><a href='/x'>z</a><a href='#x'>v</a>", "<a>x</a><a>y</a><a>z</a><a>v</a>")]
    [TestCase("<template><script>x</script></template><p>y</p>", "<p>y</p>")]
    [TestCase("<x-a><x-b><img src=x onerror=alert(1)></x-b></x-a>", "<img>")]
    [TestCase("<plaintext><b>", "&lt;b&gt;")]
    [TestCase("<select><option>a</option></select>b", "b")]
    public void What_could_act_is_gone(string html, string expected) => Assert.That(Clean(html).Html, Is.EqualTo(expected));

    [TestCase("HTTPS://example.com/?a=1&amp;b=\"2\"", "HTTPS://example.com/?a=1&amp;b=&quot;2&quot;")]
    [TestCase("mailto:a@b.example", "mailto:a@b.example")]
    [TestCase("tel:+4912345", "tel:+4912345")]
    [TestCase("//example.com/x", "https://example.com/x")]
    [TestCase("http://exam\nple.com", "http://example.com")]
    public void Links_open_outside_and_tell_nothing(string address, string expected) =>
        Assert.That(Clean($"<a href='{address}' target=_top>x</a>").Html, Is.EqualTo($"<a href=\"{expected}\" {Link}>x</a>"));

    [Test]
    public void A_page_that_grows_too_long_when_it_is_escaped_is_refused()
    {
        Assert.That(HtmlSanitizer.Clean(new string('<', HtmlSanitizer.MaxLength), new SanitizeOptions()), Is.Null);
        Assert.That(HtmlSanitizer.Clean(new string('<', HtmlSanitizer.MaxLength / 4), new SanitizeOptions()), Is.Not.Null);
    }

    [Test]
    public void Remote_images_are_counted_and_kept_only_when_wanted()
    {
        const string Html = "<img src='https://x.example/a.gif' width=1><img src='//x.example/b'><img srcset='https://x.example/c 2x'><table background='http://x.example/d'><tr><td style=\"background: #fff url('http://x.example/e') no-repeat\">x</td></tr></table><style>p{background-image:url(http://x.example/f)}</style>";
        SanitizedHtml without = Clean(Html);
        Assert.That(without.RemoteImages, Is.EqualTo(6));
        Assert.That(without.Html, Is.EqualTo("<img width=\"1\"><img><img><table><tbody><tr><td style=\"background:#fff no-repeat\">x</td></tr></tbody></table>"));
        SanitizedHtml with = Clean(Html, new SanitizeOptions { RemoteImages = true });
        Assert.That(with.RemoteImages, Is.EqualTo(6));
        Assert.That(with.Html, Does.Contain("src=\"https://x.example/a.gif\"").And.Contain("src=\"https://x.example/b\"").And.Contain("background=\"http://x.example/d\"")
            .And.Contain("#fff url(http://x.example/e) no-repeat").And.Contain("p{background-image:url(http://x.example/f)}"));
        string unseen = Clean(Html, new SanitizeOptions { RemoteImages = true, NoReferrer = true }).Html;
        Assert.That(unseen, Does.Contain("p{background-image:url(http://x.example/f);background-image:url(\"http://x.example/f\" referrer-policy(no-referrer))}"));
        Assert.That(Clean(unseen, new SanitizeOptions { RemoteImages = true, NoReferrer = true }).Html, Is.EqualTo(unseen));
        Assert.That(Clean(unseen).Html, Does.Not.Contain("referrer"));
    }

    [Test]
    public void Images_of_the_mail_are_shown_from_its_parts()
    {
        SanitizedHtml clean = Clean("<img src='cid:logo%40x'><img src='CID:none'><img src='data:image/png;base64,iVBORw0='><img src='data:image/svg+xml;base64,AAAA'><img src='data:image/png,<svg>'>",
            new SanitizeOptions { CidAddress = id => id == "logo@x" ? "/parts/1?a=1&b=2" : null });
        Assert.That(clean.Html, Is.EqualTo("<img src=\"/parts/1?a=1&amp;b=2\"><img><img src=\"data:image/png;base64,iVBORw0=\"><img><img>"));
        Assert.That(clean.RemoteImages, Is.Zero);
    }

    [TestCase("color:red;position:fixed;top:0;z-index:9", "color:red")]
    [TestCase("COLOR: Red !important ; font: 12px/1.2 'Segoe UI', \"Arial\"", "color:Red !important;font:12px/1.2 'Segoe UI', &quot;Arial&quot;")]
    [TestCase("width:expression(alert(1));height:1px", "height:1px")]
    [TestCase("width:calc(100% - 2px);color:rgba(0,0,0,.5)", "width:calc(100% - 2px);color:rgba(0,0,0,.5)")]
    [TestCase("color:r\\65 d;margin:0", "margin:0")]
    [TestCase("col/**/or:red;margin/*x*/:0", "margin:0")]
    [TestCase("font-family:\"a;color:red", "")]
    [TestCase("background:url(javascript:alert(1));behavior:url(x);-moz-binding:url(x)", "")]
    [TestCase("color:red}body{color:blue", "")]
    [TestCase("font-family:'a\"b';width:1px", "font-family:'a&quot;b';width:1px")]
    [TestCase("min-height:100vh;height:calc(50.5DVH + 1px);padding:1.vmin;width:100vw;font-family:v1 vhs", "width:100vw;font-family:v1 vhs")]
    [TestCase("mso-line-height-rule:exactly;line-height:20px", "line-height:20px")]
    public void Styles_keep_what_lays_out_as_it_was_written(string style, string expected)
    {
        string html = Clean($"<p style=\"{style.Replace("\"", "&quot;", StringComparison.Ordinal)}\">x</p>").Html;
        Assert.That(html, Is.EqualTo(expected.Length == 0 ? "<p>x</p>" : $"<p style=\"{expected}\">x</p>"));
    }

    [TestCase("p.MsoNormal, li{margin:0;position:fixed}", "p.MsoNormal, li{margin:0}\n")]
    [TestCase("@import url(x);a{color:red}", "a{color:red}\n")]
    [TestCase("@media screen and (max-width:600px){p{color:red;position:fixed}@import url(x);}a:hover{color:blue}", "@media screen and (max-width:600px){p{color:red}\n}\na:hover{color:blue}\n")]
    [TestCase("@media screen{@media print{p{color:red}}}b{color:blue}", "b{color:blue}\n")]
    [TestCase("#outlook a, td#m-x{color:red}", "#m-outlook a, td#m-x{color:red}\n")]
    [TestCase("@font-face{font-family:x;src:url(x)}b{color:red}", "b{color:red}\n")]
    [TestCase("<!-- p{color:red} -->", "p{color:red}\n")]
    [TestCase("a[href^=x]{color:red}b{color:blue}", "b{color:blue}\n")]
    [TestCase("p{color:red", "p{color:red}\n")]
    [TestCase("p{font-family:'</style'}b{color:blue}", "b{color:blue}\n")]
    public void Style_sheets_keep_their_plain_rules(string css, string expected) =>
        Assert.That(Clean($"<html><head><style>{css}</style></head><body><p>x</p>").Html, Is.EqualTo($"<style>{expected}</style><p>x</p>"));

    [Test]
    public void What_was_removed_is_named_once() =>
        Assert.That(Clean("<script>1</script><script>2</script><p onclick=x style='position:fixed'>x</p><a href='javascript:x'>y</a>").Removed,
            Is.EqualTo((string[])["script element", "onclick attribute", "position style", "javascript: address"]));

    [Test]
    public void Everything_from_elsewhere_is_counted()
    {
        const string Html = "<link rel=stylesheet href=https://x.example/a><video poster=//x.example/b><source src=https://x.example/c></video><iframe src=http://x.example/d></iframe><svg><image href=https://x.example/e /></svg>"
            + "<style>@import 'https://x.example/f';@font-face{src:url(https://x.example/g)}</style><p style='list-style-image:url(https://x.example/h)'>x</p>";
        SanitizedHtml clean = Clean(Html, new SanitizeOptions { RemoteImages = true });
        Assert.That(clean.RemoteImages, Is.EqualTo(8));
        Assert.That(clean.Html, Is.EqualTo("<p>x</p>"));
    }

    [Test]
    public void Beyond_the_limits_the_words_remain()
    {
        SanitizedHtml clean = HtmlSanitizer.CleanOrText(string.Concat(Enumerable.Repeat("<div>", 5000)) + "a &lt;b&gt;", new SanitizeOptions());
        Assert.That(clean.Html, Is.EqualTo("<pre>a &lt;b&gt;</pre>"));
        Assert.That(clean.Removed, Is.EqualTo((string[])["formatting beyond the limits"]));
    }

    [Test]
    public void Too_large_or_too_deep_is_refused()
    {
        Assert.That(HtmlSanitizer.Clean(new string('x', HtmlSanitizer.MaxLength + 1), new SanitizeOptions()), Is.Null);
        Assert.That(HtmlSanitizer.Clean(string.Concat(Enumerable.Repeat("<div>", 5000)), new SanitizeOptions()), Is.Null);
        Assert.That(HtmlSanitizer.Clean(string.Concat(Enumerable.Repeat("<a ", 300_000)), new SanitizeOptions()), Is.Null);
        Assert.That(HtmlSanitizer.CleanOutgoing(string.Concat(Enumerable.Repeat("<b>", 5000))), Is.Null);
    }

    [TestCase("<p><a href='https://x.example/'>x</a></p>", "<p><a href=\"https://x.example/\">x</a></p>")]
    [TestCase("<div class=a id=b data-x=y><b style='color:red;position:fixed'>x</b></div>", "<div><b style=\"color:red\">x</b></div>")]
    [TestCase("<img src='cid:a@b' alt=l><img src='https://x.example/a'><img src='blob:x'>", "<img src=\"cid:a@b\" alt=\"l\"><img><img>")]
    [TestCase("<style>p{color:red}</style><section><h1>t</h1></section><script>x</script>", "<h1>t</h1>")]
    public void Outgoing_mail_is_plain_html(string html, string expected) => Assert.That(HtmlSanitizer.CleanOutgoing(html)!.Html, Is.EqualTo(expected));

    [TestCase("<div>Hello<br></div><div><br></div><div>Mina<br></div><div><br></div><div><br></div>", "<div>Hello</div><div><br></div><div>Mina</div>")]
    [TestCase("<div><br></div><div>a<br><br></div>", "<div>a<br><br></div>")]
    [TestCase("<div></div><p>a<span></span><b></b></p><ul></ul>", "<p>a</p>")]
    [TestCase("<div>\u200B<span>a</span> <span style='color:red'>b</span></div>", "<div>a <span style=\"color:red\">b</span></div>")]
    [TestCase("<table><tbody><tr><td></td><td>x<br></td></tr></tbody></table>", "<table><tbody><tr><td></td><td>x</td></tr></tbody></table>")]
    [TestCase("<div><br></div>", "")]
    public void What_the_editor_leaves_behind_is_not_sent(string html, string expected) => Assert.That(HtmlSanitizer.CleanOutgoing(html)!.Html, Is.EqualTo(expected));

    [Test]
    public void Any_soup_of_tags_comes_out_safe_and_stable() => Prop.ForAll(Soup(), html =>
    {
        if (HtmlSanitizer.Clean(html, new SanitizeOptions()) is not { } clean) return true;
        SafeHtml.Check(clean.Html, again => Clean(again).Html);
        string folded = Clean(html, new SanitizeOptions { FoldQuoted = true }).Html;
        SafeHtml.Check(folded, again => Clean(again, new SanitizeOptions { FoldQuoted = true }).Html);
        string outgoing = HtmlSanitizer.CleanOutgoing(html)!.Html;
        SafeHtml.Check(outgoing, again => HtmlSanitizer.CleanOutgoing(again)!.Html);
        return true;
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(1000).WithEndSize(100));

    internal static SanitizedHtml Clean(string html, SanitizeOptions? options = null) => HtmlSanitizer.Clean(html, options ?? new SanitizeOptions())!;

    private static Arbitrary<string> Soup()
    {
        string[] names = ["p", "div", "b", "a", "a href='https://x.example'", "nobr", "font", "table", "tr", "td", "ul", "li", "svg", "math", "mtext", "mglyph", "style", "title", "textarea", "select", "form", "pre", "h1", "img src=x onerror=y", "noscript", "template", "x-y", "caption", "dl", "dd", "button", "body style='color:red'", "blockquote type=cite", "details", "summary", "br", "hr", "span", "div id=divRplyFwdMsg", "p style='border-top:solid'"];
        string[] pieces = [.. names.Select(name => $"<{name}>"), .. names.Select(name => $"</{name.Split(' ')[0]}>"), "x", "\n", "<!--", "-->", "<![CDATA[", "]]>", "&lt;script&gt;", "p{color:red}", "\0", "On 3 May 2023 at 10:00 Mina wrote:", "-- ", "From: a@b.example<br>To: x<br>Subject: y"];
        return Gen.Elements(pieces).ListOf().Select(parts => string.Concat(parts)).ToArbitrary();
    }
}
