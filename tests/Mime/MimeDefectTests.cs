using System.Reflection;
using System.Text;
using MailInbox.Mail.Mime;

namespace MailInbox.Tests.Mime;

/// <summary>Every repair of the frame is said, with its place.</summary>
public sealed class MimeDefectTests
{
    private const string Multipart = "Content-Type: multipart/mixed; boundary=b\n";

    private static readonly Dictionary<string, string> Broken = new()
    {
        [DefectCodes.LeadingBlankLines] = "\n\nSubject: a\n\nbody",
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

    private static IEnumerable<string> Codes => typeof(DefectCodes).GetFields(BindingFlags.Public | BindingFlags.Static).Select(f => (string)f.GetValue(null)!);

    [TestCaseSource(nameof(Codes))]
    public void Every_code_can_be_provoked(string code)
    {
        var limits = new MimeLimits { Depth = 5, Parts = 5, Fields = 6, HeaderBlock = 90, Size = 190 };
        if (code == DefectCodes.FieldTooLong)
            limits = MimeLimits.Default;
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(Broken[code]));
        var message = MimeParser.Parse(stream, limits);
        var defect = message.Defects.First(d => d.Code == code);
        Assert.That(defect.Offset, Is.InRange(0, message.Raw.Length));
        Assert.That(defect.Text, Does.EndWith("."));
        Assert.That(message.AllParts().Concat(message.Root.Message?.AllParts() ?? []).Where(p => p.Parts.Count == 0), Is.Not.Empty);
    }

    [Test]
    public void Ordinary_mail_has_no_defect()
    {
        foreach (string mail in (string[])[Mails.Plain, Mails.Mixed, Mails.Encoded])
            Assert.That(Mails.Parse(mail).Defects, Is.Empty);
    }

    private static string Repeat(string text, int count) => string.Concat(Enumerable.Repeat(text, count));
}
