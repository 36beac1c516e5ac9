using System.Diagnostics;
using MailInbox.Mail.Mime;

namespace MailInbox.Tests.Mime;

/// <summary>Large mails made to hurt. Times are printed, not asserted (tests/bench-bombs does); what is asserted is that limits hold and every question is answered.</summary>
public sealed class MimeBombTests
{
    private static IEnumerable<TestCaseData> Bombs() => MimeBomb.All.Select(b => new TestCaseData(b.Name).SetArgDisplayNames(b.Name));

    [TestCaseSource(nameof(Bombs))]
    public void Large_hostile_mail_is_read_within_limits(string name)
    {
        foreach (int size in (int[])[500_000, 1_000_000])
        {
            byte[] mail = MimeBomb.All.Single(b => b.Name == name).Bytes(size);
            long started = Stopwatch.GetTimestamp();
            var message = MimeParser.Parse(mail);
            double parsed = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
            FullReading.Of(message);
            FullReading.Shown(message);
            FullReading.Machine(message);
            TestContext.Out.WriteLine($"{mail.Length,9} bytes: parsed in {parsed:0.0} ms, exhausted in {Stopwatch.GetElapsedTime(started).TotalMilliseconds:0.0} ms");
            Assert.That(mail, Has.Length.InRange(size / 2, size + 200_000));
            Assert.That(message.AllParts().Count(), Is.LessThanOrEqualTo(MimeLimits.Default.Parts + 1));
            Assert.That(message.AllParts().Max(p => p.Depth), Is.LessThanOrEqualTo(MimeLimits.Default.Depth));
            Assert.That(message.Defects, Has.Count.LessThanOrEqualTo(MimeLimits.Default.Defects));
            Assert.That(message.Root.End, Is.EqualTo(mail.Length));
        }
    }
}
