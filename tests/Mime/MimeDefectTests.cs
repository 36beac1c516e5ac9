using System.Reflection;
using System.Text;
using MailInbox.Mail.Mime;

namespace MailInbox.Tests.Mime;

/// <summary>Every repair is said, with its place.</summary>
public sealed class MimeDefectTests
{
    private const string Multipart = "Content-Type: multipart/mixed; boundary=b\n";

    private static readonly Dictionary<string, string> Broken = new()
    {
        [DefectCodes.LeadingBlankLines] = "\n\nSubject: a\n\nbody",
        [DefectCodes.ByteOrderMark] = "\uFEFFSubject: a\n\nbody",
        [DefectCodes.FoldMissing] = "Content-Type: text/plain;\ncharset=utf-8\n\nbody",
        [DefectCodes.MailboxLine] = "From x@example.org Mon Jan 1\nSubject: a\n\nbody",
        [DefectCodes.FoldWithoutField] = " fold\nSubject: a\n\nbody",
        [DefectCodes.JunkInHeader] = "Subject: a\nnot a field\nFrom: b@example.org\n\nbody",
        [DefectCodes.NoBlankLine] = "Subject: a\nno field here\n\nbody",
        [DefectCodes.HeaderTooLong] = "Subject: a\n" + Repeat("X: y\n", 20) + "\nbody",
        [DefectCodes.FieldTooLong] = "Subject: " + new string('a', MimeLimits.HeaderValue + 1) + "\n\nbody",
        [DefectCodes.TooManyFields] = Repeat("X:\n", 9) + "\nbody",
        [DefectCodes.BareReturn] = "Subject: a\r\rbody",
        [DefectCodes.DoubleReturn] = "Subject: a\r\r\n\r\r\nbody",
        [DefectCodes.Nul] = "Subject: a\n\nbo\0dy",
        [DefectCodes.ContentTypeRepeated] = "Content-Type: text/html\nContent-Type: text/plain\n\nbody",
        [DefectCodes.ContentTypeOdd] = "Content-Type: text\n\nbody",
        [DefectCodes.BoundaryMissing] = "Content-Type: multipart/mixed\n\nbody",
        [DefectCodes.BoundaryGuessed] = "Content-Type: multipart/mixed\n\n--q\nContent-Type: text/plain\n\nbody\n--q--\n",
        [DefectCodes.BoundaryNotFound] = Multipart + "\nbody",
        [DefectCodes.BoundaryEndMissing] = Multipart + "\n--b\n\nbody\n",
        [DefectCodes.BoundaryEndGlued] = Multipart + "\n--b\n\nbody--b--\n",
        [DefectCodes.StartMissing] = Multipart + "Content-Type: text/plain\n\nbody\n--b\n\nmore\n--b--\n",
        [DefectCodes.PartsAfterEnd] = Multipart + "\n--b\n\na\n--b--\n--b\n\nb\n--b--\n",
        [DefectCodes.EncodedMultipart] = "Content-Transfer-Encoding: base64\n" + Multipart + "\n--b\n\nbody\n--b--\n",
        [DefectCodes.MessageWithoutHeader] = "Content-Type: message/rfc822\n\nnot a message\n",
        [DefectCodes.TooDeep] = Repeat("Content-Type: message/rfc822\n\n", 9),
        [DefectCodes.TooManyParts] = Multipart + Repeat("\n--b\n\nx", 9),
        [DefectCodes.TooLarge] = "Subject: a\n\n" + Repeat("x", 200),
    };

    private static readonly Dictionary<string, string> Damaged = new()
    {
        [DefectCodes.Base64Missing] = Encoded("base64", "this was never base64, was it?"),
        [DefectCodes.Base64Junk] = Encoded("base64", "aGVs!bG8="),
        [DefectCodes.Base64AfterPadding] = Encoded("base64", "aGVsbG8=aGVsbG8="),
        [DefectCodes.Base64Footer] = Encoded("base64", Repeat("aGVs", 18) + "\nbG8=\n\n-- \na list that is read by many\n"),
        [DefectCodes.Base64CutOff] = Encoded("base64", "aGVsbG8"),
        [DefectCodes.QuotedPrintableEscape] = Encoded("quoted-printable", "a =zz"),
        [DefectCodes.UuencodeBeginMissing] = Encoded("x-uuencode", "nothing begins here"),
        [DefectCodes.UuencodeEndMissing] = Encoded("x-uuencode", "begin 644 a\n#86)C\n"),
        [DefectCodes.EncodingUnknown] = Encoded("x-gzip64", "as it is"),
        [DefectCodes.EncodingMisspelt] = Encoded("7-bit;", "as it is"),
        [DefectCodes.CharsetUnknown] = "Content-Type: text/plain; charset=klingon\n\nä",
        [DefectCodes.CharsetWrong] = "Content-Type: text/plain; charset=iso-2022-jp\n\nä",
        [DefectCodes.CharsetMissing] = "Content-Type: text/plain\n\nä",
        [DefectCodes.TextUndecodable] = "Content-Type: text/plain; charset=utf-8\n" + Encoded("quoted-printable", "=C3=A4 =C3=BC =C3"),
        [DefectCodes.UuencodeDamaged] = "Subject: a\n\nbegin 644 a\n#86)C\n",
        [DefectCodes.YEncDamaged] = "Subject: a\n\n=ybegin line=128 size=3 name=a\nabc\n",
        [DefectCodes.TnefUnreadable] = "Content-Type: application/ms-tnef\n\nnone",
        [DefectCodes.TnefDamaged] = new TnefWriter().Attribute(TnefWriter.MessageProperties, [9, 0, 0, 0, 1]).Mail(),
        [DefectCodes.TnefTruncated] = new TnefWriter().Begin().Attribute(TnefWriter.Data, [1], length: 99).Mail(),
        [DefectCodes.TnefChecksum] = new TnefWriter().Begin().Attribute(TnefWriter.Data, [1], wrongSum: true).Mail(),
        [DefectCodes.TooManyFiles] = Crowd().Mail(),
    };

    private static IEnumerable<string> Codes => typeof(DefectCodes).GetFields(BindingFlags.Public | BindingFlags.Static).Select(f => (string)f.GetValue(null)!);

    [TestCaseSource(nameof(Codes))]
    public void Every_code_can_be_provoked(string code)
    {
        if (Damaged.TryGetValue(code, out string? mail))
            Provoke(code, mail, MimeLimits.Default);
        else
            ProvokeInFrame(code);
    }

    [Test]
    public void Every_code_is_told_once_in_a_mail_however_often_it_is_read()
    {
        foreach (var (code, mail) in Damaged)
        {
            var message = Mails.Parse(mail);
            for (int i = 0; i < 3; i++)
                Read(message);
            Assert.That(message.Defects.Count(d => d.Code == code), Is.EqualTo(1), code);
        }
    }

    private static void Provoke(string code, string mail, MimeLimits limits)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(mail));
        var message = MimeParser.Parse(stream, limits);
        Read(message);
        var defect = message.Defects.First(d => d.Code == code);
        Assert.That(defect.Offset, Is.InRange(0, message.Raw.Length));
        Assert.That(defect.Text, Does.EndWith("."));
        Assert.That(message.AllParts().Concat(message.Root.Message?.AllParts() ?? []).Where(p => p.Parts.Count == 0), Is.Not.Empty);
    }

    private static void Read(MimeMessage message)
    {
        foreach (var part in message.AllParts().Where(p => p.Parts.Count == 0 && p.Message == null))
            _ = (part.Decode(), part.Text(), part.Extracted.Count);
    }

    private static void ProvokeInFrame(string code)
    {
        var limits = new MimeLimits { Depth = 5, Parts = 5, Fields = 6, HeaderBlock = 90, Size = 190 };
        if (code == DefectCodes.FieldTooLong)
            limits = MimeLimits.Default;
        Provoke(code, Broken[code], limits);
    }

    [Test]
    public void Ordinary_mail_has_no_defect()
    {
        foreach (string mail in (string[])[Mails.Plain, Mails.Mixed, Mails.Encoded])
            Assert.That(Mails.Parse(mail).Defects, Is.Empty);
    }

    private static string Encoded(string encoding, string body) => $"Content-Transfer-Encoding: {encoding}\n\n{body}";

    private static TnefWriter Crowd()
    {
        var writer = new TnefWriter();
        for (int i = 0; i <= MimeLimits.UnpackedFiles; i++)
            writer.Begin().Attribute(TnefWriter.Data, [1]);
        return writer;
    }

    private static string Repeat(string text, int count) => string.Concat(Enumerable.Repeat(text, count));
}
