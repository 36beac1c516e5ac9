using System.Net;
using System.Text;
using MailInbox.Inbox.Conversations;
using MailInbox.Inbox.Team;
using MailInbox.Mail.Mime;
using MailInbox.Tests.Admin;
using MailInbox.Tests.Support;

namespace MailInbox.Tests.Outbox;

/// <summary>A mail passed on: from the form without script to the bytes that the smart host is given.</summary>
public sealed class ForwardTests
{
    private const string Page = """
        From: Anna Example <anna@berg.example>
        To: support@example.com
        Subject: Re: The lamp
        Date: Mon, 3 Nov 2025 10:20:30 +0100
        Message-ID: <lamp@berg.example>
        MIME-Version: 1.0
        Content-Type: multipart/mixed; boundary=m

        --m
        Content-Type: multipart/related; boundary=r

        --r
        Content-Type: text/html; charset=utf-8

        <p onclick="x()">See the <b style="color: red">lämp</b>. <img src="cid:lamp@x"> <img src="https://shop.example/logo.png"> <script>1</script></p>
        --r
        Content-Type: image/png
        Content-ID: <lamp@x>
        Content-Transfer-Encoding: base64

        iVBORw0K
        --r--
        --m
        Content-Type: text/csv; charset=windows-1251; header=present; name=list.csv
        Content-Disposition: attachment; filename=list.csv
        Content-Transfer-Encoding: quoted-printable

        =CB=E0=EC=EF=E0;2
        --m--

        """;

    private MailSink _sink = null!;

    [SetUp]
    public void Listen() => _sink = MailSink.Start();

    [TearDown]
    public async Task Close() => await _sink.DisposeAsync();

    [Test]
    public async Task In_the_text_brings_the_words_the_images_and_the_files()
    {
        await using TestGateway gateway = await TestGateway.Start(new TestConfiguration { SmartHost = _sink.Port });
        MimeMessage mail = await Forwarded(gateway, Page, "text");
        string html = mail.HtmlBody[0].Text();
        Assert.Multiple(() =>
        {
            Assert.That(mail.Subject, Is.EqualTo("Fwd: The lamp"));
            Assert.That(mail.InReplyTo, Is.Empty, "a forward opens a thread of its own");
            Assert.That(mail.TextBody[0].Text(), Does.StartWith("Please look.\n\n---------- Forwarded message ----------\nFrom: Anna Example <anna@berg.example>\nDate: Mon, 3 Nov 2025 10:20 +01:00\nSubject: Re: The lamp\n").And.Contain("See the lämp."));
            Assert.That(html, Does.StartWith("<p>Please look.</p>").And.Contain("color:red").And.Contain("cid:lamp@x").And.Contain("https://shop.example/logo.png"));
            Assert.That(html, Does.Not.Contain("script").And.Not.Contain("onclick"));
            Assert.That(mail.HtmlBody[0].Type.Media, Is.EqualTo("text/html"));
            Assert.That(mail.AllParts().Single(p => p.ContentId == "lamp@x").Disposition, Is.EqualTo("inline"));
        });
        MimePart list = mail.Attachments.Single(p => p.FileName == "list.csv");
        Assert.Multiple(() =>
        {
            Assert.That(list.Type.Charset, Is.EqualTo("windows-1251"));
            Assert.That(list.Type["header"], Is.EqualTo("present"));
            Assert.That(list.Text(), Is.EqualTo("Лампа;2"));
        });
    }

    [Test]
    public async Task As_a_file_brings_the_bytes_as_received()
    {
        await using TestGateway gateway = await TestGateway.Start(new TestConfiguration { SmartHost = _sink.Port });
        MimeMessage mail = await Forwarded(gateway, Page, "attached");
        MimePart file = mail.Attachments.Single();
        ThreadMessage shown = gateway.Thread(1).Messages[^1];
        Assert.Multiple(() =>
        {
            Assert.That(file.Type.Media, Is.EqualTo("message/rfc822"));
            Assert.That(file.FileName, Is.EqualTo("Re_ The lamp.eml"));
            Assert.That(file.RawBody.ToArray(), Is.EqualTo(gateway.Raw.Bytes(gateway.Thread(1).Messages[0].Message.RawId)));
            Assert.That(mail.Root.Encoding, Is.EqualTo("8bit"));
            Assert.That(mail.TextBody.Single().Text(), Is.EqualTo("Please look."));
            Assert.That(shown.Message.HasAttachment, Is.True);
            Assert.That(shown.Attachments.Single().Size, Is.EqualTo(file.RawBody.Length));
        });
    }

    [Test]
    public async Task A_host_that_takes_7_bits_gets_the_original_as_a_file_of_the_same_bytes()
    {
        string[] heard = [];
        await using ScriptedPeer host = ScriptedPeer.Play(async peer =>
        {
            await peer.Say("220 old.example\r\n");
            await peer.Answer("250-old.example\r\n250 PIPELINING\r\n");
            await peer.Hear();
            await peer.Answer("250 2.1.0 Ok\r\n250 2.1.5 Ok\r\n");
            await peer.Answer("354 Go on\r\n");
            heard = [.. await peer.HearMessage()];
            await peer.Say("250 2.0.0 Taken\r\n");
            await peer.Answer("221 Bye\r\n");
        });
        await using TestGateway gateway = await TestGateway.Start(new TestConfiguration { SmartHost = host.Port });
        await Post(gateway, Page, "attached");
        await Eventually.Holds(() => gateway.Thread(1).Messages[^1].Recipients.All(r => r.State == DeliveryState.Sent), "sent");
        MimeMessage mail = MimeParser.Parse(Encoding.Latin1.GetBytes(string.Join("\r\n", heard) + "\r\n"));
        MimePart file = mail.Attachments.Single();
        Assert.Multiple(() =>
        {
            Assert.That(host.Heard[1], Does.StartWith("MAIL FROM:<support@example.com>").And.Not.Contain("8BITMIME"));
            Assert.That(string.Concat(heard).All(char.IsAscii), Is.True);
            Assert.That(mail.Root.Headers.Has("Content-Transfer-Encoding"), Is.False);
            Assert.That(file.Type.Media, Is.EqualTo("application/octet-stream"));
            Assert.That(file.FileName, Does.EndWith(".eml"));
            Assert.That(file.Decode(), Is.EqualTo(gateway.Raw.Bytes(gateway.Thread(1).Messages[0].Message.RawId)));
        });
    }

    [Test]
    public async Task The_choice_stays_when_something_else_is_wrong()
    {
        await using TestGateway gateway = await TestGateway.Start();
        await gateway.File(Page);
        using ScreenClient agent = await ScreenClient.Join(gateway, "mina@example.com", Role.Agent);
        string start = await (await agent.Get("/inboxes/support/open/1?write=forward")).Content.ReadAsStringAsync();
        using HttpResponseMessage answer = await agent.Post("/conversations/1/forward", Fields(gateway, "attached", to: "nobody"));
        string again = await answer.Content.ReadAsStringAsync();
        Assert.Multiple(() =>
        {
            Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
            Assert.That(start, Does.Contain("name=\"original\" value=\"text\" checked"));
            Assert.That(again, Does.Contain("name=\"original\" value=\"attached\" checked").And.Not.Contain("value=\"text\" checked"));
        });
    }

    private async Task<MimeMessage> Forwarded(TestGateway gateway, string mail, string original)
    {
        await Post(gateway, mail, original);
        await Eventually.Holds(() => _sink.Mails.Count == 1, "sent");
        return _sink.Mails.Single().Message;
    }

    private static async Task Post(TestGateway gateway, string mail, string original)
    {
        await gateway.File(mail);
        using ScreenClient agent = await ScreenClient.Join(gateway, "mina@example.com", Role.Agent);
        using HttpResponseMessage answer = await agent.Post("/conversations/1/forward", Fields(gateway, original, "Bo <bo@partner.example>"));
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Redirect).Or.EqualTo(HttpStatusCode.SeeOther), await answer.Content.ReadAsStringAsync());
    }

    private static (string, string)[] Fields(TestGateway gateway, string original, string to) =>
        [("kind", "forward"), ("message", $"{gateway.Thread(1).Messages[0].Message.Id}"), ("to", to), ("subject", "Fwd: The lamp"), ("text", "Please look."), ("original", original)];
}
