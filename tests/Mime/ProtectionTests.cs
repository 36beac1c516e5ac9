using MailInbox.Mail.Mime;
using MailInbox.Mail.Mime.Attached;

namespace MailInbox.Tests.Mime;

public sealed class ProtectionTests
{
    private const string SignedText = "Hello,\n-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n\nfirst line\n- -----not a frame-----\n- - item\nlast line\n-----BEGIN PGP SIGNATURE-----\nVersion: 2\n\niQEzBAEBCAAdFiEE\n=abcd\n-----END PGP SIGNATURE-----\n-- \nlist footer\n";

    private const string Encrypted = "-----BEGIN PGP MESSAGE-----\n\nhQEMA+\n=abcd\n-----END PGP MESSAGE-----\n";

    [TestCase("Content-Type: text/plain\n\nhello", ProtectionKind.None)]
    [TestCase("Content-Type: multipart/signed; protocol=\"application/pkcs7-signature\"; boundary=b\n\n--b\n\nx\n--b\nContent-Type: application/pkcs7-signature; name=smime.p7s\n\nx\n--b--\n", ProtectionKind.SmimeSigned)]
    [TestCase("Content-Type: multipart/signed; boundary=b\n\n--b\n\nx\n--b\nContent-Type: application/x-pkcs7-signature\n\nx\n--b--\n", ProtectionKind.SmimeSigned)]
    [TestCase("Content-Type: multipart/signed; micalg=pgp-sha1; protocol=\"application/pgp-signature\"; boundary=b\n\n--b\n\nx\n--b\nContent-Type: application/pgp-signature\n\nx\n--b--\n", ProtectionKind.PgpSigned)]
    [TestCase("Content-Type: multipart/encrypted; protocol=\"application/pgp-encrypted\"; boundary=b\n\n--b\nContent-Type: application/pgp-encrypted\n\nVersion: 1\n--b\nContent-Type: application/octet-stream\n\nx\n--b--\n", ProtectionKind.PgpEncrypted)]
    [TestCase("Content-Type: multipart/mixed; boundary=b\n\n--b\n\n\n--b\nContent-Type: application/pgp-encrypted\n\nVersion: 1\n--b\nContent-Type: application/octet-stream\n\nx\n--b--\n", ProtectionKind.PgpEncrypted)]
    [TestCase("Content-Type: application/pkcs7-mime; smime-type=enveloped-data; name=smime.p7m\n\nx", ProtectionKind.SmimeEncrypted)]
    [TestCase("Content-Type: application/x-pkcs7-mime; smime-type=Signed-Data\n\nx", ProtectionKind.SmimeOpaqueSigned)]
    [TestCase("Content-Type: application/pkcs7-mime; smime-type=certs-only\n\nx", ProtectionKind.None)]
    [TestCase("Content-Type: application/octet-stream; name=smime.p7m\nContent-Transfer-Encoding: base64\n\nMIAGCSqGSIb3DQEHAqCAMIACAQEx", ProtectionKind.SmimeOpaqueSigned)]
    [TestCase("Content-Type: application/pkcs7-mime; name=smime.p7m\nContent-Transfer-Encoding: base64\n\nMIAGCSqGSIb3DQEHA6CAMIACAQAx", ProtectionKind.SmimeEncrypted)]
    [TestCase("Content-Type: text/plain\n\n" + SignedText, ProtectionKind.PgpInlineSigned)]
    [TestCase("Content-Type: text/plain\n\nsee:\n" + Encrypted, ProtectionKind.PgpInlineEncrypted)]
    [TestCase("Content-Type: text/plain\n\n> " + Encrypted, ProtectionKind.None)]
    [TestCase("Content-Type: text/plain\n\n-----BEGIN PGP SIGNED MESSAGE-----\nno signature", ProtectionKind.None)]
    [TestCase("Content-Type: text/plain\n\n-----BEGIN PGP PUBLIC KEY BLOCK-----\nx", ProtectionKind.None)]
    [TestCase("Content-Type: multipart/mixed; boundary=b\n\n--b\n\nx\n--b\nContent-Type: message/rfc822\n\nContent-Type: application/pkcs7-mime; smime-type=enveloped-data\n\nx\n--b--\n", ProtectionKind.None)]
    public void The_protection_is_told_by_types_and_frames(string mail, ProtectionKind kind) =>
        Assert.That(Protection.Of(Mails.Parse(mail)).Kind, Is.EqualTo(kind));

    [Test]
    public void A_list_footer_hides_no_protection_and_the_text_is_shown()
    {
        var mail = Mails.Parse("Content-Type: multipart/mixed; boundary=m\n\n--m\nContent-Type: multipart/signed; protocol=\"application/pgp-signature\"; boundary=s\n\n--s\n\nsigned text\n--s\nContent-Type: application/pgp-signature; name=signature.asc\n\nx\n--s--\n--m\n\nlist footer\n--m--\n");
        Assert.That(Protection.Of(mail), Is.EqualTo(new Protection(ProtectionKind.PgpSigned, "1")));
        Assert.That(mail.TextBody.Select(p => p.Text()), Is.EqualTo(["signed text", "list footer"]));
    }

    [TestCase(SignedText, "Hello,\nfirst line\n-----not a frame-----\n- item\nlast line\n-- \nlist footer\n")]
    [TestCase("-----BEGIN PGP SIGNED MESSAGE-----\n\nx\n-----BEGIN PGP SIGNATURE-----\n\niQEz\n\nafter", "x\n\nafter")]
    [TestCase("-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA1\n\nno signature", "-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA1\n\nno signature")]
    [TestCase("a -----BEGIN PGP SIGNED MESSAGE----- in a sentence", "a -----BEGIN PGP SIGNED MESSAGE----- in a sentence")]
    [TestCase(Encrypted, Encrypted)]
    [TestCase(SignedText + SignedText, "Hello,\nfirst line\n-----not a frame-----\n- item\nlast line\n-- \nlist footer\nHello,\nfirst line\n-----not a frame-----\n- item\nlast line\n-- \nlist footer\n")]
    public void Signed_text_is_read_without_its_frame(string text, string readable) =>
        Assert.That(InlinePgp.Readable(text), Is.EqualTo(readable));

    [Test]
    public void Frames_without_end_are_read_in_one_pass()
    {
        string[] texts = ["-----BEGIN PGP SIGNED MESSAGE-----\n", "-----BEGIN PGP SIGNED MESSAGE-----\n\n-----BEGIN PGP SIGNATURE-----\n", "-----BEGIN PGP SIGNATURE-----\n", "-----BEGIN PGP "];
        foreach (string text in texts)
        {
            string many = string.Concat(Enumerable.Repeat(text, 2_000_000 / text.Length));
            Assert.That(InlinePgp.Readable(many).Length, Is.LessThanOrEqualTo(many.Length));
            Assert.That(InlinePgp.KindOf(many), Is.AnyOf(ProtectionKind.None, ProtectionKind.PgpInlineSigned));
        }
    }

    [Test]
    public void Real_mails_are_labelled()
    {
        var counts = Support.Corpus.Files("mime", "*.eml").Concat(Support.Corpus.Files("spam/spamassassin/ham-easy", "*.eml"))
            .Select(f => Protection.Of(MimeParser.Parse(File.ReadAllBytes(f))).Kind).CountBy(k => k).ToDictionary();
        TestContext.Out.WriteLine(string.Join(", ", counts.Select(c => $"{c.Key} {c.Value}")));
        Assert.That(counts[ProtectionKind.PgpSigned], Is.Positive);
        Assert.That(counts[ProtectionKind.PgpInlineSigned], Is.Positive);
    }
}
