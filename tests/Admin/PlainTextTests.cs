using FsCheck;
using FsCheck.Fluent;
using MailInbox.Admin.Conversations.Messages;

namespace MailInbox.Tests.Admin;

public class PlainTextTests
{
    [TestCase("see https://example.com/a?b=1, please", "https://example.com/a?b=1")]
    [TestCase("(http://example.com/x)", "http://example.com/x")]
    [TestCase("http://example.com/x_(y)", "http://example.com/x_(y)")]
    [TestCase("write to mailto:mina@example.com.", "mailto:mina@example.com")]
    [TestCase("HTTPS://EXAMPLE.COM/A!", "HTTPS://EXAMPLE.COM/A")]
    public void A_link_is_found_without_the_marks_around_it(string text, string link) =>
        Assert.That(Links(text), Is.EqualTo([link]));

    [TestCase("javascript:alert(1)")]
    [TestCase("data:text/html,x")]
    [TestCase("https://")]
    [TestCase("xhttps://example.com")]
    [TestCase("ratio 3:4, at 10:15")]
    public void What_is_no_web_or_mail_address_stays_text(string text) => Assert.That(Links(text), Is.Empty);

    [Test]
    public void No_character_is_lost_or_added() =>
        Prop.ForAll<string?>(text =>
            string.Concat(PlainText.Pieces((text ?? "") + "https://e.example " + text).Select(p => p.Text)) == (text ?? "") + "https://e.example " + text)
            .QuickCheckThrowOnFailure();

    [Test]
    public void A_flood_of_links_and_marks_stays_within_the_limits()
    {
        string text = string.Concat(Enumerable.Repeat("http://a.example/" + new string(')', 3_000) + " ", 3_000));
        Assert.That(string.Concat(PlainText.Pieces(text).Select(p => p.Text)), Is.EqualTo(text));
    }

    private static string[] Links(string text) => [.. PlainText.Pieces(text).Where(p => p.Address is not null).Select(p => p.Address!)];
}
