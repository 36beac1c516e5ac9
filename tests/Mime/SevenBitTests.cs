using System.Text;
using FsCheck;
using FsCheck.Fluent;
using MailInbox.Mail.Mime;
using MailInbox.Mail.Mime.Composing;
using MailInbox.Mail.Mime.Headers;

namespace MailInbox.Tests.Mime;

public sealed class SevenBitTests
{
    [Test]
    public void A_mail_of_ascii_stays_as_it_is()
    {
        ReadOnlyMemory<byte> mail = Encoding.ASCII.GetBytes(Mails.Mixed);
        Assert.That(SevenBit.Of(mail), Is.EqualTo(mail));
    }

    [Test]
    public void A_text_is_encoded_and_keeps_its_charset()
    {
        MimeMessage read = Read(Encoding.Latin1.GetBytes("Subject: x\r\nContent-Type: text/plain; charset=iso-8859-1\r\nContent-Transfer-Encoding: 8bit\r\n\r\nGrün\r\n"));
        Assert.That(read.Root.Encoding, Is.EqualTo("base64"));
        Assert.That(read.Root.Type.Charset, Is.EqualTo("iso-8859-1"));
        Assert.That(read.Root.Text(), Is.EqualTo("Grün\n"));
    }

    [Test]
    public void Only_what_holds_8_bits_changes()
    {
        const string plain = "--b\r\nContent-Type: text/plain\r\n\r\nplain\r\n--b\r\n";
        MimeMessage read = Read(Encoding.UTF8.GetBytes($"Content-Type: multipart/mixed; boundary=b\r\nContent-Transfer-Encoding: 8bit\r\nSubject: x\r\n\r\npre\r\n{plain}Content-Type: message/rfc822\r\nContent-Transfer-Encoding: 8bit\r\nContent-Disposition: attachment; filename=\"mail.eml\"\r\n\r\nSubject: ü\r\n\r\nä\r\n--b--\r\n"));
        Assert.Multiple(() =>
        {
            Assert.That(Encoding.ASCII.GetString(read.Raw.Span), Does.StartWith("Content-Type: multipart/mixed; boundary=b\r\nSubject: x\r\n\r\npre\r\n" + plain).And.EndWith("\r\n--b--\r\n"));
            Assert.That(read.Attachments.Single().FileName, Is.EqualTo("mail.eml"));
            Assert.That(read.Attachments.Single().Type.Media, Is.EqualTo("application/octet-stream"));
            Assert.That(read.Attachments.Single().Decode(), Is.EqualTo("Subject: ü\r\n\r\nä"u8.ToArray()));
        });
    }

    [Test]
    public void Whatever_is_forwarded_arrives_whole() =>
        Prop.ForAll(Gen.Choose(0, 255).Select(b => (byte)b).ArrayOf(200).ToArbitrary(), body =>
        {
            byte[] original = [.. "Subject: x\r\n\r\n"u8, .. body];
            byte[] mail = MessageComposer.Compose(Forwarding.Attached(Draft(), MimeParser.Parse(original)));
            MimeMessage before = MimeParser.Parse(mail), after = Read(mail);
            return before.Attachments.Single().Decode().AsSpan().SequenceEqual(after.Attachments.Single().Decode()) && before.TextBody[0].Text() == after.TextBody[0].Text();
        }).QuickCheckThrowOnFailure();

    private static MimeMessage Read(byte[] mail)
    {
        ReadOnlyMemory<byte> seven = SevenBit.Of(mail);
        Assert.That(Ascii.IsValid(seven.Span), Is.True);
        return MimeParser.Parse(seven);
    }

    private static MailDraft Draft() => new()
    {
        From = new MailAddress("Support", "help@example.com"),
        To = [new MailAddress("Mina", "mina@example.org")],
        Text = "Grüße",
        Date = new DateTimeOffset(2025, 11, 4, 14, 5, 6, TimeSpan.FromHours(1)),
        MessageId = "1.2@example.com",
    };
}
