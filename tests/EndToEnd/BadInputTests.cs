using System.Text;
using MailInbox.Tests.Support;

namespace MailInbox.Tests.EndToEnd;

/// <summary>Mail as nobody should send it: a clear answer, or filed; never an end of the gateway.</summary>
public sealed class BadInputTests
{
    private const string Header = "From: jonas@berg.example\r\nSubject: Odd\r\n";

    private GatewayPlace _place = null!;
    private GatewayProcess _gateway = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        _place = new GatewayPlace();
        _gateway = await GatewayProcess.Start(_place);
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        await _gateway.DisposeAsync();
        _place.Dispose();
    }

    [TestCaseSource(nameof(Filed))]
    public async Task Odd_mail_is_filed(byte[] mail)
    {
        using SmtpWire wire = await SmtpWire.Connect(_place.SmtpPort);
        string reply = await wire.Send(mail);
        long id = SmtpWire.KeptAs(reply);
        Assert.That(id, Is.Positive, reply);
        await _place.Filed(TimeSpan.FromSeconds(30));
        LedgerLine line = (await _place.Ledger()).Single(l => l.Id == id);
        long messages = _place.Read("inbox.db", r => r.First<long>("SELECT count(*) FROM message m JOIN conversation c ON c.id = m.conversation_id WHERE m.raw_id = @id", new { id }));
        Assert.Multiple(() =>
        {
            Assert.That(line.Filings, Has.Count.EqualTo(1));
            Assert.That(line.Filings[0].Outcome, Is.EqualTo("filed"), line.Filings[0].Reason);
            Assert.That(line.Sha256, Is.EqualTo(SmtpWire.Sha256(mail)));
            Assert.That(messages, Is.EqualTo(1), "the conversation exists");
            Assert.That(_gateway.Lives, Is.True, _gateway.Output);
        });
    }

    [TestCaseSource(nameof(Refused))]
    public async Task Wrong_mail_gets_a_clear_answer(byte[] mail, string answer)
    {
        using SmtpWire wire = await SmtpWire.Connect(_place.SmtpPort);
        Assert.That(await wire.Send(mail), Does.StartWith(answer));
        using SmtpWire next = await SmtpWire.Connect(_place.SmtpPort);
        Assert.That(await next.Say("MAIL FROM:<jonas@berg.example>"), Does.StartWith("250"), "the next one is served");
    }

    [Test]
    public async Task An_announced_size_is_refused_before_the_mail()
    {
        using SmtpWire wire = await SmtpWire.Connect(_place.SmtpPort);
        Assert.That(await wire.Say("MAIL FROM:<jonas@berg.example> SIZE=52428801"), Does.StartWith("552 5.3.4"));
    }

    [Test]
    public async Task A_mail_without_end_is_cut()
    {
        using SmtpWire wire = await SmtpWire.Connect(_place.SmtpPort);
        await wire.Say("MAIL FROM:<jonas@berg.example>");
        await wire.Say("RCPT TO:<support@example.com>");
        await wire.Say("DATA");
        byte[] more = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("and so on and on\r\n", 60_000)));
        string answer = "";
        try
        {
            for (int i = 0; i < 100; i++)
            {
                await wire.Write(more);
            }
        }
        catch (IOException)
        {
            answer = "closed";
        }

        try
        {
            answer = await wire.Hear();
        }
        catch (IOException)
        {
            // The answer was overtaken by the end of the connection, since this client never listened.
        }

        Assert.That(answer, Is.EqualTo("closed").Or.StartsWith("552 5.3.4"));
        Assert.That(_gateway.Lives, Is.True);
    }

    [Test]
    public async Task Large_mails_leave_memory_bounded()
    {
        const long Most = 400L << 20;
        using GatewayPlace place = new();
        await using GatewayProcess gateway = await GatewayProcess.Start(place);
        byte[] mail = Large(50_000_000);
        long[] ids = await Task.WhenAll(Enumerable.Range(0, 4).Select(async s =>
        {
            byte[] own = [.. Encoding.ASCII.GetBytes($"Message-ID: <large{s}@berg.example>\r\n"), .. mail];
            using SmtpWire wire = await SmtpWire.Connect(place.SmtpPort);
            return SmtpWire.KeptAs(await wire.Send(own));
        }));
        await place.Filed(TimeSpan.FromMinutes(1));
        IReadOnlyList<LedgerLine> ledger = await place.Ledger();
        long peak = gateway.PeakMemory;
        Figures.Say($"large mails: 4 of {mail.Length / 1_000_000} MB at once, peak memory {peak >> 20} MB");
        Assert.Multiple(() =>
        {
            Assert.That(ids, Has.All.Positive);
            Assert.That(ledger.Where(l => l.Filings is not [{ Outcome: "filed", Conversation: > 0 }]), Is.Empty);
            Assert.That(peak, Is.LessThan(Most));
        });
    }

    private static IEnumerable<TestCaseData> Filed()
    {
        yield return Case("Nothing_at_all", "");
        yield return Case("No_body", Header);
        yield return Case("No_header", "\r\nJust text.\r\n");
        yield return Case("Not_a_mail", "This is not a header\r\nnor is this\r\n");
        yield return Case("Nul_bytes", $"{Header}X-Nul: a\0b\r\n\r\nbefore\0after\r\n\0\0\0\r\n");
        yield return Case("Wrong_charsets", $"{Header}Content-Type: text/plain; charset=\"klingon-8\"\r\nSubject: =?martian?Q?=C3=A4?= =?utf-99?B?!!!!?=\r\n\r\n\u00e4\u00f6\u00fc \u00ff\r\n");
        yield return Case("A_hundred_levels", Nested(100));
        yield return Case("Ten_thousand_headers", Header + string.Concat(Enumerable.Range(0, 10_000).Select(i => $"X-{i}: value {i}\r\n")) + "\r\nBody\r\n");
        yield return Case("A_line_of_half_a_megabyte", $"{Header}\r\n{new string('x', 500_000)}\r\n");
        yield return Case("Dots", $"{Header}\r\n.\r\n..\r\n...dots\r\n.end\r\n");
        yield return new TestCaseData(SmtpWire.Canonical(Binary())).SetArgDisplayNames("Binary");
    }

    private static IEnumerable<TestCaseData> Refused()
    {
        yield return Case("A_lone_CR", $"{Header}\r\none\rtwo\r\n", "550 5.6.11");
        yield return Case("A_lone_LF", $"{Header}\r\none\ntwo\r\n", "550 5.6.11");
        yield return Case("An_endless_line", $"{Header}\r\n{new string('x', 3_000_000)}\r\n", "554 5.6.0");
        yield return Case("An_endless_header", Header + string.Concat(Enumerable.Range(0, 100_000).Select(i => $"X-{i}: value {i}\r\n")) + "\r\n", "552 5.3.4");
        yield return Case("A_loop", string.Concat(Enumerable.Repeat("Received: from a by b; Fri, 20 Nov 2026 09:14:00 +0100\r\n", 60)) + Header + "\r\n", "554 5.4.6");
        yield return new TestCaseData(Large(52_500_000), "552 5.3.4").SetArgDisplayNames("Larger_than_allowed");
    }

    private static TestCaseData Case(string name, string mail, params object[] more) => new TestCaseData([Encoding.Latin1.GetBytes(mail), .. more]).SetArgDisplayNames(name);

    private static string Nested(int depth)
    {
        StringBuilder mail = new(Header);
        for (int i = 0; i < depth; i++)
        {
            mail.Append($"Content-Type: multipart/mixed; boundary=\"b{i}\"\r\n\r\n--b{i}\r\n");
        }

        return mail.Append("Content-Type: text/plain\r\n\r\nThe innermost.\r\n").ToString();
    }

    /// <summary>All bytes in any order, but for lone CRs.</summary>
    private static byte[] Binary()
    {
        byte[] noise = new byte[100_000];
        new Random(7).NextBytes(noise);
        return [.. Encoding.ASCII.GetBytes(Header + "\r\n"), .. noise.Where(b => b != '\r')];
    }

    private static byte[] Large(int size)
    {
        byte[] line = Encoding.ASCII.GetBytes("Content of a large attachment, as many lines as it takes to fill it up..\r\n");
        byte[] mail = new byte[size / line.Length * line.Length];
        for (int at = 0; at < mail.Length; at += line.Length)
        {
            line.CopyTo(mail, at);
        }

        return [.. Encoding.ASCII.GetBytes(Header + "\r\n"), .. mail];
    }
}
