using System.Net;
using MailInbox.Mail.Smtp;
using MailInbox.Mail.Smtp.Guard;
using MailInbox.Tests.Support;

namespace MailInbox.Tests.Smtp;

public class SmtpLimitsTests
{
    [Test]
    public async Task The_recipient_after_the_last_is_asked_to_come_later()
    {
        await using LiveServer live = LiveServer.Start(_limits with { Recipients = 3 });
        using SmtpTalk talk = await live.Greet();
        await talk.Ask("MAIL FROM:<a@b.example>");
        for (int count = 0; count < 3; count++)
            Assert.That(await talk.Ask("RCPT TO:<support@example.com>"), Does.StartWith("250"));
        Assert.That(await talk.Ask("RCPT TO:<support@example.com>"), Does.StartWith("452 4.5.3"));
        Assert.That(await talk.Ask("DATA"), Does.StartWith("354"));
        Assert.That(await talk.Ask("x\r\n."), Does.StartWith("250"));
    }

    [Test]
    public async Task The_message_after_the_last_ends_the_session()
    {
        await using LiveServer live = LiveServer.Start(_limits with { LocalMessages = 2 });
        using SmtpTalk talk = await live.Greet();
        for (int count = 0; count < 2; count++)
        {
            await talk.Send("MAIL FROM:<a@b.example>\r\nRCPT TO:<support@example.com>\r\nDATA\r\nx\r\n.\r\n");
            for (int reply = 0; reply < 4; reply++)
                Assert.That(await talk.Hear(), Does.Match("^(250|354)"));
        }
        Assert.That(await talk.Ask("MAIL FROM:<a@b.example>"), Does.StartWith("421"));
        Assert.That(await talk.Hear(), Is.Empty);
    }

    [Test]
    public async Task A_long_command_ends_the_session([Values] bool finished)
    {
        await using LiveServer live = LiveServer.Start();
        using SmtpTalk talk = await live.Greet();
        await talk.Send("NOOP " + new string('x', 2050) + (finished ? "\r\n" : ""));
        Assert.That(await talk.HearAll(), Is.EqualTo(new[] { "500 5.5.2 Line too long" }));
    }

    [Test]
    public async Task A_command_of_the_full_length_is_taken()
    {
        await using LiveServer live = LiveServer.Start();
        using SmtpTalk talk = await live.Greet();
        Assert.That(await talk.Ask("NOOP " + new string('x', 2043)), Does.StartWith("250"));
    }

    [Test]
    public async Task An_oversize_message_is_read_to_its_end_and_refused()
    {
        await using LiveServer live = LiveServer.Start(_limits with { Message = 100_000 });
        using SmtpTalk talk = await live.OpenData();
        Assert.That(await talk.Ask(Lines(150_000) + "."), Does.StartWith("552 5.3.4"));
        Assert.That(await talk.Ask("NOOP"), Does.StartWith("250"));
        Assert.That((live.Receiver.Mails.Count, live.Receiver.Dropped), Is.EqualTo((0, 1)));
    }

    [Test]
    public async Task A_message_without_end_is_cut_off()
    {
        await using LiveServer live = LiveServer.Start(_limits with { Message = 100_000, Excess = 100_000 });
        using SmtpTalk talk = await live.OpenData();
        await talk.Send(Lines(400_000));
        Assert.That(await talk.HearAll(), Is.EqualTo(new[] { "552 5.3.4 Message is too big" }));
        Assert.That((live.Receiver.Mails.Count, live.Receiver.Dropped), Is.EqualTo((0, 1)));
    }

    [Test]
    public async Task A_message_of_exactly_the_limit_is_taken()
    {
        await using LiveServer live = LiveServer.Start(_limits with { Message = 100_000 });
        using SmtpTalk talk = await live.OpenData();
        Assert.That(await talk.Ask(Lines(100_000) + "."), Does.StartWith("250"));
    }

    [Test]
    public async Task A_long_line_in_the_message_is_refused_at_its_end()
    {
        await using LiveServer live = LiveServer.Start(_limits with { DataLine = 200_000 });
        using SmtpTalk talk = await live.OpenData();
        Assert.That(await talk.Ask("\r\n" + new string('x', 200_001) + "\r\n."), Does.StartWith("554 5.6.0"));
        Assert.That(await talk.Ask("NOOP"), Does.StartWith("250"));
    }

    [Test]
    public async Task A_long_header_is_refused_and_a_long_body_is_not()
    {
        await using LiveServer live = LiveServer.Start(_limits with { HeaderBlock = 100_000 });
        using SmtpTalk talk = await live.OpenData();
        Assert.That(await talk.Ask(Lines(110_000) + "\r\nx\r\n."), Does.StartWith("552 5.3.4"));
        await talk.Send("MAIL FROM:<a@b.example>\r\nRCPT TO:<support@example.com>\r\nDATA\r\n");
        for (int count = 0; count < 3; count++)
            await talk.Hear();
        Assert.That(await talk.Ask("\r\n" + Lines(110_000) + "."), Does.StartWith("250"));
    }

    [TestCase(50, "from a by b.example", "250")]
    [TestCase(51, "from a by b.example", "554 5.4.6")]
    [TestCase(5, "from a\r\n\tby MX.example.com (x)", "250")]
    [TestCase(6, "from a\r\n\tby MX.example.com (x)", "554 5.4.6")]
    [TestCase(6, "from mx.example.com by mx.example.com.other", "250")]
    public async Task Loops_are_found_in_the_header(int count, string trace, string reply)
    {
        await using LiveServer live = LiveServer.Start();
        using SmtpTalk talk = await live.OpenData();
        string header = string.Concat(Enumerable.Repeat($"Received: {trace}; Sat, 21 Nov 2026 06:00:00 +0000\r\n", count));
        Assert.That(await talk.Ask($"{header}Subject: x\r\n\r\n{header}."), Does.StartWith(reply));
    }

    [Test]
    public async Task Twenty_errors_end_the_session()
    {
        await using LiveServer live = LiveServer.Start();
        using SmtpTalk talk = await live.Greet();
        await talk.Send(string.Concat(Enumerable.Repeat("XXXX\r\n", 30)));
        List<string> replies = await talk.HearAll();
        Assert.That(replies, Has.Count.EqualTo(21));
        Assert.That(replies[^1], Does.StartWith("421 4.7.0"));
    }

    [Test]
    public async Task Ten_unknown_recipients_end_the_session()
    {
        await using LiveServer live = LiveServer.Start();
        using SmtpTalk talk = await live.Greet();
        await talk.Ask("MAIL FROM:<a@b.example>");
        await talk.Send(string.Concat(Enumerable.Range(0, 30).Select(number => $"RCPT TO:<guess{number}@example.com>\r\n")));
        List<string> replies = await talk.HearAll();
        Assert.That(replies, Has.Count.EqualTo(11));
        Assert.That(replies[^1], Does.StartWith("421 4.7.0"));
    }

    [Test]
    public async Task The_third_unknown_recipient_waits_a_second()
    {
        ManualClock clock = new();
        await using LiveServer live = LiveServer.Start(new SmtpLimits(), clock);
        using SmtpTalk talk = await live.Greet();
        await talk.Ask("MAIL FROM:<a@b.example>");
        await talk.Ask("RCPT TO:<one@example.com>");
        await talk.Ask("RCPT TO:<two@example.com>");
        long before = clock.GetTimestamp();
        Task<string> third = talk.Ask("RCPT TO:<three@example.com>");
        await clock.AdvanceUntil(third, TimeSpan.FromMilliseconds(100));
        Assert.That(await third, Does.StartWith("550 5.1.1"));
        Assert.That(clock.GetElapsedTime(before), Is.GreaterThanOrEqualTo(TimeSpan.FromSeconds(1)));
    }

    [Test]
    public async Task Endless_noops_are_errors_in_the_end()
    {
        await using LiveServer live = LiveServer.Start();
        using SmtpTalk talk = await live.Greet();
        await talk.Send(string.Concat(Enumerable.Repeat("NOOP\r\n", 300)));
        List<string> replies = await talk.HearAll();
        Assert.That(replies[^1], Does.StartWith("421 4.7.0"));
        Assert.That(replies, Has.Count.InRange(101, 130));
    }

    [Test]
    public async Task Connections_beyond_the_total_are_turned_away()
    {
        await using LiveServer live = LiveServer.Start(_limits with { Connections = 2, ConnectionsPerAddress = 1 });
        SmtpTalk first = await live.Dial();
        using SmtpTalk second = await live.Dial();
        using SmtpTalk third = await SmtpTalk.Connect(live.Server.LocalEndPoint);
        Assert.That(await third.Hear(), Does.StartWith("421 4.3.2"));
        await first.Ask("QUIT");
        await first.Hear();
        first.Dispose();
        string greeting = "";
        for (int tries = 0; tries < 100 && !greeting.StartsWith("220", StringComparison.Ordinal); tries++)
        {
            using SmtpTalk next = await SmtpTalk.Connect(live.Server.LocalEndPoint);
            greeting = await next.Hear();
        }
        Assert.That(greeting, Does.StartWith("220"));
    }

    [Test]
    public void One_address_and_one_network_have_their_caps()
    {
        SmtpCallers callers = new(new SmtpLimits { ConnectionsPerAddress = 2, ConnectionsPerNetwork = 3 });
        SmtpReply?[] answers = [.. new[] { "192.0.2.1", "192.0.2.1", "192.0.2.1", "192.0.2.2", "192.0.2.3", "192.0.3.1", "2001:db8::1", "2001:db8::2", "2001:db8::3" }
            .Select(address => callers.Enter(IPAddress.Parse(address)))];
        Assert.That(answers.Select(answer => answer is null), Is.EqualTo(new[] { true, true, false, true, false, true, true, true, false }));
        callers.Leave(IPAddress.Parse("192.0.2.1"));
        Assert.That(callers.Enter(IPAddress.Parse("192.0.2.3")), Is.Null);
    }

    [Test]
    public async Task A_client_that_talks_before_the_greeting_is_sent_away()
    {
        ManualClock clock = new();
        await using LiveServer live = LiveServer.Start(_limits with { GreetingPause = TimeSpan.FromSeconds(1) }, clock);
        using SmtpTalk talk = await SmtpTalk.Connect(live.Server.LocalEndPoint);
        await talk.Send("EHLO client.example\r\n");
        Task<List<string>> replies = talk.HearAll();
        await clock.AdvanceUntil(replies, TimeSpan.FromMilliseconds(100));
        Assert.That(await replies, Is.EqualTo(new[] { "554 5.5.0 You talk out of turn" }));
    }

    [Test]
    public async Task A_taken_port_is_named()
    {
        await using LiveServer live = LiveServer.Start();
        await using SmtpServer second = new(new SmtpServerOptions { EndPoint = live.Server.LocalEndPoint, HostName = "mx" }, live.Receiver, TimeProvider.System, live.Log);
        Assert.That(second.Start, Throws.TypeOf<IOException>().With.Message.Contains(live.Server.LocalEndPoint.ToString()));
    }

    private static readonly SmtpLimits _limits = new() { ErrorPause = TimeSpan.Zero };

    private static string Lines(int bytes) => string.Concat(Enumerable.Repeat(new string('x', 98) + "\r\n", bytes / 100));
}
