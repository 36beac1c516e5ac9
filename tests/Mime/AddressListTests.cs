using FsCheck;
using FsCheck.Fluent;
using MailInbox.Mail.Mime.Headers;

namespace MailInbox.Tests.Mime;

public sealed class AddressListTests
{
    [TestCase("Anna <a@b.example,c@d.example>, e@f.example", "Anna <a@b.example>|c@d.example|e@f.example")]
    [TestCase("<not an address>", "not an address")]
    [TestCase("Anna <a @ b.example>", "Anna <a@b.example>")]
    [TestCase("Anna (Sales) <a@b.example>", "Anna (Sales) <a@b.example>")]
    [TestCase("Anna <a@b.example> (Sales) (Berlin)", "Anna (Sales Berlin) <a@b.example>")]
    [TestCase("(Sales) Anna <a@b.example>", "Anna (Sales) <a@b.example>")]
    [TestCase("a(x)@b.example", "x <a@b.example>")]
    [TestCase("a@b.example ()", "a@b.example")]
    [TestCase("a@b.example (nested (deep) one)", "nested (deep) one <a@b.example>")]
    [TestCase("a@b.example (closing \\) inside)", "closing ) inside <a@b.example>")]
    [TestCase("a@b.example (=?utf-8?Q?J=C3=B6rg?=)", "Jörg <a@b.example>")]
    [TestCase("Jörg <a@b.example> (=?iso-8859-1?Q?M=FCnchen?=)", "Jörg (München) <a@b.example>")]
    [TestCase("Anna (unclosed <a@b.example>", "Anna (unclosed <a@b.example>")]
    [TestCase("Anna (unclosed <a@b.example>, c@d.example (Carl)", "Anna (unclosed <a@b.example>|Carl <c@d.example>")]
    [TestCase("\"Anna <a@b.example>", "Anna <a@b.example>")]
    [TestCase("Anna\" <a@b.example>", "Anna <a@b.example>")]
    [TestCase("\"Anna\"<a@b.example>", "Anna <a@b.example>")]
    [TestCase("\"Anna\" a@b.example", "Anna <a@b.example>")]
    [TestCase("\"a@b.example\"", "a@b.example")]
    [TestCase("'a@b.example'", "a@b.example")]
    [TestCase("'Anna' <'a@b.example'>", "'Anna' <a@b.example>")]
    [TestCase("\"a@b.example\" <a@b.example>", "a@b.example <a@b.example>")]
    [TestCase("\"A \\\"B\\\" C\" <a@b.example>", "A \"B\" C <a@b.example>")]
    [TestCase("\"back\\\\slash\" <a@b.example>", "back\\slash <a@b.example>")]
    [TestCase("A \"B\" C <a@b.example>", "A B C <a@b.example>")]
    [TestCase("\"\" <a@b.example>", "a@b.example")]
    [TestCase("\" \" <a@b.example>", "a@b.example")]
    [TestCase("John Q. Public <j@b.example>", "John Q. Public <j@b.example>")]
    [TestCase("J.R. <j@b.example>", "J.R. <j@b.example>")]
    [TestCase("Doe, John <j@b.example>, Roe, Jane <r@b.example>", "Doe, John <j@b.example>|Roe, Jane <r@b.example>")]
    [TestCase(",,a@b.example,,", "a@b.example")]
    [TestCase("a@b.example,\tc@d.example", "a@b.example|c@d.example")]
    [TestCase("a@b.example;c@d.example;", "a@b.example|c@d.example")]
    [TestCase("<a@b.example>c@d.example", "c@d.example <a@b.example>")]
    [TestCase("<a@b.example> <c@d.example>", "c@d.example")]
    [TestCase("Anna <<a@b.example>", "Anna <a@b.example>")]
    [TestCase("Anna <a@b.example>>", "Anna <a@b.example>")]
    [TestCase("Anna < a @ b.example >", "Anna <a@b.example>")]
    [TestCase("Anna <a@b .example>", "Anna <a@b.example>")]
    [TestCase("Anna <>", "Anna <>")]
    [TestCase("Anna <a>", "Anna <a>")]
    [TestCase("<a@b.example>@c", "@c <a@b.example>")]
    [TestCase("Anna <@one:a@b.example>", "Anna <a@b.example>")]
    [TestCase("Anna <@one,@two:a@b.example>", "Anna <a@b.example>")]
    [TestCase("@one:a@b.example", "a@b.example")]
    [TestCase("mailto:a@b.example", "a@b.example")]
    [TestCase("<mailto:a@b.example>", "mailto:a@b.example")]
    [TestCase("https://b.example/x", "https://b.example/x")]
    [TestCase("\"first\".\"last\"@b.example", "\"first\".\"last\"@b.example")]
    [TestCase("\"first\" . last @ b . example", "\"first\".last@b.example")]
    [TestCase("first(x).(y)last@b.example", "x y <first.last@b.example>")]
    [TestCase("(a)x(b)@(c)y.example(d)", "a b c d <x@y.example>")]
    [TestCase("\"a,b\"@b.example, c@d.example", "\"a,b\"@b.example|c@d.example")]
    [TestCase("\"a@b\"@c.example", "\"a@b\"@c.example")]
    [TestCase("\"a b\"@c.example", "\"a b\"@c.example")]
    [TestCase("a@[192.0.2.1]", "a@[192.0.2.1]")]
    [TestCase("a@[IPv6:2001:db8::1], b@c.example", "a@[IPv6:2001:db8::1]|b@c.example")]
    [TestCase("user@host:25", "user@host:25")]
    [TestCase("jörg@bücher.example, 用户@例子.广告", "jörg@bücher.example|用户@例子.广告")]
    [TestCase("Jörg <jörg@xn--bcher-kva.example>", "Jörg <jörg@xn--bcher-kva.example>")]
    [TestCase("=?utf-8?B?SsO2cmc=?= <a@b.example>", "Jörg <a@b.example>")]
    [TestCase("\"=?utf-8?B?SsO2cmc=?=\" <a@b.example>", "Jörg <a@b.example>")]
    [TestCase("=?utf-8?B?SsO2cmc=?=<a@b.example>", "Jörg <a@b.example>")]
    [TestCase("=?utf-8?Q?a?= =?utf-8?Q?b?= C <a@b.example>", "ab C <a@b.example>")]
    [TestCase("=?utf-8?Q?Doe=2C_J=C3=B6rg?= <a@b.example>, x@y.example", "Doe, Jörg <a@b.example>|x@y.example")]
    [TestCase("=?utf-8?Q?Doe <a@b.example>?= <c@d.example>", "Doe <a@b.example> <c@d.example>")]
    [TestCase("=?utf-8?Q?Anna_=3Ca=40b=2Eexample=3E?=", "Anna <a@b.example>")]
    [TestCase("=?utf-8?Q?a=40b=2Eexample?=", "a@b.example")]
    [TestCase("[Team] Anna <a@b.example>", "[Team] Anna <a@b.example>")]
    [TestCase("[SPAM]=?utf-8?Q?J=C3=B6rg?= <a@b.example>", "[SPAM] Jörg <a@b.example>")]
    [TestCase("Anna [a@b.example]", "Anna <[a@b.example]>")]
    [TestCase("MAILER-DAEMON (Mail Delivery System)", "Mail Delivery System <MAILER-DAEMON>")]
    [TestCase("root", "root")]
    [TestCase("Anna a@b.example Bob c@d.example", "Anna <a@b.example>|Bob <c@d.example>")]
    [TestCase("a@b.example\t(Anna)", "Anna <a@b.example>")]
    [TestCase("  a@b.example  ", "a@b.example")]
    [TestCase("Anna\0 <a\0@b.example>", "Anna <a@b.example>")]
    [TestCase("a@b@c.example", "a@b@c.example")]
    [TestCase("a.@b.example, .a@b.example, a..b@c.example", "a.@b.example|.a@b.example|a..b@c.example")]
    [TestCase("\"  James\" <a@b.example>", "  James <a@b.example>")]
    public void Mailboxes_are_read(string value, string expected) =>
        Assert.That(string.Join('|', AddressList.Parse(value)), Is.EqualTo(expected));

    [TestCase("a@b.example, c@d.example", ": a@b.example, c@d.example")]
    [TestCase("Team: a@b.example, C <c@d.example>;", "Team: a@b.example, C <c@d.example>")]
    [TestCase("Team:;", "Team: ")]
    [TestCase("Team: ;, Other: a@b.example;", "Team: ; Other: a@b.example")]
    [TestCase("x@y.example, Team: a@b.example; c@d.example", ": x@y.example; Team: a@b.example; : c@d.example")]
    [TestCase("Team (all): a@b.example;", "Team (all): a@b.example")]
    [TestCase("\"My: Team\": a@b.example;", "My: Team: a@b.example")]
    [TestCase("=?utf-8?Q?B=C3=BCro?=: a@b.example;", "Büro: a@b.example")]
    [TestCase("Team: a@b.example", "Team: a@b.example")]
    [TestCase("Outer: a@b.example, Inner: c@d.example; e@f.example; g@h.example", "Outer: a@b.example; Inner: c@d.example; Outer: e@f.example; : g@h.example")]
    [TestCase("Team:a@b.example;Team2:c@d.example;", "Team: a@b.example; Team2: c@d.example")]
    [TestCase("", "")]
    public void Groups_are_kept(string value, string expected) =>
        Assert.That(string.Join("; ", AddressList.Groups(value).Select(g => $"{g.Name}: {string.Join(", ", g.Mailboxes)}")), Is.EqualTo(expected));

    [Test]
    public void Groups_hold_the_mailboxes_of_the_flat_list() =>
        Prop.ForAll(Gen.Elements("a@b.example", "A <c@d.example>", "Team:", ";", ",", " ", "(x)", "\"", "\\", "<", ">", "@", ":", "=?utf-8?Q?a?=", "word", "[", "]").ListOf().Select(string.Concat).ToArbitrary(), text =>
            AddressList.Groups(text).SelectMany(g => g.Mailboxes).SequenceEqual(AddressList.Parse(text))).QuickCheckThrowOnFailure();

    /// <summary>The short way for plain mailboxes and the long way agree: a comment without words forces the long one.</summary>
    [Test]
    public void Plain_mailboxes_read_alike_on_both_ways() =>
        Prop.ForAll(Gen.Elements("Anna", "B.", "=?utf-8?Q?J=C3=B6rg?=", "O'Neil", "x", "\"Q u\"").NonEmptyListOf().Select(w => string.Join(' ', w)).ToArbitrary(), name =>
            AddressList.Parse($"{name} <a@b.example>, c@d.example").SequenceEqual(AddressList.Parse($"(){name} <a@b.example>, ()c@d.example"))).QuickCheckThrowOnFailure();
}
