using System.Security.Cryptography.X509Certificates;
using MailInbox.Mail.Imap;
using MailInbox.Mail.Wire;
using MailInbox.Tests.Support;

namespace MailInbox.Tests.Imap;

public class ImapClientTlsTests
{
    [OneTimeSetUp]
    public void MakeTheCertificate() => _certificate = TestCertificate.Make();

    [OneTimeTearDown]
    public void DropTheCertificate() => _certificate.Dispose();

    [Test]
    public async Task A_protected_session_logs_in_and_believes_only_what_was_said_inside([Values(WireSecurity.Tls, WireSecurity.StartTls)] WireSecurity security)
    {
        await using ScriptedPeer peer = ScriptedPeer.Play(async peer =>
        {
            if (security == WireSecurity.StartTls)
                await Greet(peer, "A1 OK go\r\n", "STARTTLS LOGINDISABLED MOVE");
            await peer.StartTls(_certificate);
            if (security == WireSecurity.Tls)
                await peer.Say("* OK hello\r\n");
            string tag = await ImapPeer.Answer(peer, "* CAPABILITY IMAP4rev1 IDLE\r\n% OK\r\n");
            tag = await ImapPeer.Answer(peer, "% OK in\r\n", tag);
            tag = await ImapPeer.Answer(peer, "* CAPABILITY IMAP4rev1 IDLE\r\n% OK\r\n", tag);
            await ImapPeer.Answer(peer, "* SEARCH 1\r\n% OK\r\n", tag);
            await peer.Hear();
        });
        await using ImapClient client = await Dial(peer, security, trusted: true);
        Assert.That(client.Capabilities, Is.EquivalentTo((string[])["IMAP4REV1", "IDLE"]));
        Assert.That(await client.Search("ALL", CancellationToken.None), Is.EqualTo((uint[])[1]));
    }

    [Test]
    public async Task An_unknown_certificate_ends_it([Values(WireSecurity.Tls, WireSecurity.StartTls)] WireSecurity security)
    {
        await using ScriptedPeer peer = ScriptedPeer.Play(async peer =>
        {
            if (security == WireSecurity.StartTls)
                await Greet(peer);
            await peer.StartTls(_certificate);
            await peer.Hear();
        });
        await Fails(peer, security, trusted: false);
    }

    [Test]
    public async Task A_certificate_for_another_name_ends_it()
    {
        await using ScriptedPeer peer = ScriptedPeer.Play(peer => peer.StartTls(_certificate));
        await Fails(peer, WireSecurity.Tls, host: "127.0.0.1");
    }

    [Test]
    public async Task A_server_without_TLS_at_this_port_ends_it()
    {
        await using ScriptedPeer peer = ScriptedPeer.Play(async peer =>
        {
            await peer.Say("* OK hello in the clear\r\n");
            await peer.Hear();
        });
        await Fails(peer, WireSecurity.Tls);
    }

    [TestCase("* OK [CAPABILITY IMAP4rev1 AUTH=PLAIN] hello\r\n", "")]
    [TestCase("* PREAUTH [CAPABILITY IMAP4rev1 STARTTLS] hello\r\n", "")]
    [TestCase("* OK [CAPABILITY IMAP4rev1 STARTTLS] hello\r\n", "A1 NO not now\r\n")]
    [TestCase("* OK [CAPABILITY IMAP4rev1 STARTTLS] hello\r\n", "A1 BAD what\r\n")]
    public async Task No_starttls_no_password(string greeting, string answer)
    {
        await using ScriptedPeer peer = ScriptedPeer.Play(async peer =>
        {
            await peer.Say(greeting);
            await peer.Answer(answer);
            await peer.Hear();
        });
        await Fails(peer, WireSecurity.StartTls);
    }

    [TestCase("A1 OK go\r\n* CAPABILITY IMAP4rev1 AUTH=PLAIN\r\n")]
    [TestCase("A1 OK go\r\nA2 OK\r\n")]
    [TestCase("A1 OK go\r\n\r\n")]
    public async Task Words_injected_before_the_handshake_end_it(string words)
    {
        await using ScriptedPeer peer = ScriptedPeer.Play(async peer =>
        {
            await Greet(peer, words);
            await peer.Hear();
        });
        await Fails(peer, WireSecurity.StartTls);
    }

    private X509Certificate2 _certificate = null!;

    private async Task Fails(ScriptedPeer peer, WireSecurity security, bool trusted = true, string host = "localhost")
    {
        ImapBroken broken = (await Assert.ThrowsAsync<ImapBroken>(() => Dial(peer, security, trusted, host)))!;
        Assert.That(broken.Fault, Is.EqualTo(ImapFault.Tls));
        Assert.That(peer.Heard.Any(line => line.Contains("LOGIN", StringComparison.Ordinal) || line.Contains("AUTH", StringComparison.Ordinal)), Is.False);
    }

    private Task<ImapClient> Dial(ScriptedPeer peer, WireSecurity security, bool trusted, string host = "localhost")
    {
        ImapClientOptions options = ImapPeer.Options(peer) with
        {
            Host = host,
            Security = security,
            TrustedRoots = trusted ? [X509CertificateLoader.LoadCertificate(_certificate.RawData)] : null,
        };
        return ImapClient.Connect(options, TimeProvider.System, CancellationToken.None);
    }

    private static async Task Greet(ScriptedPeer peer, string starttls = "A1 OK go\r\n", string capabilities = "STARTTLS")
    {
        await peer.Say($"* OK [CAPABILITY IMAP4rev1 {capabilities}] hello\r\n");
        await peer.Answer(starttls);
    }
}
