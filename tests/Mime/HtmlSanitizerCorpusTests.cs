using System.Text.Json;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using MailInbox.Mail.Mime;
using MailInbox.Mail.Mime.Html;
using MailInbox.Tests.Support;

namespace MailInbox.Tests.Mime;

public sealed class HtmlSanitizerCorpusTests
{
    [Test]
    public void No_injection_of_the_corpus_gets_through()
    {
        List<string> payloads = Payloads();
        Assert.That(payloads, Has.Count.GreaterThan(200));
        foreach (string payload in payloads) IsSafe(payload);
    }

    [Test]
    public void No_vector_of_ours_gets_through()
    {
        Assert.That(HtmlVectors.All, Has.Count.GreaterThan(400));
        foreach (string vector in HtmlVectors.All) IsSafe(vector);
    }

    [TestCase("spam/spamassassin/ham-hard", 60)]
    [TestCase("spam/spamassassin/spam", 200)]
    public void Real_mail_is_safe_and_says_what_it_said(string folder, int atLeast)
    {
        int seen = 0;
        var differing = new List<string>();
        foreach (string html in RealHtml(folder))
        {
            if (HtmlSanitizer.Clean(html, new SanitizeOptions()) is not { } clean) continue;
            IsSafe(html);
            if (Words(clean.Html) != Words(html)) differing.Add(html[..Math.Min(html.Length, 80)]);
            seen++;
        }
        Assert.That(seen, Is.GreaterThan(atLeast));
        Assert.That(differing, Is.Empty);
    }

    [Test]
    public void Real_mail_keeps_its_tables_and_styles()
    {
        int tables = 0, widths = 0;
        foreach (string html in RealHtml("spam/spamassassin/ham-hard"))
        {
            if (HtmlSanitizer.Clean(html, new SanitizeOptions()) is not { } clean) continue;
            using IDocument before = new HtmlParser(HtmlSanitizer.Parsing).ParseDocument(html), after = new HtmlParser().ParseDocument(clean.Html);
            foreach (string what in (string[])["table", "td", "td[width]", "table[width]", "td[align]", "[bgcolor]", "table[cellpadding]", "font[size]", "td[colspan]"])
            {
                int kept = after.QuerySelectorAll(what).Length, there = before.Body!.QuerySelectorAll(what).Count(e => e.Closest("select,noframes,object") is null);
                Assert.That(kept, Is.EqualTo(there), what);
                if (what == "table") tables += kept;
                if (what == "td[width]") widths += kept;
            }
        }
        Assert.That(tables, Is.GreaterThan(500));
        Assert.That(widths, Is.GreaterThan(500));
    }

    internal static List<string> Payloads()
    {
        using JsonDocument cases = JsonDocument.Parse(File.ReadAllText(Path.Combine(Corpus.Require("html/dompurify"), "expect.json")));
        return [.. cases.RootElement.EnumerateArray().Select(item => item.GetProperty("payload").GetString()!)];
    }

    internal static IEnumerable<string> RealHtml(string folder)
    {
        foreach (string file in Directory.GetFiles(Corpus.Require(folder)).Order(StringComparer.Ordinal))
        {
            byte[] bytes = File.ReadAllBytes(file);
            MimeMessage mail = MimeParser.Parse(bytes.AsMemory(Array.IndexOf(bytes, (byte)'\n') + 1));
            foreach (MimePart part in mail.HtmlBody.Where(part => part.Type.Media == "text/html")) yield return part.Text();
        }
    }

    private static void IsSafe(string html)
    {
        Assert.That(HtmlSanitizer.Clean(html, new SanitizeOptions()), Is.Not.Null, html);
        Assert.That(() => SafeHtml.Check(HtmlSanitizerTests.Clean(html).Html, again => HtmlSanitizerTests.Clean(again).Html), Throws.Nothing, html);
        Assert.That(() => SafeHtml.Check(HtmlSanitizer.CleanOutgoing(html)!.Html, again => HtmlSanitizer.CleanOutgoing(again)!.Html), Throws.Nothing, html);
    }

    /// <summary>What a reader sees: text without white space, scripts and the choices of forms.</summary>
    private static string Words(string html)
    {
        using IDocument document = new HtmlParser(HtmlSanitizer.Parsing).ParseDocument(html);
        foreach (IElement element in document.Body!.QuerySelectorAll("script,style,noframes,noembed,select,option,object,applet,iframe,title,template,xml,svg,math,frameset,datalist,audio,video,map").ToList()) element.Remove();
        return string.Concat(document.Body.TextContent.Where(c => !(char.IsWhiteSpace(c) || char.IsControl(c) || c == '\uFFFD')));
    }
}
