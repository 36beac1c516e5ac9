using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MailInbox.Inbox.Configuration;
using MailInbox.Inbox.RawMail;
using MailInbox.Mail.Wire;

namespace MailInbox.Tests.Configuration;

public sealed class SourcesReaderTests
{
    private const string Secret = "tr0ub4dor-and-3";

    [Test]
    public void Every_value_arrives_in_the_options()
    {
        using SampleFolder folder = With("""
            "imap": "Imap.Example.com", "port": 1993, "security": "tls", "user": " support@example.com ", "password": "env:SUPPORT_PASSWORD",
            "folders": ["inbox", "Junk/Späm"], "start": "2026-01-31", "afterwards": "move:Done/2026", "every": "1m", "maxSize": "25mb", "sent": "Sent", "trust": "imap.pem"
            """);
        folder.Write("imap.pem", Pem());
        SourceOptions source = Only(folder);
        using (Assert.EnterMultipleScope())
        {
            Assert.That((source.Inbox, source.Host, source.Port, source.Security), Is.EqualTo(("support", "imap.example.com", 1993, WireSecurity.Tls)));
            Assert.That((source.User, source.Password, source.OAuth), Is.EqualTo(("support@example.com", Secret, (OAuthOptions?)null)));
            Assert.That(source.Folders, Is.EqualTo(new[] { "INBOX", "Junk/Späm" }), "INBOX has one spelling");
            Assert.That(source.Start, Is.EqualTo(new StartPolicy(false, new DateOnly(2026, 1, 31))));
            Assert.That(source.Afterwards, Is.EqualTo(new Afterwards(AfterwardsAct.Move, "Done/2026")));
            Assert.That((source.Every, source.MaxSize, source.Sent), Is.EqualTo((TimeSpan.FromMinutes(1), 25L << 20, "Sent")));
            Assert.That(source.TrustedRoots, Is.EqualTo(Path.GetFullPath(Path.Combine(folder.Path, "imap.pem"))));
            Assert.That(folder.Read().Inboxes.Inboxes[0].SilenceAlarm, Is.EqualTo(TimeSpan.FromHours(8)));
        }
    }

    [Test]
    public void What_is_left_out_has_its_documented_default()
    {
        using SampleFolder folder = With("\"imap\": \"127.0.0.1\", \"user\": \"u\", \"password\": \"env:SUPPORT_PASSWORD\"");
        SourceOptions source = Only(folder);
        using (Assert.EnterMultipleScope())
        {
            Assert.That((source.Port, source.Security, source.TrustedRoots), Is.EqualTo((993, WireSecurity.Tls, (string?)null)));
            Assert.That(source.Folders, Is.EqualTo(new[] { "INBOX" }));
            Assert.That((source.Start, source.Afterwards), Is.EqualTo((StartPolicy.Now, Afterwards.Leave)));
            Assert.That((source.Every, source.MaxSize, source.Sent), Is.EqualTo((TimeSpan.FromMinutes(2), 50L << 20, (string?)null)));
        }
    }

    [TestCase("tls", 993)]
    [TestCase("starttls", 143)]
    [TestCase("none", 143)]
    public void The_port_follows_the_security(string security, int port)
    {
        using SampleFolder folder = With($"\"imap\": \"localhost\", \"security\": \"{security}\", \"user\": \"u\", \"password\": \"env:SUPPORT_PASSWORD\"");
        Assert.That(Only(folder).Port, Is.EqualTo(port));
    }

    [TestCase("leave", AfterwardsAct.Leave)]
    [TestCase("seen", AfterwardsAct.Seen)]
    [TestCase("delete", AfterwardsAct.Delete)]
    public void Each_act_has_its_word(string word, AfterwardsAct act)
    {
        using SampleFolder folder = With($"\"imap\": \"h\", \"user\": \"u\", \"password\": \"env:SUPPORT_PASSWORD\", \"afterwards\": \"{word}\", \"start\": \"all\", \"sent\": \"auto\"");
        SourceOptions source = Only(folder);
        Assert.That((source.Afterwards, source.Start, source.Sent), Is.EqualTo((new Afterwards(act), StartPolicy.Everything, SourceOptions.SentByServer)));
    }

    [Test]
    public void The_largest_size_is_what_can_be_kept()
    {
        using SampleFolder folder = With("\"imap\": \"h\", \"user\": \"u\", \"password\": \"env:SUPPORT_PASSWORD\", \"maxSize\": \"256mb\"");
        Assert.That(Only(folder).MaxSize, Is.EqualTo(RawMailStore.MaxSize));
    }

    [TestCase("\"provider\": \"microsoft\", \"tenant\": \"example.com\", \"client\": \"c\", \"secret\": \"env:SUPPORT_PASSWORD\"",
        "https://login.microsoftonline.com/example.com/oauth2/v2.0/token", "https://outlook.office365.com/.default", true, false)]
    [TestCase("\"provider\": \"microsoft\", \"tenant\": \"example.com\", \"client\": \"c\", \"refreshToken\": \"env:SUPPORT_PASSWORD\"",
        "https://login.microsoftonline.com/example.com/oauth2/v2.0/token", "https://outlook.office365.com/IMAP.AccessAsUser.All offline_access", false, true)]
    [TestCase("\"provider\": \"microsoft\", \"endpoint\": \"https://login.example.cn/token\", \"scope\": \"s\", \"client\": \"c\", \"secret\": \"env:SUPPORT_PASSWORD\"",
        "https://login.example.cn/token", "s", true, false)]
    [TestCase("\"provider\": \"google\", \"client\": \"c\", \"secret\": \"env:SUPPORT_PASSWORD\", \"refreshToken\": \"env:SUPPORT_PASSWORD\"",
        "https://oauth2.googleapis.com/token", "", true, true)]
    [TestCase("\"provider\": \"other\", \"client\": \"c\", \"endpoint\": \"http://127.0.0.1:8080/token\", \"refreshToken\": \"env:SUPPORT_PASSWORD\"",
        "http://127.0.0.1:8080/token", "", false, true)]
    public void Each_provider_has_its_endpoint_and_scope(string oauth, string endpoint, string scope, bool secret, bool refresh)
    {
        using SampleFolder folder = With($"\"imap\": \"h\", \"user\": \"u\", \"oauth\": {{ {oauth} }}");
        Assert.That(Only(folder).OAuth, Is.EqualTo(new OAuthOptions(new Uri(endpoint), "c", secret ? Secret : null, refresh ? Secret : null, scope)));
    }

    [Test]
    public void Options_do_not_print_their_secrets()
    {
        using SampleFolder folder = With("\"imap\": \"imap.example.com\", \"user\": \"u\", \"password\": \"env:SUPPORT_PASSWORD\" }, { \"imap\": \"h\", \"user\": \"u\", \"oauth\": { \"provider\": \"google\", \"client\": \"c\", \"secret\": \"env:SUPPORT_PASSWORD\", \"refreshToken\": \"env:SUPPORT_PASSWORD\" }");
        GatewayOptions options = folder.Read();
        InboxOptions inbox = options.Inboxes.Inboxes[0];
        Assert.That($"{options} {options.Inboxes} {inbox} {inbox.Sources[0]} {inbox.Sources[1]} {inbox.Sources[1].OAuth}", Does.Not.Contain(Secret).And.Contain("u at imap.example.com"));
    }

    [Test]
    public void One_mailbox_may_serve_two_inboxes()
    {
        using SampleFolder folder = new();
        const string source = "{ \"imap\": \"h\", \"user\": \"u\", \"password\": \"env:SMTP_PASSWORD\" }";
        folder.Write("inboxes.json", $$"""{ "inboxes": { "a": { "addresses": ["a@example.com"], "sources": [{{source}}] }, "b": { "addresses": ["b@example.com"], "sources": [{{source}}] } } }""");
        Assert.That(folder.Read().Inboxes.Inboxes.SelectMany(i => i.Sources).Select(s => s.Key), Is.EqualTo(new[] { "a/h/u", "b/h/u" }));
    }

    [Test]
    public void All_mistakes_of_a_source_are_told_at_once()
    {
        using SampleFolder folder = With("\"imap\": \"\", \"port\": 0, \"user\": 5, \"oauth\": { \"provider\": \"google\" }, \"start\": \"x\"");
        Assert.That(folder.Problems(), Is.EqualTo(new[]
        {
            "config/inboxes.json:4:13: \"imap\" is empty",
            "config/inboxes.json:4:25: \"port\" must be a whole number from 1 to 65535",
            "config/inboxes.json:4:36: \"user\" must be a text, not a number",
            "config/inboxes.json:4:48: provider \"google\" needs \"client\"",
            "config/inboxes.json:4:48: provider \"google\" needs \"secret\"",
            "config/inboxes.json:4:48: provider \"google\" needs \"refreshToken\"",
            "config/inboxes.json:4:83: unknown start \"x\", write now, all or a day such as 2026-01-31",
        }));
    }

    [Test]
    public void A_broken_certificate_is_refused_where_it_is_named()
    {
        using SampleFolder folder = With("\"imap\": \"h\", \"user\": \"u\", \"password\": \"env:SUPPORT_PASSWORD\", \"trust\": \"imap.pem\"");
        folder.Write("imap.pem", "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n");
        Assert.That(folder.Problems(), Is.EqualTo(new[] { "config/inboxes.json:4:76: a certificate in the file \"imap.pem\" cannot be read, write the path of a PEM file (-----BEGIN CERTIFICATE-----)" }));
    }

    private static SourceOptions Only(SampleFolder folder) => folder.Read().Inboxes.Inboxes[0].Sources.Single();

    private static SampleFolder With(string source)
    {
        SampleFolder folder = new();
        folder.Environment["SUPPORT_PASSWORD"] = Secret;
        return folder.Write("inboxes.json", $$"""
            {
              "inboxes": { "support": { "addresses": ["support@example.com"], "silenceAlarm": "8h",
                "sources": [ {
                {{source}} } ] } }
            }
            """);
    }

    private static string Pem()
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using X509Certificate2 certificate = new CertificateRequest("CN=imap.example.com", key, HashAlgorithmName.SHA256)
            .CreateSelfSigned(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero), new DateTimeOffset(2036, 1, 1, 0, 0, 0, TimeSpan.Zero));
        return certificate.ExportCertificatePem();
    }
}
