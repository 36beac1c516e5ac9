using System.Text;
using MailInbox.Mail.Smtp;
using MailInbox.Mail.Smtp.Data;

namespace MailInbox.Tests.Smtp;

/// <summary>No sequence but CRLF.CRLF may end a message (CVE-2023-51764 and its family).</summary>
public class SmtpSmugglingTests
{
    public static readonly string[] Ends =
    [
        "\n.\n", "\n.\r\n", "\r\n.\n", "\r.\r\n", "\r.\r", "\r.\n", "\n.\r", "\r\n.\r", "\r\n.\r\r\n", "\r\r\n.\r\r\n", "\r\n\0.\r\n", "\r\n.\0\r\n",
        "\r\n\r.\r\n", "\n\n.\r\n", "\r\n.\n\r\n", "\r\n .\r\n", "\r\n. \r\n", "\r\n..\r\n", "\n\r.\r\n", "\r\n.\x0b\n", "\x85.\x85", "\r\n.\r\0\n", "\r\n.\n.\n",
    ];

    [Test]
    public async Task Nothing_but_the_true_end_lets_a_second_message_in([ValueSource(nameof(Ends))] string end, [Values] bool strict, [Values] bool pipelined)
    {
        await using LiveServer live = LiveServer.Start(rejectBareLf: strict);
        using SmtpTalk talk = await live.Greet();
        await talk.Send("MAIL FROM:<a@b.example>\r\nRCPT TO:<support@example.com>\r\nDATA\r\n" + (pipelined ? Body(end) : ""));
        for (int count = 0; count < 3; count++)
            await talk.Hear();
        if (!pipelined)
            await talk.Send(Body(end));
        AssertOneMessage(live, end, await talk.Hear(), await talk.Ask("NOOP"));
    }

    [Test]
    public async Task Nor_does_it_when_the_segments_break_anywhere([ValueSource(nameof(Ends))] string end)
    {
        await using LiveServer live = LiveServer.Start();
        string body = Body(end);
        int near = body.IndexOf(end, StringComparison.Ordinal);
        for (int cut = near - 1; cut <= near + end.Length + 1; cut++)
        {
            live.Receiver.Mails.Clear();
            using SmtpTalk talk = await live.OpenData();
            await talk.Send(body[..cut]);
            await Task.Delay(1);
            await talk.Send(body[cut..]);
            AssertOneMessage(live, end, await talk.Hear(), await talk.Ask("NOOP"));
        }
    }

    [TestCase(".\n")]
    [TestCase(".\r")]
    [TestCase("\n.\n")]
    [TestCase("\r.\r\n")]
    [TestCase(".\r\r\n")]
    public async Task Nor_at_the_start_of_data(string start)
    {
        await using LiveServer live = LiveServer.Start();
        using SmtpTalk talk = await live.OpenData();
        Assert.That(await talk.Ask($"{start}MAIL FROM:<evil@b.example>\r\n."), Does.StartWith("550 5.6.11"));
        Assert.That(await talk.Ask("NOOP"), Does.StartWith("250"));
        Assert.That(live.Receiver.Mails, Is.Empty);
    }

    [Test]
    public async Task An_empty_message_is_a_message()
    {
        await using LiveServer live = LiveServer.Start();
        using SmtpTalk talk = await live.OpenData();
        Assert.That(await talk.Ask("."), Is.EqualTo("250 2.0.0 Stored"));
        Assert.That(live.Receiver.Mails.Single().Text, Is.Empty);
    }

    [Test]
    public async Task Bare_line_feeds_away_from_dots_pass_where_they_are_allowed()
    {
        await using LiveServer live = LiveServer.Start(rejectBareLf: false);
        using SmtpTalk talk = await live.OpenData();
        Assert.That(await talk.Ask("a: b\n\n.x\nend\r\n."), Is.EqualTo("250 2.0.0 Stored"));
        Assert.That(live.Receiver.Mails.Single().Text, Is.EqualTo("a: b\n\n.x\nend\r\n"));
    }

    [Test]
    public void The_scanner_judges_alike_wherever_the_bytes_are_cut([ValueSource(nameof(Ends))] string end)
    {
        byte[] wire = Encoding.Latin1.GetBytes(Body(end) + "NOOP\r\n");
        (string Text, string? Refusal, int Read) whole = Scan(wire, wire.Length);
        Assert.That(whole.Read, Is.EqualTo(wire.Length - 6));
        for (int first = 0; first < wire.Length; first++)
        {
            Assert.That(Scan(wire, first), Is.EqualTo(whole), $"cut at {first}");
            Assert.That(Scan(wire, first, 1), Is.EqualTo(whole), $"bytewise from {first}");
        }
    }

    private static string Body(string end) =>
        $"Subject: x\r\n\r\nfirst{end}MAIL FROM:<evil@b.example>\r\nRCPT TO:<support@example.com>\r\nDATA\r\nSubject: evil\r\n\r\nx\r\n.\r\n";

    private static void AssertOneMessage(LiveServer live, string end, string reply, string next)
    {
        bool clean = !end.Replace("\r\n", "", StringComparison.Ordinal).Contains('\r') && !end.Replace("\r\n", "", StringComparison.Ordinal).Contains('\n');
        // The data ends before the smuggled DATA's own dot only at a true end, so the rest is part of the one message.
        Assert.That(reply, clean ? Is.EqualTo("250 2.0.0 Stored") : Does.Match("^(250 2.0.0|550 5.6.11)"));
        Assert.That(next, Is.EqualTo("250 2.0.0 Ok"));
        Assert.That(live.Receiver.Mails.Count(mail => mail.Envelope.From.LocalPart == "evil"), Is.Zero);
        Assert.That(live.Receiver.Mails, Has.Count.EqualTo(clean || reply.StartsWith("250", StringComparison.Ordinal) ? 1 : 0));
    }

    private static (string Text, string? Refusal, int Read) Scan(byte[] wire, int first, int then = int.MaxValue)
    {
        DataScanner scanner = new(new SmtpServerOptions { HostName = "mx.example.com" });
        byte[] buffer = [.. wire];
        int read = 0, write = 0, end = 0;
        int step = first;
        bool done;
        do
        {
            end = (int)Math.Min(wire.Length, (long)end + step);
            done = scanner.Scan(buffer, ref read, ref write, end);
            step = then;
        }
        while (!done && end < wire.Length);
        return (Encoding.Latin1.GetString(buffer, 0, write), scanner.Refusal?.ToString(), done ? read : -1);
    }
}
