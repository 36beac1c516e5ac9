using System.Net;
using System.Net.Sockets;
using System.Text;
using MailInbox.Mail.Imap;
using MailInbox.Mail.Imap.Dialogue;
using MailInbox.Tests.Support;

namespace MailInbox.Tests.Imap;

public class ImapLoginTests
{
    [TestCase("AUTH=PLAIN SASL-IR", "A1 AUTHENTICATE PLAIN AHN1cHBvcnQAczNjcmV0LXdvcmQ=")]
    [TestCase("auth=plain", "A1 AUTHENTICATE PLAIN|AHN1cHBvcnQAczNjcmV0LXdvcmQ=")]
    [TestCase("AUTH=PLAIN LOGINDISABLED", "A1 AUTHENTICATE PLAIN|AHN1cHBvcnQAczNjcmV0LXdvcmQ=")]
    [TestCase("AUTH=CRAM-MD5", "A1 LOGIN \"support\" \"s3cret-word\"")]
    public async Task A_password_goes_the_best_way_that_is_offered(string capabilities, string expected)
    {
        string[] lines = expected.Split('|');
        await using ScriptedPeer peer = Offer(capabilities, [.. Enumerable.Repeat("+ \r\n", lines.Length - 1), "A1 OK [CAPABILITY IMAP4rev1 IDLE] in\r\n"]);
        await using ImapClient client = await ImapPeer.Dial(peer);
        Assert.That(peer.Heard, Is.EqualTo(lines));
        Assert.That(client.Capabilities, Is.EquivalentTo((string[])["IMAP4REV1", "IDLE"]));
    }

    [TestCase("p\"a\\b", "A1 LOGIN \"support\" \"p\\\"a\\\\b\"")]
    [TestCase("", "A1 LOGIN \"support\" \"\"")]
    [TestCase("pä", "A1 LOGIN \"support\" {3}|p\u00c3\u00a4")]
    [TestCase("a\u0007b", "A1 LOGIN \"support\" {3}|a\u0007b")]
    public async Task Odd_passwords_go_as_they_are(string password, string expected)
    {
        string[] lines = expected.Split('|');
        await using ScriptedPeer peer = Offer("", [.. Enumerable.Repeat("+\r\n", lines.Length - 1), "A1 OK in\r\n", "* CAPABILITY IMAP4rev1 MOVE\r\nA2 OK\r\n"]);
        await using ImapClient client = await Dial(peer, password: password);
        Assert.That(peer.Heard, Is.EqualTo((string[])[.. lines, "A2 CAPABILITY"]));
        Assert.That(client.Capabilities, Does.Contain("MOVE"));
    }

    [Test]
    public async Task Literals_are_not_waited_for_where_that_is_offered()
    {
        await using ScriptedPeer peer = Offer("LITERAL-", "", "A1 OK [CAPABILITY IMAP4rev1] in\r\n");
        await using ImapClient client = await Dial(peer, password: "pä");
        Assert.That(peer.Heard, Is.EqualTo((string[])["A1 LOGIN \"support\" {3+}", "p\u00c3\u00a4"]));
    }

    [TestCase("AUTH=XOAUTH2 AUTH=OAUTHBEARER SASL-IR AUTH=PLAIN", "OAUTHBEARER", "n,a=support,\u0001host=127.0.0.1\u0001port=0\u0001auth=Bearer tok.en-1\u0001\u0001")]
    [TestCase("AUTH=XOAUTH2 SASL-IR AUTH=PLAIN", "XOAUTH2", "user=support\u0001auth=Bearer tok.en-1\u0001\u0001")]
    [TestCase("AUTH=XOAUTH2", "XOAUTH2", "user=support\u0001auth=Bearer tok.en-1\u0001\u0001")]
    public async Task A_token_is_borne_as_offered(string capabilities, string mechanism, string words)
    {
        bool atOnce = capabilities.Contains("SASL-IR", StringComparison.Ordinal);
        await using ScriptedPeer peer = Offer(capabilities, [.. atOnce ? [] : (string[])["+ \r\n"], "A1 OK [CAPABILITY IMAP4rev1] in\r\n"]);
        await using ImapClient client = await Dial(peer, token: "tok.en-1");
        string sent = string.Join(' ', peer.Heard);
        Assert.That(sent, Does.StartWith($"A1 AUTHENTICATE {mechanism} "));
        string said = Encoding.UTF8.GetString(Convert.FromBase64String(sent.Split(' ')[^1]));
        Assert.That(said, Is.EqualTo(words.Replace("port=0", $"port={peer.Port}", StringComparison.Ordinal)));
    }

    [TestCase("AUTH=XOAUTH2 SASL-IR", "")]
    [TestCase("AUTH=OAUTHBEARER SASL-IR", "AQ==")]
    public async Task The_servers_words_about_a_bad_token_are_told(string capabilities, string answer)
    {
        string json = Convert.ToBase64String("{\"status\":\"401\",\"scope\":\"mail\"}"u8);
        await using ScriptedPeer peer = Offer(capabilities, $"+ {json}\r\n", "A1 NO [AUTHENTICATIONFAILED] tok.en-1 is wrong\r\n");
        ImapRefusal refusal = (await Assert.ThrowsAsync<ImapRefusal>(() => Dial(peer, token: "tok.en-1")))!;
        Assert.That((refusal.Command, refusal.Code, refusal.Text), Is.EqualTo(("AUTHENTICATE", "AUTHENTICATIONFAILED", "*** is wrong ({\"status\":\"401\",\"scope\":\"mail\"})")));
        Assert.That(peer.Heard[^1], Is.EqualTo(answer));
    }

    [TestCase("AUTH=PLAIN SASL-IR", "A1 NO no: AHN1cHBvcnQAczNjcmV0LXdvcmQ= s3cret-word\r\n")]
    [TestCase("AUTH=PLAIN SASL-IR", "+ czNjcmV0LXdvcmQ=\r\n|A1 BAD s3cret-word\r\n")]
    [TestCase("", "A1 NO no s3cret-word\r\n")]
    [TestCase("", "* BYE go away, support/s3cret-word\r\n")]
    [TestCase("", "* OK s3cret-word\r\nA9 s3cret-word\r\n")]
    public async Task No_secret_comes_out_of_a_refusal(string capabilities, string answers)
    {
        await using ScriptedPeer peer = Offer(capabilities, answers.Split('|'));
        Exception refusal = (await Assert.ThrowsAsync(Is.InstanceOf<Exception>(), () => ImapPeer.Dial(peer)))!;
        Assert.That(refusal, Is.InstanceOf<ImapRefusal>().Or.InstanceOf<ImapBroken>());
        Assert.That(refusal.ToString(), Does.Not.Contain(ImapPeer.Password).And.Not.Contain("czNjcmV0LXdvcmQ").And.Not.Contain("AHN1cHBvcnQA"));
        Assert.That(ImapPeer.Options(peer).ToString(), Does.Not.Contain(ImapPeer.Password));
    }

    [TestCase("AUTH=XOAUTH2 SASL-IR", "NO no: ", true)]
    [TestCase("AUTH=OAUTHBEARER SASL-IR", "BAD unknown command: ", true)]
    [TestCase("AUTH=XOAUTH2 SASL-IR", "BYE no: ", true)]
    [TestCase("AUTH=XOAUTH2 SASL-IR", "NO it was: ", false)]
    public async Task A_long_token_that_is_repeated_does_not_come_out_either(string capabilities, string words, bool encoded)
    {
        string token = string.Concat(Enumerable.Range(0, 300).Select(n => $"tok{n}."));
        await using ScriptedPeer peer = ScriptedPeer.Play(async peer =>
        {
            await peer.Say($"* OK [CAPABILITY IMAP4rev1 {capabilities}] hello\r\n");
            string said = (await peer.Hear())!.Split(' ')[^1];
            await peer.Say($"{(words.StartsWith("BYE", StringComparison.Ordinal) ? "*" : "A1")} {words}{(encoded ? said : token)}\r\n");
            await peer.Hear();
        });
        ImapRefusal refusal = (await Assert.ThrowsAsync<ImapRefusal>(() => Dial(peer, token: token)))!;
        Assert.That(refusal.ToString(), Does.Not.Contain("tok0").And.Not.Contain("dXNlcj1").And.Not.Contain("bixhPXN"));
        Assert.That(refusal.Text, Does.EndWith("***"));
    }

    [TestCase("LOGINDISABLED", null)]
    [TestCase("AUTH=PLAIN", "tok.en-1")]
    public async Task Without_a_way_in_nothing_is_sent(string capabilities, string? token)
    {
        await using ScriptedPeer peer = Offer(capabilities, "");
        Assert.That((await Assert.ThrowsAsync<ImapBroken>(() => Dial(peer, token: token)))!.Fault, Is.EqualTo(ImapFault.Login));
        Assert.That(peer.Heard, Is.Empty);
    }

    [Test]
    public async Task A_server_that_challenges_for_ever_is_left()
    {
        await using ScriptedPeer peer = Offer("AUTH=PLAIN SASL-IR", [.. Enumerable.Repeat("+ x\r\n", 30)]);
        Assert.That((await Assert.ThrowsAsync<ImapBroken>(() => ImapPeer.Dial(peer)))!.Fault, Is.EqualTo(ImapFault.Unreadable));
    }

    [TestCase("* BYE [UNAVAILABLE] try later\r\n")]
    public async Task A_greeting_may_be_a_goodbye(string greeting)
    {
        await using ScriptedPeer peer = ScriptedPeer.Play(peer => peer.Say(greeting));
        ImapRefusal refusal = (await Assert.ThrowsAsync<ImapRefusal>(() => ImapPeer.Dial(peer)))!;
        Assert.That((refusal.Status, refusal.Code, refusal.Text), Is.EqualTo((ImapStatus.Bye, "UNAVAILABLE", "try later")));
    }

    [TestCase("220 mx ESMTP\r\n", ImapFault.Unreadable)]
    [TestCase("+OK POP3\r\n", ImapFault.Unreadable)]
    [TestCase("* NO\r\n", ImapFault.Unreadable)]
    [TestCase("* 5 EXISTS\r\n", ImapFault.Unreadable)]
    [TestCase("", ImapFault.Closed)]
    [TestCase("* OK", ImapFault.Closed)]
    public async Task A_greeting_that_is_none_ends_it(string greeting, ImapFault fault)
    {
        await using ScriptedPeer peer = ScriptedPeer.Play(peer => peer.Say(greeting));
        Assert.That((await Assert.ThrowsAsync<ImapBroken>(() => ImapPeer.Dial(peer)))!.Fault, Is.EqualTo(fault));
    }

    [Test]
    public async Task Who_is_logged_in_by_the_greeting_says_no_password()
    {
        await using ScriptedPeer peer = ScriptedPeer.Play(async peer =>
        {
            await peer.Say("* PREAUTH hello\r\n");
            await ImapPeer.Answer(peer, "* CAPABILITY IMAP4rev1 IDLE\r\n% OK\r\n");
            await peer.Hear();
        });
        await using ImapClient client = await ImapPeer.Dial(peer);
        Assert.That(peer.Heard, Is.EqualTo((string[])["A1 CAPABILITY"]));
    }

    [Test]
    public async Task Nothing_answers_at_a_closed_port()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        ImapClientOptions options = new() { Host = "127.0.0.1", Port = ((IPEndPoint)listener.LocalEndpoint).Port, User = "support" };
        listener.Stop();
        Assert.That((await Assert.ThrowsAsync<ImapBroken>(() => ImapClient.Connect(options, TimeProvider.System, CancellationToken.None)))!.Fault, Is.EqualTo(ImapFault.Unreachable));
        options = options with { Host = "no such host" };
        Assert.That((await Assert.ThrowsAsync<ImapBroken>(() => ImapClient.Connect(options, TimeProvider.System, CancellationToken.None)))!.Fault, Is.EqualTo(ImapFault.UnknownHost));
    }

    [Test]
    public async Task Without_protection_nothing_is_sent()
    {
        await using ScriptedPeer peer = Offer("AUTH=PLAIN SASL-IR AUTH=XOAUTH2", "");
        ImapClientOptions options = ImapPeer.Options(peer);
        using ImapStream stream = new(options, TimeProvider.System);
        await stream.Dial(CancellationToken.None);
        ImapExchange exchange = new(stream, options.Timeouts.Command);
        await exchange.Greet(CancellationToken.None);
        foreach (string? token in (string?[])[null, "tok.en-1"])
        {
            ImapLogin login = new(exchange, options with { AccessToken = token }, safe: false);
            Assert.That((await Assert.ThrowsAsync<ImapBroken>(() => login.Run(CancellationToken.None)))!.Fault, Is.EqualTo(ImapFault.Login));
        }
        Assert.That(peer.Heard, Is.Empty);
    }

    private static ScriptedPeer Offer(string capabilities, params string[] replies) => ScriptedPeer.Play(async peer =>
    {
        await peer.Say($"* OK [CAPABILITY IMAP4rev1 {capabilities}] hello\r\n");
        foreach (string reply in replies)
            await peer.Answer(reply);
        await peer.Hear();
    });

    private static Task<ImapClient> Dial(ScriptedPeer peer, string? password = null, string? token = null) =>
        ImapClient.Connect(ImapPeer.Options(peer) with { Password = password ?? (token is null ? ImapPeer.Password : null), AccessToken = token }, TimeProvider.System, CancellationToken.None);
}
