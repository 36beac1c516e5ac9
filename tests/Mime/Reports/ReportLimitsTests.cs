using System.Diagnostics;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using MailInbox.Mail.Mime;
using MailInbox.Mail.Mime.Reports;
using MailInbox.Tests.Support;

namespace MailInbox.Tests.Mime.Reports;

/// <summary>Reports are bytes from outside: nothing in them throws, grows or takes long.</summary>
public sealed class ReportLimitsTests
{
    private static readonly string[] Pieces =
    [
        "<lea@berg.example>:", "lea@berg.example", "@", "@@", "<<<", ">>> DATA", "<<< 550 5.1.1", "550 ", "5.1.1", "5.", "4.4.7.7", "Final-Recipient: rfc822;", "Action:", "Status: ", "Diagnostic-Code: smtp;", "\n", "\r\n", "\n\n", " ", "\t",
        "--- Original message follows.", "Received: from a", "Message-ID: <a@b>", "mailbox full", "could not be delivered", "{\"notificationType\":", "\"Bounce\"}", "\\x{", "}", ";", "'", "\"", "(", "[", "\0", "\u00E9", "容量", "RCPT TO:", "550 : ",
    ];

    [Test]
    public void Ten_thousand_recipients_are_read_to_the_limit()
    {
        var fields = new StringBuilder("Reporting-MTA: dns; relay.example\n");
        var words = new StringBuilder("Your mail could not be delivered:\n\n");
        for (int i = 0; i < 10_000; i++)
        {
            fields.Append($"\nFinal-Recipient: rfc822; a{i}@berg.example\nAction: failed\nStatus: 5.1.1\n");
            words.Append($"<a{i}@berg.example>:\n550 5.1.1 no such user\n\n");
        }
        foreach (string mail in new[] { Notices.Report(fields.ToString()), Notices.Words("mailer-daemon@relay.example", "Returned mail", words.ToString()) })
        {
            var recipients = MailReport.Read(Notices.Parse(mail))!.Recipients;
            Assert.That(recipients, Has.Count.EqualTo(200));
            Assert.That(recipients[^1].Address, Is.EqualTo("a199@berg.example"));
        }
    }

    [TestCase("a@b.example ")]
    [TestCase("a@")]
    [TestCase("@")]
    [TestCase("550 5.1.1 ")]
    [TestCase("mailbox ")]
    [TestCase("<a@b.example>:\n")]
    [TestCase("550 <a@b.example>... no\n")]
    [TestCase("Final-Recipient: a@b.example\n")]
    [TestCase(" account\n")]
    [TestCase("Received: x\n")]
    [TestCase("original message ")]
    [TestCase("\"")]
    public void A_large_notice_takes_time_in_proportion(string piece)
    {
        TimeSpan half = Time(piece, 1_000_000), whole = Time(piece, 2_000_000);
        Assert.That(whole, Is.LessThan(TimeSpan.FromSeconds(1)), $"{half} for half of it");
    }

    [Test]
    public void Mutated_reports_are_read_without_a_throw()
    {
        var random = new System.Random(20251120);
        for (int i = 0; i < 6_000; i++)
        {
            byte[] mail = Encoding.UTF8.GetBytes(Notices.All[i % Notices.All.Count]);
            for (int n = random.Next(1, 10); n > 0; n--)
                mail = Mutate(mail, random);
            Check(MimeParser.Parse(mail));
        }
    }

    [TestCase("\"\t; --- the list\"@example.org 550 5.2.2 mailbox full")]
    [TestCase("\"\\\u0001x\"@example.org: 550 5.1.1 user unknown")]
    public void Addresses_of_a_report_hold_no_control_character(string line) =>
        Check(Notices.Parse(Notices.Words("mailer-daemon@relay.example", "Returned mail", $"The following addresses had errors:\n{line}\n")));

    [Test]
    public void Any_words_make_a_fine_report_or_none() =>
        Prop.ForAll(Gen.Elements(Pieces).ListOf().Select(string.Concat).ToArbitrary(), text =>
        {
            Check(Notices.Parse(Notices.Words("mailer-daemon@relay.example", "Returned mail", text)));
            Check(Notices.Parse(Notices.Report(text)));
            Check(Notices.Parse("From: a@b.example\n\n{" + text));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2_000));

    [Test]
    public void Ordinary_mail_costs_next_to_nothing()
    {
        MimeMessage[] mails = [.. Enumerable.Range(0, 20_000).Select(_ => Mails.Parse(Mails.Plain))];
        long before = GC.GetAllocatedBytesForCurrentThread();
        var watch = Stopwatch.StartNew();
        int reports = mails.Count(m => MailReport.Read(m, "anna@example.org") != null);
        Figures.Say($"ordinary mail is no report: {watch.Elapsed.TotalMicroseconds / mails.Length:N2} µs, {(GC.GetAllocatedBytesForCurrentThread() - before) / mails.Length} bytes each");
        Assert.That(reports, Is.Zero);
    }

    private static TimeSpan Time(string piece, int size)
    {
        string text = new StringBuilder().Insert(0, piece, size / piece.Length).ToString();
        var mail = Notices.Parse(Notices.Words("mailer-daemon@relay.example", "Returned mail", text));
        var watch = Stopwatch.StartNew();
        Check(mail);
        return watch.Elapsed;
    }

    private static void Check(MimeMessage mail)
    {
        AutomaticMail.KindOf(mail);
        if (MailReport.Read(mail) is not { } report)
            return;
        Assert.That(report.Recipients, Has.Count.InRange(1, 200));
        foreach (var recipient in report.Recipients)
        {
            bool fine = recipient.Address.Length <= 320 && recipient.Diagnostic.Length <= 500 && recipient.Status.Length <= 9 && recipient.Action.Length <= 500
                && !recipient.Address.Any(char.IsControl) && !recipient.Diagnostic.Any(char.IsControl) && !(recipient.Hard && recipient.Action != "failed");
            Assert.That(fine, Is.True, $"{recipient}");
        }
    }

    private static byte[] Mutate(byte[] mail, System.Random random)
    {
        var bytes = new List<byte>(mail);
        int at = random.Next(bytes.Count + 1);
        int length = Math.Min(random.Next(1, 60), bytes.Count - at);
        switch (random.Next(4))
        {
            case 0:
                bytes.RemoveRange(at, length);
                break;
            case 1:
                bytes.InsertRange(random.Next(bytes.Count + 1), bytes.GetRange(at, length));
                break;
            case 2:
                bytes.InsertRange(at, Encoding.UTF8.GetBytes(Pieces[random.Next(Pieces.Length)]));
                break;
            default:
                if (at < bytes.Count)
                    bytes[at] = (byte)random.Next(256);
                break;
        }
        return [.. bytes];
    }
}
