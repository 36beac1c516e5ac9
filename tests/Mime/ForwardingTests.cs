using System.Text;
using MailInbox.Mail.Mime;
using MailInbox.Mail.Mime.Composing;
using MailInbox.Mail.Mime.Headers;

namespace MailInbox.Tests.Mime;

public sealed class ForwardingTests
{
    private const string Page = "From: Anna Example <anna@example.org>\r\nTo: help@example.net\r\nCc: Bo <bo@example.org>\r\nSubject: Lamp =?utf-8?Q?f=C3=BCr?= two\r\n"
        + "Date: Mon, 3 Nov 2025 10:20:30 +0100\r\nContent-Type: multipart/mixed; boundary=m\r\n\r\n--m\r\nContent-Type: multipart/related; boundary=r\r\n\r\n--r\r\n"
        + "Content-Type: multipart/alternative; boundary=a\r\n\r\n--a\r\n\r\nSee the lamp.\r\n--a\r\nContent-Type: text/html\r\n\r\n"
        + "<p onclick=x>See the <b>lamp</b>.<img src=\"cid:lamp@x\"><script>1</script></p>\r\n--a--\r\n--r\r\nContent-Type: image/png\r\nContent-ID: <lamp@x>\r\n"
        + "Content-Disposition: inline; filename=lamp.png\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0K\r\n--r--\r\n--m\r\n"
        + "Content-Type: application/pdf\r\nContent-Disposition: attachment; filename=bill.pdf\r\n\r\n%PDF\r\n--m--\r\n";

    [Test]
    public void A_mail_forwarded_as_attachment_keeps_its_bytes()
    {
        byte[] raw = Encoding.UTF8.GetBytes(Page);
        MimeMessage read = Read(Forwarding.Attached(Draft(), MimeParser.Parse(raw)));
        MimePart part = read.Attachments.Single();
        Assert.Multiple(() =>
        {
            Assert.That(part.Type.Media, Is.EqualTo("message/rfc822"));
            Assert.That(part.Encoding, Is.EqualTo("7bit"));
            Assert.That(part.FileName, Is.EqualTo("Lamp für two.eml"));
            Assert.That(part.RawBody.ToArray(), Is.EqualTo(raw));
            Assert.That(part.Message!.Attachments, Has.Count.EqualTo(2));
        });
    }

    [Test]
    public void An_attached_mail_with_8_bit_bytes_makes_the_whole_8_bit()
    {
        MimeMessage read = Read(Forwarding.Attached(Draft(), Mails.Parse("Subject: ä\r\n\r\nö\r\n")));
        Assert.That(read.Root.Encoding, Is.EqualTo("8bit"));
        Assert.That(read.Attachments.Single().Encoding, Is.EqualTo("8bit"));
        Assert.That(read.Attachments.Single().Message!.Subject, Is.EqualTo("ä"));
    }

    [Test]
    public void A_mail_inside_a_mail_is_forwarded_alone()
    {
        MimeMessage inner = Mails.Parse(Mails.Mixed).Root.Parts.Single(part => part.Message is not null).Message!;
        MimeMessage read = Read(Forwarding.Attached(Draft(), inner));
        Assert.That(read.Attachments.Single().Message!.Subject, Is.EqualTo("Inner mail"));
        Assert.That(Encoding.Latin1.GetString(read.Attachments.Single().RawBody.Span), Does.StartWith("Subject: Inner mail").And.EndWith("--deep--"));
    }

    [Test]
    public void A_mail_forwarded_inline_brings_its_text_its_images_and_its_files()
    {
        MimeMessage read = Read(Forwarding.Inline(Draft() with { Text = "Please look.\n" }, Mails.Parse(Page)));
        string text = read.TextBody[0].Text(), html = read.HtmlBody[0].Text();
        Assert.Multiple(() =>
        {
            Assert.That(text, Is.EqualTo("Please look.\n\n---------- Forwarded message ----------\nFrom: Anna Example <anna@example.org>\nDate: Mon, 3 Nov 2025 10:20 +01:00\n"
                + "Subject: Lamp für two\nTo: help@example.net\nCc: Bo <bo@example.org>\n\nSee the lamp.\n"));
            Assert.That(html, Does.StartWith("Please look.<br>").And.Contain("<b>lamp</b>").And.Contain("cid:lamp@x").And.Contain("Anna Example &lt;anna@example.org&gt;").And.Not.Contain("script").And.Not.Contain("onclick"));
            Assert.That(read.Attachments.Select(part => $"{part.Disposition} {part.FileName} {part.ContentId}"), Is.EqualTo((string[])["inline lamp.png lamp@x", "attachment bill.pdf "]));
            Assert.That(read.Attachments[1].Decode(), Is.EqualTo("%PDF"u8.ToArray()));
        });
    }

    [Test]
    public void Plain_text_is_forwarded_as_plain_text()
    {
        MimeMessage read = Read(Forwarding.Inline(Draft(), Mails.Parse(Mails.Plain)));
        Assert.That(read.Root.Type.Media, Is.EqualTo("text/plain"));
        Assert.That(read.Root.Text(), Does.EndWith("Subject: Printer\nTo: help@example.net\n\nThe printer is on fire.\n"));
    }

    [Test]
    public void A_file_of_text_keeps_its_charset()
    {
        MimeMessage read = Read(Forwarding.Inline(Draft(), Mails.Parse("Content-Type: multipart/mixed; boundary=b\n\n--b\n\nx\n--b\nContent-Type: text/csv; charset=koi8-r; odd*=utf-8''%0D%0A\n"
            + "Content-Disposition: attachment\nContent-Transfer-Encoding: base64\n\n7MHN0MEK\n--b--\n")));
        MimePart file = read.Attachments.Single();
        Assert.That(file.Text(), Is.EqualTo("Лампа\n"));
    }

    [Test]
    public void An_image_is_shown_where_the_text_asks_for_it_and_not_where_an_id_only_begins_so()
    {
        MimeMessage read = Read(Forwarding.Inline(Draft(), Mails.Parse("Content-Type: multipart/related; boundary=b\n\n--b\nContent-Type: text/html\n\n<img src=\"cid:a%40x1\">\n"
            + "--b\nContent-Type: image/png\nContent-ID: <a@x>\n\n1\n--b\nContent-Type: image/png\nContent-ID: <a@x1>\n\n2\n--b--\n")));
        Assert.That(read.AllParts().Where(part => part.Type.IsMedia).Select(part => $"{part.Disposition} {part.ContentId}"), Is.EqualTo((string[])["inline a@x1", "attachment "]));
    }

    private static MimeMessage Read(MailDraft draft) => MimeParser.Parse(MessageComposer.Compose(draft));

    private static MailDraft Draft() => new()
    {
        From = new MailAddress("Support", "help@example.com"),
        To = [new MailAddress("Mina", "mina@example.org")],
        Subject = "Fwd: Lamp",
        Date = new DateTimeOffset(2025, 11, 4, 14, 5, 6, TimeSpan.FromHours(1)),
        MessageId = "1.2@example.com",
    };
}
