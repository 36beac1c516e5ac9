using MailInbox.Mail.Smtp;

namespace MailInbox.Tests.Smtp;

public class SmtpSessionTests
{
    [Test]
    public async Task A_message_arrives_as_it_was_sent()
    {
        await using LiveServer live = LiveServer.Start();
        using SmtpTalk talk = await live.OpenData();
        Assert.That(await talk.Ask("Subject: x\r\n\r\n..dot\r\nend\r\n."), Is.EqualTo("250 2.0.0 Stored"));
        Assert.That(await talk.Ask("QUIT"), Is.EqualTo("221 2.0.0 Bye"));
        Assert.That(await talk.Hear(), Is.Empty);
        (Envelope envelope, string text) = live.Receiver.Mails.Single();
        Assert.Multiple(() =>
        {
            Assert.That(text, Is.EqualTo("Subject: x\r\n\r\n.dot\r\nend\r\n"));
            Assert.That(envelope.From.Address, Is.EqualTo("a@b.example"));
            Assert.That(envelope.Recipients.Single().Address, Is.EqualTo("support@example.com"));
            Assert.That(envelope.Helo, Is.EqualTo("client.example"));
            Assert.That(envelope.Client.Address.ToString(), Is.EqualTo("127.0.0.1"));
        });
    }

    [Test]
    public async Task Ehlo_offers_what_the_server_can_do()
    {
        await using LiveServer live = LiveServer.Start();
        using SmtpTalk talk = await live.Dial();
        Assert.That(await talk.Ask("EHLO client.example"), Is.EqualTo(
            "250-mx.example.com\n250-PIPELINING\n250-SIZE 52428800\n250-8BITMIME\n250 ENHANCEDSTATUSCODES"));
    }

    [TestCase("HELO client.example", "250 mx.example.com")]
    [TestCase("ehlo", "501 5.5.4 ")]
    [TestCase("NOOP anything", "250 2.0.0 ")]
    [TestCase("RSET", "250 2.0.0 ")]
    [TestCase("RSET now", "501 5.5.4 ")]
    [TestCase("VRFY support", "252 2.5.0 ")]
    [TestCase("EXPN list", "502 5.5.1 ")]
    [TestCase("HELP", "214 2.0.0 ")]
    [TestCase("quit", "221 2.0.0 ")]
    [TestCase("BDAT 3 LAST", "500 5.5.2 ")]
    [TestCase("STARTTLS", "500 5.5.2 ")]
    [TestCase("", "500 5.5.2 ")]
    [TestCase("NOOP a\0b", "501 5.5.2 ")]
    [TestCase("NOOP a\x07", "501 5.5.2 ")]
    [TestCase("MAIL FROM:<a@b.example>", "503 5.5.1 ")]
    [TestCase("RCPT TO:<support@example.com>", "503 5.5.1 ")]
    [TestCase("DATA", "503 5.5.1 ")]
    public async Task A_fresh_session_answers(string command, string reply)
    {
        await using LiveServer live = LiveServer.Start();
        using SmtpTalk talk = await live.Dial();
        Assert.That(await talk.Ask(command), Does.StartWith(reply));
    }

    [TestCase("MAIL FROM:<a@b.example>", "250")]
    [TestCase("mail from: <a@b.example> size=100 body=8bitmime", "250")]
    [TestCase("MAIL FROM:<>", "250")]
    [TestCase("MAIL FROM:a@b.example", "250")]
    [TestCase("MAIL FROM:<\"a b\\\"c\"@b.example.>", "250")]
    [TestCase("MAIL FROM:<a@[IPv6:2001:db8::1]>", "250")]
    [TestCase("MAIL FROM:<@r.example:a@b.example>", "550 5.7.1")]
    [TestCase("MAIL FROM:<a@b.example", "501 5.1.3")]
    [TestCase("MAIL FROM:<a@b@c.example>", "501 5.1.3")]
    [TestCase("MAIL FROM:<a@>", "501 5.1.3")]
    [TestCase("MAIL FROM:<a@b..c>", "501 5.1.3")]
    [TestCase("MAIL FROM:<a b@c.example>", "501 5.1.3")]
    [TestCase("MAIL FROM:<a@b.example>SIZE=1", "501 5.1.3")]
    [TestCase("MAIL FROM:<\xe9@b.example>", "553 5.6.7")]
    [TestCase("MAIL TO:<a@b.example>", "501 5.5.4")]
    [TestCase("MAIL", "501 5.5.4")]
    [TestCase("MAIL FROM:<a@b.example> SIZE=abc", "501 5.5.4")]
    [TestCase("MAIL FROM:<a@b.example> SIZE=", "501 5.5.4")]
    [TestCase("MAIL FROM:<a@b.example> SIZE=-1", "501 5.5.4")]
    [TestCase("MAIL FROM:<a@b.example> BODY=BINARYMIME", "501 5.5.4")]
    [TestCase("MAIL FROM:<a@b.example> SIZE=999999999999", "552 5.3.4")]
    [TestCase("MAIL FROM:<a@b.example> SMTPUTF8", "555 5.5.4")]
    [TestCase("MAIL FROM:<a@b.example> SIZE=1 SIZE=2", "555 5.5.4")]
    [TestCase("RCPT TO:<support@example.com>", "503 5.5.1")]
    [TestCase("DATA", "503 5.5.1")]
    public async Task A_greeted_session_answers(string command, string reply)
    {
        await using LiveServer live = LiveServer.Start();
        using SmtpTalk talk = await live.Greet();
        Assert.That(await talk.Ask(command), Does.StartWith(reply));
    }

    [TestCase("MAIL FROM:<a@b.example>", "503 5.5.1")]
    [TestCase("RCPT TO:<support@example.com>", "250 2.1.5")]
    [TestCase("RCPT TO:<SUPPORT@EXAMPLE.COM>", "550 5.1.1")]
    [TestCase("RCPT TO:<support@EXAMPLE.COM.>", "250 2.1.5")]
    [TestCase("RCPT TO:<other@example.com>", "550 5.1.1")]
    [TestCase("RCPT TO:<support@example.com> NOTIFY=NEVER", "555 5.5.4")]
    [TestCase("RCPT TO:<>", "501 5.1.3")]
    [TestCase("DATA", "554 5.5.1")]
    public async Task A_session_with_a_sender_answers(string command, string reply)
    {
        await using LiveServer live = LiveServer.Start();
        using SmtpTalk talk = await live.Greet();
        await talk.Ask("MAIL FROM:<a@b.example>");
        Assert.That(await talk.Ask(command), Does.StartWith(reply));
    }

    [TestCase("RSET")]
    [TestCase("EHLO again.example")]
    [TestCase("HELO again.example")]
    public async Task A_transaction_is_forgotten_after(string command)
    {
        await using LiveServer live = LiveServer.Start();
        using SmtpTalk talk = await live.Greet();
        await talk.Ask("MAIL FROM:<a@b.example>");
        await talk.Ask("RCPT TO:<support@example.com>");
        Assert.That(await talk.Ask(command), Does.StartWith("250"));
        Assert.That(await talk.Ask("DATA"), Does.StartWith("503 5.5.1"));
    }

    [Test]
    public async Task Pipelined_commands_are_answered_in_order()
    {
        await using LiveServer live = LiveServer.Start();
        using SmtpTalk talk = await live.Greet();
        string message = "MAIL FROM:<a@b.example>\r\nRCPT TO:<nobody@example.com>\r\nRCPT TO:<support@example.com>\r\nDATA\r\nhi\r\n.\r\n";
        await talk.Send($"{message}NOOP\r\n{message}QUIT\r\n");
        string[] codes = [.. (await talk.HearAll()).Select(reply => reply[..3])];
        Assert.That(codes, Is.EqualTo(new[] { "250", "550", "250", "354", "250", "250", "250", "550", "250", "354", "250", "221" }));
        Assert.That(live.Receiver.Mails.Select(mail => mail.Text), Is.EqualTo(new[] { "hi\r\n", "hi\r\n" }));
    }

    [Test]
    public async Task Many_messages_in_few_segments_are_all_taken()
    {
        await using LiveServer live = LiveServer.Start();
        using SmtpTalk talk = await live.Greet();
        string message = "MAIL FROM:<a@b.example>\r\nRCPT TO:<support@example.com>\r\nDATA\r\n" + new string('x', 3000) + "\r\n.\r\n";
        await talk.Send(string.Concat(Enumerable.Repeat(message, 90)) + "QUIT\r\n");
        Assert.That(await talk.HearAll(), Has.Count.EqualTo(361));
        Assert.That(live.Receiver.Mails, Has.Count.EqualTo(90).And.All.Matches<(Envelope, string Text)>(mail => mail.Text.Length == 3002));
    }

    [Test]
    public async Task A_small_message_is_one_write_and_a_large_one_comes_in_blocks()
    {
        await using LiveServer live = LiveServer.Start();
        using SmtpTalk talk = await live.OpenData();
        await talk.Ask(new string('x', 30_000) + "\r\n.");
        Assert.That(live.Receiver.Writes, Is.EqualTo(new[] { 30_002 }));
        await talk.Send("MAIL FROM:<a@b.example>\r\nRCPT TO:<support@example.com>\r\nDATA\r\n");
        for (int count = 0; count < 3; count++)
            await talk.Hear();
        string line = new string('.', 60) + "\r\n";
        await talk.Ask(string.Concat(Enumerable.Repeat("." + line, 10_000)) + ".");
        Assert.That(live.Receiver.Mails.Last().Text, Is.EqualTo(string.Concat(Enumerable.Repeat(line, 10_000))));
        Assert.That(live.Receiver.Writes.Max(), Is.LessThanOrEqualTo(64 << 10));
    }

    [Test]
    public async Task A_message_nobody_asked_for_is_not_read_as_commands()
    {
        await using LiveServer live = LiveServer.Start();
        using SmtpTalk talk = await live.Greet();
        await talk.Send("MAIL FROM:<a@b.example>\r\nRCPT TO:<nobody@example.com>\r\nDATA\r\nRSET\r\nMAIL FROM:<a@b.example>\r\nRCPT TO:<support@example.com>\r\nDATA\r\nevil\r\n.\r\n");
        Assert.That((await talk.HearAll())[^2..], Has.ItemAt(0).StartsWith("554 5.5.1").And.ItemAt(1).StartsWith("554 5.5.0"));
        Assert.That(live.Receiver.Mails, Is.Empty);
    }

    [TestCase("EHLO x\r\nMAIL FROM:<a@b.example>\r\n")]
    [TestCase("HELO x\r\nMAIL FROM:<a@b.example>\r\n")]
    public async Task Talking_on_before_pipelining_is_offered_ends_the_session(string text)
    {
        await using LiveServer live = LiveServer.Start();
        using SmtpTalk talk = await live.Dial();
        await talk.Send(text);
        Assert.That(await talk.HearAll(), Is.EqualTo(new[] { "554 5.5.0 You talk out of turn" }));
    }

    [TestCase("GET / HTTP/1.1\r\nHost: x\r\n\r\n")]
    [TestCase("post /x HTTP/1.0\r\n\r\n")]
    [TestCase("CONNECT mx:25 HTTP/1.1\r\n\r\n")]
    public async Task Http_gets_no_answer(string text)
    {
        await using LiveServer live = LiveServer.Start();
        using SmtpTalk talk = await live.Dial();
        await talk.Send(text);
        Assert.That(await talk.HearAll(), Is.Empty);
    }

    [Test]
    public async Task Replies_carry_no_control_characters()
    {
        await using LiveServer live = LiveServer.Start();
        live.Receiver.OnSender = _ => new SmtpReply(550, "5.7.1", "no\r250 yes\x1b[1m\0" + new string('x', 600));
        using SmtpTalk talk = await live.Greet();
        string reply = await talk.Ask("MAIL FROM:<a@b.example>");
        Assert.That(reply, Does.StartWith("550 5.7.1 no250 yes[1mxxx").And.Length.LessThanOrEqualTo(510));
        Assert.That(await talk.Ask("NOOP"), Is.EqualTo("250 2.0.0 Ok"));
    }
}
