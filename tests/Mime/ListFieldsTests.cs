using MailInbox.Mail.Mime.Headers;

namespace MailInbox.Tests.Mime;

public sealed class ListFieldsTests
{
    [TestCase("Friends of talk <talk.example.org>", "talk.example.org", "Friends of talk")]
    [TestCase("\"Friends of \\\"talk\\\"\" <Talk.Example.ORG>", "talk.example.org", "Friends of \"talk\"")]
    [TestCase("=?utf-8?Q?Freunde_f=C3=BCr_alle?= <talk.example.org>", "talk.example.org", "Freunde für alle")]
    [TestCase("<talk.example.org>", "talk.example.org", "")]
    [TestCase("talk.example.org", "talk.example.org", "")]
    [TestCase("(a list) <talk.example.org> ", "talk.example.org", "")]
    [TestCase("Friends <of> talk <talk.example.org>", "talk.example.org", "Friends <of> talk")]
    [TestCase("Friends <talk.example.org", "friends <talk.example.org", "Friends")]
    public void Identifier_and_name_are_read(string value, string id, string name)
    {
        var list = ListFields.Of(Mails.Parse($"List-Id: {value}\n\n").Headers);
        Assert.That((list.Id, list.Name), Is.EqualTo((id, name)));
    }

    [TestCase("<mailto:u@example.org>", "mailto:u@example.org")]
    [TestCase("<mailto:u@example.org?subject=x>, <https://example.org/u>", "mailto:u@example.org?subject=x|https://example.org/u")]
    [TestCase("(by mail) <mailto:u@example.org> (or) , <https://example.org/u> (here)", "mailto:u@example.org|https://example.org/u")]
    [TestCase("<https://example.org/\r\n  u?id=1>", "https://example.org/u?id=1")]
    [TestCase("<https://example.org/a,b>", "https://example.org/a,b")]
    [TestCase("https://example.org/u, mailto:u@example.org", "https://example.org/u|mailto:u@example.org")]
    [TestCase("<mailto:u@example.org", "")]
    [TestCase("<>", "")]
    [TestCase("NO", "")]
    [TestCase("u@example.org", "")]
    public void Unsubscribe_addresses_are_read(string value, string expected)
    {
        var list = ListFields.Of(Mails.Parse($"List-Unsubscribe: {value}\r\n\r\n").Headers);
        Assert.That(string.Join('|', list.UnsubscribeAddresses), Is.EqualTo(expected));
        Assert.That((list.Unsubscribe, list.OneClick), Is.EqualTo((true, "")));
    }

    [TestCase("List-Unsubscribe=One-Click", "<mailto:u@example.org>, <https://example.org/u>", "https://example.org/u")]
    [TestCase("list-unsubscribe=one-click ", "<HTTPS://example.org/u>", "HTTPS://example.org/u")]
    [TestCase("List-Unsubscribe=One-Click", "<mailto:u@example.org>", "")]
    [TestCase("List-Unsubscribe=One-Click", "<http://example.org/u>", "")]
    [TestCase("Something", "<https://example.org/u>", "")]
    public void One_click_needs_its_word_and_a_safe_address(string post, string unsubscribe, string expected) =>
        Assert.That(ListFields.Of(Mails.Parse($"List-Unsubscribe-Post: {post}\nList-Unsubscribe: {unsubscribe}\n\n").Headers).OneClick, Is.EqualTo(expected));

    [TestCase("<mailto:talk@example.org>", "talk@example.org")]
    [TestCase("<mailto:talk@example.org?subject=x> (post here)", "talk@example.org")]
    [TestCase("NO (posting not allowed)", "NO")]
    [TestCase("talk@example.org", "talk@example.org")]
    public void The_address_to_post_to_is_read(string value, string expected) =>
        Assert.That(ListFields.Of(Mails.Parse($"List-Post: {value}\n\n").Headers).Post, Is.EqualTo(expected));

    [TestCase("auto-replied", "auto-replied", "")]
    [TestCase("Auto-Generated (by cron)", "auto-generated", "")]
    [TestCase("(x) auto-notified; owner-email=\"a@b.example\"; owner-token=af3NN2pK", "auto-notified", "owner-email=a@b.example owner-token=af3NN2pK")]
    [TestCase("auto-replied; type=vacation (away)", "auto-replied", "type=vacation")]
    [TestCase("no", "no", "")]
    [TestCase("", "", "")]
    public void Automatic_mail_is_told_with_its_parameters(string value, string keyword, string parameters)
    {
        var headers = Mails.Parse($"Auto-Submitted: {value}\n\n").Headers;
        Assert.That(AutoSubmitted.Keyword(headers), Is.EqualTo(keyword));
        Assert.That(string.Join(' ', AutoSubmitted.Parameters(headers).Select(p => $"{p.Key}={p.Value}")), Is.EqualTo(parameters));
        Assert.That(AutoSubmitted.IsAutomatic(headers), Is.EqualTo(keyword.Length > 3));
    }

    [Test]
    public void Of_fields_that_come_twice_the_first_decides_and_all_are_kept()
    {
        var mail = Mails.Parse("From: a@b.example, C <c@d.example>\nFrom: e@f.example\nSubject: one\nSubject: two\nTo: g@h.example\nTo: i@j.example\n"
            + "Date: Mon, 3 Nov 2025 10:20:30 +0100\nDate: Tue, 4 Nov 2025 10:20:30 +0100\nMessage-ID: <1@x>\nMessage-ID: <2@x>\n\n");
        Assert.Multiple(() =>
        {
            Assert.That(string.Join('|', mail.From), Is.EqualTo("a@b.example|C <c@d.example>"));
            Assert.That(mail.Headers.All("from").Select(f => f.Text), Is.EqualTo(["a@b.example, C <c@d.example>", "e@f.example"]));
            Assert.That((mail.Subject, mail.MessageId, mail.Date?.Day), Is.EqualTo(("one", "1@x", 3)));
            Assert.That(mail.Headers.Texts("Subject"), Is.EqualTo(["one", "two"]));
            Assert.That(string.Join('|', mail.To), Is.EqualTo("g@h.example|i@j.example"), "recipients are those of all fields");
        });
    }
}
