using MailInbox.Mail.Mime.Composing;

namespace MailInbox.Tests.Mime;

public sealed class MailAddressTextTests
{
    [TestCase("", "")]
    [TestCase(" , ;\n", "")]
    [TestCase("c@d.example", "c@d.example")]
    [TestCase("Mina <a@b.example>, c@d.example", "Mina <a@b.example>|c@d.example")]
    [TestCase("\"Doe, Jo\" <e@f.example>; <g@h.example>\nmailto:i@j.example,", "Doe, Jo <e@f.example>|g@h.example|i@j.example")]
    [TestCase("Jürgen Groß <j@größe.example>", "Jürgen Groß <j@größe.example>")]
    [TestCase("\"a \\\"b\\\"\" <x@y.example>", "a \"b\" <x@y.example>")]
    [TestCase("Doe (Sales) <x@y.example>", "Doe (Sales) <x@y.example>")]
    public void What_is_typed_becomes_addresses(string typed, string expected)
    {
        var addresses = MailAddressText.Parse(typed, out string? error);
        Assert.That(error, Is.Null);
        Assert.That(string.Join('|', addresses), Is.EqualTo(expected));
    }

    [TestCase("Mina, c@d.example", "Mina")]
    [TestCase("c@d.example, broken@", "broken@")]
    [TestCase("a b@c.example", "a b@c.example")]
    [TestCase("Mina <a@b.example", "Mina <a@b.example")]
    [TestCase("\"open <a@b.example>\\", "\"open <a@b.example>\\")]
    public void The_words_say_which_part_is_wrong(string typed, string part)
    {
        var addresses = MailAddressText.Parse(typed, out string? error);
        Assert.That(addresses, Is.Empty);
        Assert.That(error, Is.EqualTo($"“{part}” is not an e-mail address."));
    }

    [Test]
    public void A_field_holds_no_more_than_its_limit()
    {
        MailAddressText.Parse(string.Join(',', Enumerable.Range(0, 501).Select(i => $"a{i}@b.example")), out string? error);
        Assert.That(error, Is.EqualTo("More than 500 addresses."));
    }
}
