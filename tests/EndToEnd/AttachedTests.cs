using System.Net;
using MailInbox.Inbox.Conversations;
using MailInbox.Inbox.Intake;
using MailInbox.Inbox.Team;
using MailInbox.Tests.Admin;
using MailInbox.Tests.Mime;
using MailInbox.Tests.Support;

namespace MailInbox.Tests.EndToEnd;

/// <summary>What stands inside parts, from the listener to the page of an agent.</summary>
public sealed class AttachedTests
{
    private const string Head = "From: Jonas Berg <jonas@berg.example>\nTo: support@example.com\nSubject: Hidden\nDate: Mon, 3 Nov 2025 10:20:30 +0100\nMIME-Version: 1.0\n";

    private TestGateway _gateway = null!;
    private ScreenClient _agent = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        _gateway = await TestGateway.Start();
        _agent = await ScreenClient.Join(_gateway, "mina@example.com", Role.Agent);
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        _agent.Dispose();
        await _gateway.DisposeAsync();
    }

    [Test]
    public async Task Files_of_winmail_dat_and_of_a_text_are_listed_and_downloaded()
    {
        byte[] data = [.. Enumerable.Range(0, 1_000).Select(i => (byte)(i * 7))];
        TnefWriter tnef = new TnefWriter().File("PRICES~1.BIN", data, TnefWriter.Text16(0x3707, "prices & more.bin"));
        string mail = $"{Head}Message-ID: <files@berg.example>\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n\nSee the files.\nbegin 644 hello.txt\n%:&5L;&\\ \n`\nend\nBye.\n"
            + $"--b\nContent-Type: application/ms-tnef; name=winmail.dat\nContent-Transfer-Encoding: base64\n\n{tnef.Base64}\n--b--\n";
        (string page, ThreadMessage message) = await Opened(mail);
        Assert.Multiple(() =>
        {
            Assert.That(message.Attachments.Select(a => $"{a.PartId} {a.FileName} {a.Size}"), Is.EqualTo(["1.1 hello.txt 5", "2.1 prices & more.bin 1000"]));
            Assert.That(page, Does.Contain("prices &amp; more.bin").And.Contain("hello.txt").And.Contain("See the files."));
            Assert.That(page, Does.Not.Contain("winmail.dat").And.Not.Contain("begin 644"));
        });
        Assert.That(await Download(message, "2.1"), Is.EqualTo(data));
        Assert.That(await Download(message, "1.1"), Is.EqualTo("hello"u8.ToArray()));
    }

    [Test]
    public async Task The_html_of_winmail_dat_is_shown_with_its_pictures()
    {
        TnefWriter tnef = new TnefWriter().Properties(TnefWriter.Binary(0x1013, "<p>Hello <img src=\"cid:logo@x\"> <script>1</script>there"u8.ToArray()))
            .File("logo.png", [1, 2, 3], TnefWriter.Text16(0x3712, "logo@x"), TnefWriter.Text8(0x370E, "image/png"u8.ToArray()), TnefWriter.Long(0x3714, 4));
        (string page, ThreadMessage message) = await Opened($"{Head}Message-ID: <html@berg.example>\nContent-Type: application/ms-tnef; name=winmail.dat\nContent-Transfer-Encoding: base64\n\n{tnef.Base64}\n");
        using HttpResponseMessage frame = await _agent.Get($"/messages/{message.Message.Id}/html");
        string html = await frame.Content.ReadAsStringAsync();
        Assert.Multiple(() =>
        {
            Assert.That(page, Does.Contain($"/messages/{message.Message.Id}/html"));
            Assert.That(html, Does.Contain("there").And.Contain($"/messages/{message.Message.Id}/parts/1.2?inline=1").And.Not.Contain("<script"));
            Assert.That(message.Message.Preview, Does.Contain("Hello"));
        });
        Assert.That(await Download(message, "1.2"), Is.EqualTo(new byte[] { 1, 2, 3 }));
    }

    [Test]
    public async Task An_invite_is_a_card_and_stays_a_file()
    {
        const string calendar = "BEGIN:VCALENDAR\nMETHOD:REQUEST\nBEGIN:VEVENT\nUID:1\nSUMMARY:Planning <b>\nDTSTART;TZID=Europe/Berlin:20251103T100000\nDTEND;TZID=Europe/Berlin:20251103T110000\nLOCATION:Room 4\nORGANIZER;CN=Jonas Berg:mailto:jonas@berg.example\nATTENDEE:mailto:a@example.com\nRRULE:FREQ=WEEKLY\nEND:VEVENT\nEND:VCALENDAR\n";
        (string page, ThreadMessage message) = await Opened($"{Head}Message-ID: <invite@berg.example>\nContent-Type: multipart/mixed; boundary=m\n\n--m\nContent-Type: multipart/alternative; boundary=b\n\n--b\nContent-Type: text/plain\n\nPlease come.\n--b\nContent-Type: text/calendar; method=REQUEST\n\n{calendar}\n--b--\n--m\nContent-Type: application/ics; name=invite.ics\nContent-Disposition: attachment\n\n{calendar}\n--m--\n");
        string text = WebUtility.HtmlDecode(page);
        Assert.Multiple(() =>
        {
            Assert.That(page, Does.Contain("Planning &lt;b&gt;").And.Not.Contain("Planning <b>"));
            Assert.That(text, Does.Contain("Mon 3 Nov 2025, 10:00–11:00 (Europe/Berlin)").And.Contain("Repeats: every week").And.Contain("Where: Room 4").And.Contain("Organizer: Jonas Berg · 1 guest").And.Contain("Please come."));
            Assert.That(text.Split("class=\"invite\""), Has.Length.EqualTo(2), "the same invite twice is one card");
            Assert.That(page.Split("class=\"file\">"), Has.Length.EqualTo(2), "the calendar without a name is the same file");
            Assert.That(page, Does.Contain("invite.ics"));
        });
    }

    [TestCase("Content-Type: multipart/signed; protocol=\"application/pkcs7-signature\"; boundary=s\n\n--s\n\nReadable text\n--s\nContent-Type: application/pkcs7-signature; name=smime.p7s\n\nx\n--s--\n", "Signed with S/MIME, not checked.", "Readable text")]
    [TestCase("Content-Type: application/pkcs7-mime; smime-type=enveloped-data; name=smime.p7m\nContent-Transfer-Encoding: base64\n\nMIAG\n", "Encrypted with S/MIME: open it", "smime.p7m")]
    [TestCase("Content-Type: multipart/encrypted; protocol=\"application/pgp-encrypted\"; boundary=s\n\n--s\nContent-Type: application/pgp-encrypted\n\nVersion: 1\n--s\nContent-Type: application/octet-stream; name=encrypted.asc\n\nx\n--s--\n", "Encrypted with PGP: open it in a program that has the key.", "encrypted.asc")]
    [TestCase("\n-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n\nReadable text\n-----BEGIN PGP SIGNATURE-----\n\niQEz\n-----END PGP SIGNATURE-----\n", "Signed with PGP, not checked.", "Readable text")]
    public async Task Protected_mail_says_so(string body, string label, string readable)
    {
        (string page, ThreadMessage message) = await Opened($"{Head}Message-ID: <{Guid.NewGuid():N}@berg.example>\n{body}");
        Assert.That(page, Does.Contain(label).And.Contain(readable).And.Not.Contain("BEGIN PGP"));
        Assert.That(message.Message.Preview, Does.Not.Contain("BEGIN PGP"));
        byte[] raw = await (await _agent.Get($"/messages/{message.Message.Id}/raw")).Content.ReadAsByteArrayAsync();
        Assert.That(System.Text.Encoding.UTF8.GetString(raw), Does.EndWith(body.ReplaceLineEndings("\r\n")));
    }

    [Test]
    public async Task A_mail_inside_a_mail_is_read_where_it_stands()
    {
        (string page, ThreadMessage message) = await Opened($"{Head}Message-ID: <inner@berg.example>\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nSee below.\n--b\nContent-Type: message/rfc822\n\n"
            + "From: Erik Inner <erik@inner.example>\nSubject: Wet parcel <1>\nDate: Fri, 20 Nov 2026 08:00:00 +0100\nContent-Type: text/html\n\n<p>It was <b>wet</b>.<script>x</script></p>\n--b--\n");
        Assert.That(page, Does.Contain("Wet parcel &lt;1&gt;").And.Contain("Attached mail from Erik Inner").And.Contain("It was wet.").And.Not.Contain("<script>x"));
        Assert.That(message.Attachments.Single().FileName, Does.EndWith(".eml"));
    }

    [Test]
    public async Task Files_stand_in_the_order_of_the_mail_and_pictures_show_what_they_are()
    {
        string files = string.Concat(Enumerable.Range(1, 11).Select(i => $"--b\nContent-Type: application/zip; name={i}.zip\nContent-Disposition: attachment\n\nx\n"));
        (string page, ThreadMessage message) = await Opened($"{Head}Message-ID: <files11@berg.example>\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nMany.\n{files}--b\nContent-Type: image/png\nContent-Transfer-Encoding: base64\n\niVBORw0K\n--b--\n");
        Assert.That(message.Attachments.Select(a => a.FileName), Is.EqualTo(Enumerable.Range(1, 11).Select(i => $"{i}.zip").Append("")));
        Assert.That(page, Does.Contain($"src=\"/messages/{message.Message.Id}/parts/13?inline=1\" alt ").And.Contain("image.png"));
    }

    [Test]
    public async Task A_picture_is_listed_unless_the_text_shows_it()
    {
        string picture(string id, string name) => $"--b\nContent-Type: image/png; name={name}\nContent-ID: <{id}>\nContent-Disposition: {(id == "shown@x" ? "attachment" : "inline")}\nContent-Transfer-Encoding: base64\n\niVBORw0K\n";
        (_, ThreadMessage message) = await Opened($"{Head}Message-ID: <cids@berg.example>\nContent-Type: multipart/related; boundary=b\n\n--b\nContent-Type: text/html\n\n<p>See <img src='CID:shown%40x'> and <td style=\"background:url(&quot;cid:back@x&quot;)\"></p>\n"
            + picture("shown@x", "shown.png") + picture("back@x", "back.png") + picture("shown@x", "again.png") + picture("lost@x", "lost.png") + "--b--\n");
        Assert.That(message.Attachments.Select(a => $"{a.FileName} {a.Inline}"), Is.EqualTo(["shown.png True", "back.png True", "again.png False", "lost.png False"]));
    }

    [TestCase("\n", "This message has no text.")]
    [TestCase("Content-Type: multipart/alternative; boundary=none\n\n \n", "This message has no text.")]
    [TestCase("Content-Type: multipart/encrypted; protocol=\"application/pgp-encrypted\"; boundary=s\n\n--s\nContent-Type: application/pgp-encrypted\n\nVersion: 1\n--s\nContent-Type: application/octet-stream; name=encrypted.asc\n\nx\n--s--\n", "encrypted.asc")]
    public async Task Nothing_is_listed_that_nobody_sent(string body, string words)
    {
        (string page, _) = await Opened($"{Head}Message-ID: <{Guid.NewGuid():N}@berg.example>\n{body}");
        Assert.That(page, Does.Contain(words).And.Not.Contain("class=\"file\">attachment<"));
    }

    private async Task<(string Page, ThreadMessage Message)> Opened(string mail)
    {
        Filing filing = await _gateway.File(mail);
        long id = filing.ConversationId ?? throw new InvalidOperationException("The mail opened no conversation.");
        using HttpResponseMessage answer = await _agent.Get($"/inboxes/support/open/{id}?all=true");
        return (await answer.Content.ReadAsStringAsync(), _gateway.Thread(id).Messages[^1]);
    }

    private async Task<byte[]> Download(ThreadMessage message, string part)
    {
        using HttpResponseMessage answer = await _agent.Get($"/messages/{message.Message.Id}/parts/{part}");
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(answer.Content.Headers.ContentDisposition?.DispositionType, Is.EqualTo("attachment"));
        return await answer.Content.ReadAsByteArrayAsync();
    }
}
