namespace MailInbox.Tests.Smtp;

/// <summary>The classic ways to ask a server to pass mail on: a server that knows one address takes none of them.</summary>
public class SmtpRelayTests
{
    [TestCase("<victim@other.example>")]
    [TestCase("<victim%other.example@example.com>")]
    [TestCase("<support%example.com@other.example>")]
    [TestCase("<\"victim@other.example\"@example.com>")]
    [TestCase("<\"victim%other.example\"@example.com>")]
    [TestCase("<\"other.example!victim\"@example.com>")]
    [TestCase("<@example.com:victim@other.example>")]
    [TestCase("<@example.com,@b.example:victim@other.example>")]
    [TestCase("<@other.example:support@example.com>")]
    [TestCase("<other.example!victim>")]
    [TestCase("<other.example!victim@example.com>")]
    [TestCase("<example.com!victim@other.example>")]
    [TestCase("<victim@other.example@example.com>")]
    [TestCase("<support@example.com@other.example>")]
    [TestCase("<victim@[127.0.0.1]>")]
    [TestCase("<support@[192.0.2.1]>")]
    [TestCase("<victim@other.example%example.com>")]
    [TestCase("<\"victim\"@other.example>")]
    [TestCase("<victim>")]
    [TestCase("<victim%other.example>")]
    [TestCase("<\"victim@other.example\">")]
    [TestCase("<\"support@example.com\"@other.example>")]
    [TestCase("<\"support@example.com\">")]
    [TestCase("<>")]
    [TestCase("<support@ex\xe4mple.com>")]
    [TestCase("<support@\xd0\xb5xample.com>")]
    [TestCase("<support@example.com.other.example>")]
    [TestCase("<support@example.com..>")]
    [TestCase("<support@.example.com>")]
    [TestCase("<support @example.com>")]
    [TestCase("<support@example.com\0.other.example>")]
    [TestCase("victim@other.example")]
    [TestCase("<support@example.com> <victim@other.example>")]
    [TestCase("<support@example.com>,<victim@other.example>")]
    [TestCase("victim@other.example <support@example.com>")]
    public async Task Relaying_is_refused(string recipient)
    {
        await using LiveServer live = LiveServer.Start();
        using SmtpTalk talk = await live.Greet();
        await talk.Ask("MAIL FROM:<>");
        Assert.That(await talk.Ask($"RCPT TO:{recipient}"), Does.StartWith("5"));
        Assert.That(await talk.Ask("DATA"), Does.StartWith("554 5.5.1"));
    }

    [TestCase("<support@example.com>")]
    [TestCase("<\"support\"@Example.COM.>")]
    [TestCase("support@example.com")]
    public async Task Our_address_is_taken_in_all_its_spellings(string recipient)
    {
        await using LiveServer live = LiveServer.Start();
        using SmtpTalk talk = await live.Greet();
        await talk.Ask("MAIL FROM:<>");
        Assert.That(await talk.Ask($"RCPT TO:{recipient}"), Is.EqualTo("250 2.1.5 Ok"));
    }
}
