using System.Text.Json;
using MailInbox.Mail.Mime.Html;
using MailInbox.Tests.Support;

namespace MailInbox.Tests.Mime;

public sealed class HtmlSanitizerCorpusTests
{
    [Test]
    public void No_injection_of_the_corpus_gets_through()
    {
        using JsonDocument cases = JsonDocument.Parse(File.ReadAllText(Path.Combine(Corpus.Require("html/dompurify"), "expect.json")));
        int seen = 0;
        foreach (JsonElement item in cases.RootElement.EnumerateArray())
        {
            string payload = item.GetProperty("payload").GetString()!;
            SanitizedHtml? clean = HtmlSanitizer.Clean(payload, new SanitizeOptions());
            Assert.That(clean, Is.Not.Null, payload);
            Assert.That(() => SafeHtml.Check(clean!.Html, html => HtmlSanitizerTests.Clean(html).Html), Throws.Nothing, payload);
            string outgoing = HtmlSanitizer.CleanOutgoing(payload)!.Html;
            Assert.That(() => SafeHtml.Check(outgoing, html => HtmlSanitizer.CleanOutgoing(html)!.Html), Throws.Nothing, payload);
            seen++;
        }
        Assert.That(seen, Is.GreaterThan(200));
    }
}
