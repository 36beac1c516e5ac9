using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using MailInbox.Mail.Smtp;
using MailInbox.Mail.Wire;
using MailInbox.Tests.Support;

namespace MailInbox.Tests.Smtp;

public class SmtpClientTlsTests
{
    [OneTimeSetUp]
    public void MakeTheCertificate() => _certificate = TestCertificate.Make();

    [OneTimeTearDown]
    public void DropTheCertificate() => _certificate.Dispose();

    [Test]
    public async Task A_protected_session_logs_in_and_sends([Values(WireSecurity.Tls, WireSecurity.StartTls)] WireSecurity security)
    {
        await using ScriptedPeer peer = ScriptedPeer.Play(async peer =>
        {
            if (security == WireSecurity.StartTls)
                await Greet(peer);
            await peer.StartTls(_certificate);
            if (security == WireSecurity.Tls)
                await peer.Say("220 peer\r\n");
            await peer.Answer("250-peer\r\n250 AUTH PLAIN\r\n");
            await peer.Answer("235 2.7.0 Ok\r\n");
            await peer.Answer("250 Ok\r\n");
            await peer.Answer("250 Ok\r\n");
            await peer.Answer("354 Go\r\n");
            await peer.HearMessage();
            await peer.Say("250 2.0.0 Ok\r\n");
        });
        await using SmtpClient client = await Dial(peer, security, trusted: true);
        SmtpSendResult result = await client.Send(new SmtpMessage("", ["a@b.example"], new byte[100_000]), CancellationToken.None);
        Assert.That(result.Recipients.Single().Reply, Is.EqualTo(new SmtpReply(250, "2.0.0", "Ok")));
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
        await Assert.ThrowsAsync<AuthenticationException>(() => Dial(peer, security, trusted: false));
        Assert.That(peer.Heard.Any(line => line.StartsWith("AUTH", StringComparison.Ordinal)), Is.False);
    }

    [Test]
    public async Task A_certificate_for_another_name_ends_it()
    {
        await using ScriptedPeer peer = ScriptedPeer.Play(peer => peer.StartTls(_certificate));
        await Assert.ThrowsAsync<AuthenticationException>(() => Dial(peer, WireSecurity.Tls, trusted: true, host: "127.0.0.1"));
    }

    [TestCase("250-peer\r\n250 AUTH PLAIN\r\n", "")]
    [TestCase("502 no EHLO\r\n", "250 peer\r\n")]
    public async Task No_starttls_no_password(string ehlo, string helo)
    {
        await using ScriptedPeer peer = ScriptedPeer.Play(async peer =>
        {
            await peer.Say("220 peer\r\n");
            await peer.Answer(ehlo);
            if (helo.Length > 0)
                await peer.Answer(helo);
            await peer.Hear();
        });
        await Assert.ThrowsAsync<AuthenticationException>(() => Dial(peer, WireSecurity.StartTls, trusted: true));
        await peer.Done;
        Assert.That(peer.Heard.Any(line => line.StartsWith("AUTH", StringComparison.Ordinal)), Is.False);
    }

    [Test]
    public async Task A_refused_starttls_is_a_refusal()
    {
        await using ScriptedPeer peer = ScriptedPeer.Play(peer => Greet(peer, "454 4.7.0 not now\r\n"));
        SmtpRefusal refusal = (await Assert.ThrowsAsync<SmtpRefusal>(() => Dial(peer, WireSecurity.StartTls, trusted: true)))!;
        Assert.That(refusal.Reply.Code, Is.EqualTo(454));
    }

    [Test]
    public async Task Words_injected_before_the_handshake_end_it()
    {
        await using ScriptedPeer peer = ScriptedPeer.Play(async peer =>
        {
            await Greet(peer, "220 Go\r\n250-peer\r\n250 AUTH PLAIN\r\n");
            await peer.Hear();
        });
        Assert.That(() => Dial(peer, WireSecurity.StartTls, trusted: true), Throws.InstanceOf<IOException>());
        Assert.That(peer.Heard.Any(line => line.StartsWith("AUTH", StringComparison.Ordinal)), Is.False);
    }

    private X509Certificate2 _certificate = null!;

    private Task<SmtpClient> Dial(ScriptedPeer peer, WireSecurity security, bool trusted, string host = "localhost")
    {
        SmtpClientOptions options = new()
        {
            Host = host,
            Port = peer.Port,
            Security = security,
            User = "me",
            Password = "s3cret",
            HeloName = "us.example.com",
            TrustedRoots = trusted ? [X509CertificateLoader.LoadCertificate(_certificate.RawData)] : null,
        };
        return SmtpClient.Connect(options, TimeProvider.System, CancellationToken.None);
    }

    private static async Task Greet(ScriptedPeer peer, string starttls = "220 Go\r\n")
    {
        await peer.Say("220 peer\r\n");
        await peer.Answer("250-peer\r\n250 STARTTLS\r\n");
        await peer.Answer(starttls);
    }
}
