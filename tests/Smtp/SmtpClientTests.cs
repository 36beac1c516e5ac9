using System.Security.Authentication;
using System.Text;
using MailInbox.Mail.Smtp;
using MailInbox.Mail.Wire;
using MailInbox.Tests.Support;

namespace MailInbox.Tests.Smtp;

public class SmtpClientTests
{
    [Test]
    public async Task What_the_client_sends_our_server_takes()
    {
        await using LiveServer live = LiveServer.Start();
        await using SmtpClient client = await Dial(live.Server.LocalEndPoint.Port);
        foreach (string text in new[] { "Subject: 1\r\n\r\n.dot\r\n..\r\n.\r\nend\r\n", "", ".", "no end", "a\rb\nc\r\n\r\rd\n", new string('.', 200_000), string.Concat(Enumerable.Repeat(".line\r\n", 30_000)) })
        {
            live.Receiver.Mails.Clear();
            SmtpSendResult result = await client.Send(Message(text), CancellationToken.None);
            Assert.That(result.Uncertain, Is.False);
            Assert.That(result.Recipients.Single(), Is.EqualTo(new RecipientResult("support@example.com", new SmtpReply(250, "2.0.0", "Stored"))));
            Assert.That(live.Receiver.Mails.Single().Text, Is.EqualTo(Normal(text)));
        }
        await client.Quit(CancellationToken.None);
        Assert.That(client.Usable, Is.False);
    }

    [Test]
    public async Task Each_recipient_has_its_own_result()
    {
        await using LiveServer live = LiveServer.Start();
        await using SmtpClient client = await Dial(live.Server.LocalEndPoint.Port);
        SmtpSendResult result = await client.Send(Message("x") with { To = ["nobody@example.com", "support@example.com", "a@other.example"] }, CancellationToken.None);
        Assert.That(result.Recipients.Select(one => one.Reply.ToString()), Is.EqualTo(new[] { "550 5.1.1 No such recipient", "250 2.0.0 Stored", "550 5.7.1 Relaying denied" }));
        result = await client.Send(Message("x") with { To = ["nobody@example.com"] }, CancellationToken.None);
        Assert.That(result.Recipients.Single().Reply.Code, Is.EqualTo(550));
        result = await client.Send(Message("again"), CancellationToken.None);
        Assert.That(result.Recipients.Single().Reply.Accepted, Is.True);
        Assert.That(live.Receiver.Mails, Has.Count.EqualTo(2));
    }

    [Test]
    public async Task Many_recipients_go_in_groups([Values] bool pipelining)
    {
        SmtpReply[] replies = [];
        await using ScriptedPeer peer = ScriptedPeer.Play(async peer =>
        {
            await Greet(peer, pipelining ? "PIPELINING" : "HELP");
            for (int count = 0; count < 121; count++)
                await peer.Answer("250 Ok\r\n");
            await peer.Answer("354 Go\r\n");
            await peer.HearMessage();
            await peer.Say("250 2.0.0 Ok\r\n");
        });
        await using SmtpClient client = await Dial(peer.Port);
        SmtpSendResult result = await client.Send(Message("x") with { To = [.. Enumerable.Range(0, 120).Select(number => $"r{number}@example.com")] }, CancellationToken.None);
        replies = [.. result.Recipients.Select(one => one.Reply)];
        Assert.That(replies, Has.Length.EqualTo(120).And.All.EqualTo(new SmtpReply(250, "2.0.0", "Ok")));
        Assert.That(peer.Heard[120], Is.EqualTo("MAIL FROM:<me@example.com>").Or.EqualTo("RCPT TO:<r118@example.com>"));
    }

    [TestCase("421 4.3.2 later\r\n", 421)]
    [TestCase("554 go away\r\n", 554)]
    public async Task A_greeting_that_refuses_is_a_refusal(string greeting, int code)
    {
        await using ScriptedPeer peer = ScriptedPeer.Play(peer => peer.Say(greeting));
        SmtpRefusal refusal = (await Assert.ThrowsAsync<SmtpRefusal>(() => Dial(peer.Port)))!;
        Assert.That(refusal.Reply.Code, Is.EqualTo(code));
    }

    [Test]
    public async Task Helo_is_said_where_ehlo_is_not_known()
    {
        await using ScriptedPeer peer = ScriptedPeer.Play(async peer =>
        {
            await peer.Say("220 old\r\n");
            await peer.Answer("502 what\r\n");
            await peer.Answer("250 old\r\n");
            await Accept(peer);
        });
        await using SmtpClient client = await Dial(peer.Port);
        SmtpSendResult result = await client.Send(Message("e"), CancellationToken.None);
        Assert.That(result.Recipients.Single().Reply.Accepted, Is.True);
        Assert.That(peer.Heard.Take(4), Is.EqualTo(new[] { "EHLO us.example.com", "HELO us.example.com", "MAIL FROM:<me@example.com>", "RCPT TO:<support@example.com>" }));
    }

    [Test]
    public async Task Offers_are_used()
    {
        await using ScriptedPeer peer = ScriptedPeer.Play(async peer =>
        {
            await Greet(peer, "SIZE 1000", "8BITMIME", "SMTPUTF8");
            await Accept(peer);
        });
        await using SmtpClient client = await Dial(peer.Port);
        SmtpSendResult big = await client.Send(Message(new string('x', 1001)), CancellationToken.None);
        Assert.That(big.Recipients.Single().Reply.Code, Is.EqualTo(552));
        SmtpSendResult result = await client.Send(Message("\xe9") with { To = ["jos\xe9@example.com"] }, CancellationToken.None);
        Assert.That(result.Recipients.Single().Reply.Accepted, Is.True);
        Assert.That(peer.Heard[1], Is.EqualTo("MAIL FROM:<me@example.com> SIZE=1 BODY=8BITMIME SMTPUTF8"));
    }

    [Test]
    public async Task Eight_bits_go_nowhere_unasked()
    {
        await using ScriptedPeer peer = ScriptedPeer.Play(async peer =>
        {
            await Greet(peer, "PIPELINING");
            await Accept(peer);
        });
        await using SmtpClient client = await Dial(peer.Port);
        SmtpSendResult refused = await client.Send(Message("\xe9"), CancellationToken.None);
        Assert.That(refused.Recipients.Single().Reply.ToString(), Is.EqualTo("554 5.6.3 Not sent: the server takes 7-bit mail only"));
        SmtpSendResult half = await client.Send(Message("\xe9") with { SevenBit = bytes => bytes }, CancellationToken.None);
        Assert.That(half.Recipients.Single().Reply.Code, Is.EqualTo(554));
        SmtpSendResult result = await client.Send(Message("\xe9") with { SevenBit = _ => "e"u8.ToArray() }, CancellationToken.None);
        Assert.That(result.Recipients.Single().Reply.Accepted, Is.True);
        Assert.That(peer.Heard, Does.Contain("e"));
    }

    [TestCase("MAIL", "451 4.3.0 busy")]
    [TestCase("MAIL", "550 5.7.1 no")]
    [TestCase("RCPT", "452 4.2.2 full")]
    [TestCase("DATA", "554 5.5.1 no")]
    [TestCase(".", "552 5.3.4 big")]
    [TestCase(".", "451 4.3.0 disk")]
    [TestCase("MAIL", "421 4.3.2 bye")]
    [TestCase("RCPT", "421 4.3.2 bye")]
    public async Task A_refusal_in_any_phase_is_the_result(string phase, string reply)
    {
        await using ScriptedPeer peer = ScriptedPeer.Play(async peer =>
        {
            await Greet(peer, "PIPELINING", "ENHANCEDSTATUSCODES");
            while (await peer.Hear() is { } line)
            {
                string verb = line.Split(' ')[0];
                await peer.Say(verb == phase ? $"{reply}\r\n" : verb == "DATA" ? "354 Go\r\n" : "250 2.0.0 Ok\r\n");
                if (verb != "DATA" || phase == "DATA")
                    continue;
                await peer.HearMessage();
                await peer.Say($"{reply}\r\n");
            }
        });
        await using SmtpClient client = await Dial(peer.Port);
        SmtpSendResult result = await client.Send(Message("x"), CancellationToken.None);
        Assert.That(result.Recipients.Single().Reply.ToString(), Is.EqualTo(reply));
        Assert.That(result.Uncertain, Is.False);
        Assert.That(client.Usable, Is.EqualTo(phase is "MAIL" or "RCPT" && !reply.StartsWith("421", StringComparison.Ordinal)));
    }

    [Test]
    public async Task A_break_after_the_dot_is_uncertain([Values] bool crash)
    {
        await using ScriptedPeer peer = ScriptedPeer.Play(async peer =>
        {
            await Greet(peer);
            await Accept(peer, dot: "");
            if (crash)
                peer.Crash();
        });
        await using SmtpClient client = await Dial(peer.Port);
        SmtpSendResult result = await client.Send(Message("x"), CancellationToken.None);
        Assert.That(result.Uncertain, Is.True);
        Assert.That(result.Recipients.Single().Reply.Code, Is.EqualTo(451));
        Assert.That(client.Usable, Is.False);
        await Assert.ThrowsAsync<InvalidOperationException>(() => client.Send(Message("x"), CancellationToken.None));
    }

    [TestCase("250 2.0.0 Ok\r\n", false)]
    [TestCase("25", true)]
    [TestCase("hello\r\n", true)]
    public async Task Silence_or_nonsense_after_the_dot_is_uncertain(string dot, bool uncertain)
    {
        ManualClock clock = new();
        TaskCompletionSource over = new();
        await using ScriptedPeer peer = ScriptedPeer.Play(async peer =>
        {
            await Greet(peer);
            await Accept(peer, dot);
            await over.Task;
        });
        await using SmtpClient client = await SmtpClient.Connect(Options(peer.Port), clock, CancellationToken.None);
        Task<SmtpSendResult> send = client.Send(Message("x"), CancellationToken.None);
        while (peer.Heard.Count < 6 && !send.IsCompleted)
            await Task.Delay(2);
        await Task.Delay(20);
        await clock.AdvanceUntil(send, TimeSpan.FromSeconds(30));
        over.SetResult();
        Assert.That((await send).Uncertain, Is.EqualTo(uncertain));
        if (dot == "25")
            Assert.That(clock.GetTimestamp(), Is.GreaterThanOrEqualTo(TimeSpan.FromSeconds(600).Ticks));
    }

    [Test]
    public async Task A_break_before_the_dot_is_an_error([Values("", "250 Ok\r\n")] string mail)
    {
        await using ScriptedPeer peer = ScriptedPeer.Play(async peer =>
        {
            await Greet(peer);
            await peer.Answer(mail);
        });
        await using SmtpClient client = await Dial(peer.Port);
        Assert.That(() => client.Send(Message("x"), CancellationToken.None), Throws.InstanceOf<IOException>().Or.InstanceOf<System.Net.Sockets.SocketException>());
        Assert.That(client.Usable, Is.False);
    }

    [TestCase("a@b.example\r\nRCPT TO:<c@d.example>")]
    [TestCase("a@b.example\n")]
    [TestCase("a\0@b.example")]
    [TestCase("a@b.example> NOTIFY=NEVER <")]
    [TestCase("a@b.example NOTIFY=NEVER")]
    [TestCase("")]
    [TestCase("jos\xe9@b.example")]
    public async Task Bad_addresses_never_reach_the_wire(string address)
    {
        await using LiveServer live = LiveServer.Start();
        await using SmtpClient client = await Dial(live.Server.LocalEndPoint.Port);
        SmtpSendResult result = await client.Send(Message("x") with { To = [address, "support@example.com"] }, CancellationToken.None);
        Assert.That(result.Recipients.Select(one => one.Reply.Code), Is.EqualTo(new[] { 553, 250 }));
        if (address.Length > 0)
            Assert.That((await client.Send(Message("x") with { From = address }, CancellationToken.None)).Recipients.Single().Reply.Code, Is.EqualTo(553));
        Assert.That(live.Receiver.Mails, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_server_that_never_ends_its_reply_is_left([Values("250-x\r\n", "250-xxxxxxxxxxxxxxxx")] string piece)
    {
        await using ScriptedPeer peer = ScriptedPeer.Play(async peer =>
        {
            await peer.Say("220 hi\r\n");
            await peer.Hear();
            for (int count = 0; count < 2000; count++)
                await peer.Say(piece);
        });
        Assert.That(() => Dial(peer.Port), Throws.InstanceOf<IOException>());
    }

    [TestCase("AUTH LOGIN PLAIN", "AUTH PLAIN AG1lAHMzY3JldA==")]
    [TestCase("AUTH=PLAIN", "AUTH PLAIN AG1lAHMzY3JldA==")]
    public async Task Plain_credentials_are_sent_on_loopback(string offer, string heard)
    {
        await using ScriptedPeer peer = ScriptedPeer.Play(async peer =>
        {
            await Greet(peer, offer);
            await peer.Answer("235 2.7.0 Welcome\r\n");
        });
        await using SmtpClient client = await Dial(peer.Port, "me", "s3cret");
        Assert.That(peer.Heard[1], Is.EqualTo(heard));
    }

    [Test]
    public async Task Login_is_known_too_and_a_wrong_password_is_a_refusal()
    {
        await using ScriptedPeer peer = ScriptedPeer.Play(async peer =>
        {
            await Greet(peer, "AUTH LOGIN");
            await peer.Answer("334 VXNlcm5hbWU6\r\n");
            await peer.Answer("334 UGFzc3dvcmQ6\r\n");
            await peer.Answer("535 5.7.8 no\r\n");
        });
        SmtpRefusal refusal = (await Assert.ThrowsAsync<SmtpRefusal>(() => Dial(peer.Port, "me", "s3cret")))!;
        Assert.That(refusal.Reply.Code, Is.EqualTo(535));
        Assert.That(peer.Heard.Skip(1), Is.EqualTo(new[] { "AUTH LOGIN", "bWU=", "czNjcmV0" }));
    }

    [Test]
    public async Task A_server_without_a_known_way_in_is_no_way_in()
    {
        await using ScriptedPeer peer = ScriptedPeer.Play(peer => Greet(peer, "AUTH CRAM-MD5"));
        await Assert.ThrowsAsync<AuthenticationException>(() => Dial(peer.Port, "me", "s3cret"));
    }

    [Test]
    public async Task Reset_shows_whether_the_connection_lives()
    {
        await using ScriptedPeer peer = ScriptedPeer.Play(async peer =>
        {
            await Greet(peer);
            await peer.Answer("250 Ok\r\n");
        });
        await using SmtpClient client = await Dial(peer.Port);
        Assert.That(await client.Reset(CancellationToken.None), Is.True);
        Assert.That(await client.Reset(CancellationToken.None), Is.False);
        Assert.That(client.Usable, Is.False);
    }

    private static SmtpMessage Message(string text) => new("me@example.com", ["support@example.com"], Encoding.Latin1.GetBytes(text));

    private static SmtpClientOptions Options(int port) => new() { Host = "127.0.0.1", Port = port, Security = WireSecurity.None, HeloName = "us.example.com" };

    private static Task<SmtpClient> Dial(int port, string? user = null, string? password = null) =>
        SmtpClient.Connect(Options(port) with { User = user, Password = password }, TimeProvider.System, CancellationToken.None);

    private static async Task Greet(ScriptedPeer peer, params string[] offers)
    {
        await peer.Say("220 peer\r\n");
        await peer.Answer(string.Concat(offers.Prepend("peer").Select((line, index) => $"250{(index < offers.Length ? '-' : ' ')}{line}\r\n")));
    }

    private static async Task Accept(ScriptedPeer peer, string dot = "250 2.0.0 Ok\r\n")
    {
        await peer.Answer("250 Ok\r\n");
        await peer.Answer("250 Ok\r\n");
        await peer.Answer("354 Go\r\n");
        await peer.HearMessage();
        await peer.Say(dot);
    }

    private static string Normal(string text)
    {
        string lines = text.ReplaceLineEndings("\n").Replace("\n", "\r\n", StringComparison.Ordinal);
        return lines.Length == 0 || lines.EndsWith("\r\n", StringComparison.Ordinal) ? lines : $"{lines}\r\n";
    }
}
