using MailInbox.Mail.Mime.Html;
using MailInbox.Tests.Mime;
using Microsoft.Playwright;

namespace MailInbox.Tests.Browser;

/// <summary>Random HTML, cleaned, in the parser of a browser: the sanitizer's own parser may not be the only witness.</summary>
public sealed class SanitizerSoupTests
{
    private const int Rounds = 4;
    private const int PerRound = 1500;

    private static readonly string[] Elements =
        ("p div b i a nobr font table tbody tr td th caption colgroup col ul ol li dl dd svg math mtext mi mglyph malignmark annotation-xml foreignObject desc title style script textarea select option form button input pre "
        + "listing h1 img noscript noembed noframes iframe template xmp plaintext details summary blockquote center body html frameset marquee object ruby rt image video source use animate link meta base dialog x-y").Split(' ');

    private static readonly string[] Attributes =
    [
        "href=javascript:alert(1)", "href=https://x.example/a", "src=//x.example/a", "src=cid:x", "srcset='//x.example/a 2x'", "background=//x.example/a", "onerror=alert(1)", "xlink:href=//x.example/a", "formaction=//x.example", "ping=//x.example", "id=location",
        "name=cookie", "class=quoted", "is=x-y", "slot=x", "shadowrootmode=open", "srcdoc='<script>alert(1)</script>'", "encoding=text/html", "title='--><img src=//x.example/b>'", "alt='</style><img src=//x.example/c>'", "title='</title><img src=//x.example/d>'",
        "style='background:url(//x.example/e)'", "style='background:u\\72l(//x.example/f)'", "style='position:fixed;inset:0'", "style='--a:url(//x.example/g);background:var(--a)'", "style=\"background:image-set('//x.example/h' 1x)\"", "style='list-style:url(//x.example/i);content:url(//x.example/j)'", "popover", "http-equiv=refresh content='0;//x.example'",
    ];

    private static readonly string[] Pieces =
    [
        "x", "\n", "<!--", "-->", "--!>", "<![CDATA[", "]]>", "<?x", "<!doctype html>", "&lt;script&gt;", "\0", "</", "<", ">", "\"", "'", "</p>", "</br>", "<style>p{background:url(//x.example/k)}</style>", "<style>@import '//x.example/l';p{position:fixed}</style>",
        "<style>p{mask:url(//x.example/m);cursor:url(//x.example/n),auto}", "<style>@media screen{p{background:url(//x.example/o)}}</style>", "<style>@font-face{font-family:y;src:url(//x.example/p)}*{font-family:y}</style>", "On 3 May 2023 at 10:00 Mina wrote:", "-- <br>",
    ];

    /// <summary>Reads each text by both ways in, writes it and reads it again; whatever would load breaks the page's policy and is told.</summary>
    private const string Look = """
        async ([texts, tags, names]) => {
          const known = new Set(tags), listed = new Set(names), bad = [];
          let now = '';
          document.addEventListener('securitypolicyviolation', event => bad.push(`loads ${event.blockedURI} near ${now}`));
          const check = (root, text) => {
            for (const element of root.querySelectorAll('*')) {
              if (element.namespaceURI !== 'http://www.w3.org/1999/xhtml' || !known.has(element.localName) || element.shadowRoot) bad.push(`<${element.localName}> in ${text}`);
              for (const attribute of element.attributes) if (!listed.has(attribute.name)) bad.push(`${attribute.name} in ${text}`);
              if (element.localName === 'a' && element.href && !/^(https?|mailto|tel):/.test(element.href)) bad.push(`${element.href} in ${text}`);
            }
          };
          const plainly = text => text.replace(/(<pre[^>]*>)\n+/g, '$1');
          for (const text of texts) {
            now = text;
            check(new DOMParser().parseFromString(`<!doctype html><body>${text}`, 'text/html').body, text);
            const shown = document.createElement('div'), again = document.createElement('div');
            shown.innerHTML = text;
            check(shown, text);
            again.innerHTML = shown.innerHTML;
            if (plainly(again.innerHTML) !== plainly(shown.innerHTML)) bad.push(`changes: ${text}`);
            document.body.replaceChildren(shown);
            for (const element of shown.querySelectorAll('*')) if (getComputedStyle(element).position !== 'static') bad.push(`position in ${text}`);
            await Promise.resolve();
          }
          await new Promise(done => setTimeout(done, 50));
          return bad.slice(0, 20);
        }
        """;

    [Test]
    public async Task A_browser_reads_in_what_is_clean_only_what_is_on_the_list()
    {
        await using BrowserSession browser = await BrowserSession.Start();
        await browser.Context.RouteAsync("**/*", route => route.FulfillAsync(new RouteFulfillOptions
        {
            ContentType = "text/html",
            Headers = new Dictionary<string, string> { ["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; img-src data:" },
            Body = "<!doctype html><body></body>",
        }));
        await browser.Page.GotoAsync("http://bare.example/");
        string[] tags = [.. HtmlSanitizerRules.Received.Tags, "style"];
        string[] names = [.. HtmlSanitizerRules.Received.Attributes, "href", "src", "style", "background", "id", "class", "title", "target", "rel"];
        for (int round = 0; round < Rounds; round++)
        {
            var random = new Random(round);
            string[] soups = [.. Enumerable.Range(0, PerRound).Select(_ => Soup(random))];
            Assert.That(await Bad(soups.Select(soup => HtmlSanitizerTests.Clean(soup, new SanitizeOptions { FoldQuoted = round % 2 == 1 }).Html), browser.Page, tags, names), Is.Empty);
            if (round == 0) Assert.That(await Bad(soups.Take(50), browser.Page, tags, names), Is.Not.Empty, "the page notices");
        }
    }

    private static Task<string[]> Bad(IEnumerable<string> texts, IPage page, string[] tags, string[] names) => page.EvaluateAsync<string[]>(Look, new object[] { texts.ToArray(), tags, names });

    private static string Soup(Random random) => string.Concat(Enumerable.Range(0, random.Next(2, 25)).Select(_ => Token(random)));

    private static string Token(Random random)
    {
        string element = Elements[random.Next(Elements.Length)];
        return random.Next(10) switch
        {
            < 5 => $"<{element}{string.Concat(Enumerable.Range(0, random.Next(3)).Select(_ => " " + Attributes[random.Next(Attributes.Length)]))}>",
            < 8 => $"</{element}>",
            _ => Pieces[random.Next(Pieces.Length)],
        };
    }
}
