using MailInbox.Mail.Mime;
using MailInbox.Mail.Mime.Reports;
using MailInbox.Tests.Support;

namespace MailInbox.Tests.Mime.Reports;

/// <summary>How many bounces of the corpus are read as another reader reads them. Both halves must hold by themselves: the rules began on the even one.</summary>
public sealed class BounceCorpusTests
{
    [TestCase(0, "even half")]
    [TestCase(1, "odd half")]
    public void Bounces_are_read_as_expected(int half, string name)
    {
        var score = new Score();
        int index = 0;
        foreach (var (file, mail, expected) in BounceCorpus.All())
        {
            if (index++ % 2 == half)
                score.Add(file, mail, expected);
        }
        Figures.Say($"bounces, {name}: {score}");
        Assert.Multiple(() =>
        {
            Assert.That(score.Recognised, Is.GreaterThanOrEqualTo(0.98));
            Assert.That(score.Class, Is.GreaterThanOrEqualTo(0.95));
            Assert.That(score.Hard, Is.GreaterThanOrEqualTo(0.93));
            Assert.That(score.Recipients, Is.GreaterThanOrEqualTo(0.97));
        });
    }

    private sealed class Score
    {
        private int _mails, _recognised, _recipientMails, _entries, _class, _hard, _reasons, _exact, _exactOf, _ids;

        public double Recognised => (double)_recognised / _mails;

        public double Recipients => (double)_recipientMails / _mails;

        public double Class => (double)_class / _entries;

        public double Hard => (double)_hard / _entries;

        public void Add(string file, MimeMessage mail, List<ExpectedRecipient> expected)
        {
            _mails++;
            var report = MailReport.Read(mail);
            var automatic = AutomaticMail.KindOf(mail);
            if (expected[0].Reason == "vacation")
            {
                bool fine = report == null && automatic == AutomaticKind.AutoReplied;
                _recognised += fine ? 1 : 0;
                _recipientMails += fine ? 1 : 0;
                Note(!fine, $"{file}: an automatic answer is {report?.Kind.ToString() ?? "no report"}, {automatic}");
                return;
            }
            var kind = expected[0].Reason == "feedback" ? ReportKind.Feedback : ReportKind.Delivery;
            _entries += expected.Count;
            if (report?.Kind != kind)
            {
                Note(true, $"{file}: {report?.Kind.ToString() ?? "no report"}");
                return;
            }
            _recognised++;
            _ids += report.OriginalMessageId.Length > 0 ? 1 : 0;
            bool same = report.Recipients.Count == expected.Count && report.Recipients.All(r => kind == ReportKind.Feedback || r.Address.Contains('@'));
            _recipientMails += same ? 1 : 0;
            Note(!same, $"{file}: recipients {string.Join(' ', report.Recipients.Select(r => r.Address))}, expected {expected.Count}");
            foreach (var (want, have) in expected.Zip(report.Recipients))
                Compare(file, want, have);
        }

        public override string ToString() =>
            $"recognised {Recognised:P1} of {_mails}, recipients {Recipients:P1}, status class {Class:P1}, hard {Hard:P1} of {_entries}, reason {(double)_reasons / _entries:P1}, whole status {_exact} of {_exactOf}, names its mail {_ids}";

        private void Compare(string file, ExpectedRecipient want, ReportedRecipient have)
        {
            bool level = want.Status.Length == 0 ? have.Status.Length == 0 : have.Status.Length > 0 && want.Status[0] == have.Status[0];
            bool reason = BounceCorpus.Agrees(have.Reason, want.Reason);
            _class += level ? 1 : 0;
            _hard += want.Hard == have.Hard ? 1 : 0;
            _reasons += reason ? 1 : 0;
            if (want.Status.Length > 0 && !want.Status.Contains(".0.9", StringComparison.Ordinal))
            {
                _exactOf++;
                _exact += want.Status == have.Status ? 1 : 0;
            }
            Note(!level || !reason || want.Hard != have.Hard, $"{file}:{(level ? "" : " CLASS")}{(want.Hard == have.Hard ? "" : " HARD")}{(reason ? "" : " REASON")} want {want.Status} {want.Reason} {want.Hard}, have {have.Action} {have.Status} {have.Reason} {have.Hard}: {have.Diagnostic}");
        }

        private static void Note(bool wrong, string text)
        {
            if (wrong)
                TestContext.Out.WriteLine(text);
        }
    }
}
