using MailInbox.Mail.Mime;
using MailInbox.Mail.Mime.Reports;
using MailInbox.Tests.Support;

namespace MailInbox.Tests.Mime.Reports;

/// <summary>Reports of the corpus that nobody wrote an expectation for but their own fields.</summary>
public sealed class OtherReportsTests
{
    [TestCase("bounce/flanker/bounce", ReportKind.Delivery, 9)]
    [TestCase("bounce/mikel-mail", ReportKind.Delivery, 5)]
    [TestCase("bounce/flanker/complaints", ReportKind.Feedback, 2)]
    [TestCase("auth/report-arf", ReportKind.Feedback, 5)]
    public void Each_is_recognised(string folder, ReportKind kind, int count)
    {
        int recognised = 0;
        foreach (string file in Corpus.Files(folder, "*.eml"))
        {
            var report = MailReport.Read(MimeParser.Parse(File.ReadAllBytes(file)));
            TestContext.Out.WriteLine($"{Path.GetFileName(file)}: {report?.Kind} <{report?.OriginalMessageId}> {string.Join("\n   ", report?.Recipients ?? [])}");
            recognised += report?.Kind == kind ? 1 : 0;
        }
        Assert.That(recognised, Is.EqualTo(count));
    }

    [Test]
    public void Those_among_the_odd_mails_are_recognised()
    {
        List<string> found = [];
        foreach (string file in Corpus.Files("mime", "*.eml"))
        {
            if (MailReport.Read(MimeParser.Parse(File.ReadAllBytes(file))) is { } report)
                found.Add($"{Path.GetFileName(file)}: {report.Kind} {string.Join(' ', report.Recipients)}");
        }
        TestContext.Out.WriteLine(string.Join('\n', found));
        Assert.That(found, Has.Count.EqualTo(5));
    }

    [Test]
    public void Line_ends_make_no_difference()
    {
        var other = BounceCorpus.All("crlf").ToDictionary(b => b.Name, b => MailReport.Read(b.Mail));
        List<string> different = [];
        foreach (var (name, mail, _) in BounceCorpus.All().Where(b => other.ContainsKey(b.Name)))
        {
            var (one, two) = (MailReport.Read(mail), other[name]);
            if (one?.Kind != two?.Kind || one?.OriginalMessageId != two?.OriginalMessageId || !(one?.Recipients ?? []).SequenceEqual(two?.Recipients ?? []))
                different.Add($"{name}: {one} {two}");
        }
        Assert.That(different, Is.Empty);
    }
}
