using MailInbox.Mail.Mime.Reports;

namespace MailInbox.Tests.Mime.Reports;

public sealed class MailReportTests
{
    private const string Lea = "lea@berg.example";

    private static IEnumerable<TestCaseData> Systems()
    {
        yield return Case("qmail", Notices.Qmail, "lea@berg.example failed 5.1.1 UnknownUser hard", "tom@berg.example failed 5.2.2 MailboxFull");
        yield return Case("exim", Notices.Exim(), "lea@berg.example failed 5.7.1 Policy");
        yield return Case("exim, delayed", Notices.EximDelay, "lea@berg.example delayed 4.4.7 Network");
        yield return Case("postfix", Notices.Postfix, "lea@berg.example failed 5.1.1 UnknownUser hard");
        yield return Case("sendmail", Notices.Transcript, "lea@berg.example failed 5.1.1 UnknownUser hard");
        yield return Case("old sendmail", Notices.OldTranscript, "lea@berg.example failed 5.7.1 Spam", "tom@nowhere.example failed 5.1.2 Domain hard");
        yield return Case("a big provider", Notices.Google, "lea@berg.example failed 5.3.4 TooBig");
        yield return Case("exchange", Notices.Exchange, "lea@berg.example failed 5.1.1 UnknownUser hard");
        yield return Case("domino", Notices.Domino, "lea@berg.example failed 5.1.1 UnknownUser hard");
        yield return Case("opensmtpd", Notices.OpenSmtpd, "lea@nowhere.example failed 5.1.2 Domain hard");
        yield return Case("japanese", Notices.Japanese, "lea@berg.example failed 5.2.2 MailboxFull");
        yield return Case("labels", Notices.Labelled, "lea@berg.example failed 5.7.1 Policy");
        yield return Case("html", Notices.Html, "lea@berg.example failed 5.2.2 MailboxFull");
        yield return Case("json", Notices.Json, "lea@berg.example failed 5.1.1 UnknownUser hard");
        yield return Case("fields", Notices.Standard, "lea@box.berg.example failed 5.1.1 UnknownUser hard");
        yield return Case("fields without gaps", Notices.Gluing, "lea@berg.example delayed 4.4.1 Network", "tom@berg.example failed 5.2.1 Disabled");
    }

    [TestCaseSource(nameof(Systems))]
    public void Each_system_is_understood(string mail, string[] expected)
    {
        var report = MailReport.Read(Notices.Parse(mail));
        Assert.That(report?.Kind, Is.EqualTo(ReportKind.Delivery));
        Assert.That(report!.Recipients.Select(r => $"{r.Address} {r.Action} {r.Status} {r.Reason}{(r.Hard ? " hard" : "")}"), Is.EqualTo(expected));
    }

    [Test]
    public void The_mail_it_speaks_of_is_named()
    {
        string[] without = [Notices.EximDelay, Notices.Exchange, Notices.Domino, Notices.Labelled, Notices.Html, Notices.Away];
        Assert.Multiple(() =>
        {
            foreach (string mail in Notices.All.Except(without))
                Assert.That(MailReport.Read(Notices.Parse(mail))?.OriginalMessageId, Is.EqualTo("order-7@desk.example"), mail);
        });
    }

    [Test]
    public void An_answer_to_our_mail_names_it() =>
        Assert.That(MailReport.Read(Notices.Parse("In-Reply-To: <order-7@desk.example>\n" + Notices.Exchange))!.OriginalMessageId, Is.EqualTo("order-7@desk.example"));

    [Test]
    public void Words_come_on_one_line_and_end()
    {
        string long_ = string.Join("\n ", Enumerable.Repeat("550 5.1.1 no such user \u0007 here", 1_000));
        var recipient = MailReport.Read(Notices.Parse(Notices.Standard.Replace("550-5.1.1 That account", long_, StringComparison.Ordinal)))!.Recipients[0];
        Assert.Multiple(() =>
        {
            Assert.That(recipient.Diagnostic, Has.Length.InRange(400, 500));
            Assert.That(recipient.Diagnostic.Any(char.IsControl), Is.False);
            Assert.That(recipient.Diagnostic, Does.StartWith("550 5.1.1 no such user here 550"));
        });
    }

    [TestCase("message/delivery-status", "base64")]
    [TestCase("message/global-delivery-status", "7bit")]
    [TestCase("text/plain", "7bit")]
    [TestCase("text/plain; charset=utf-8", "base64")]
    [TestCase("message/rfc822", "7bit")]
    public void Fields_are_found_under_any_label(string type, string encoding)
    {
        string fields = "Reporting-MTA: dns; relay.example\n\nFinal-Recipient: utf-8; zoë@berg.example\nAction: failed\nStatus: 5.1.1";
        var recipient = MailReport.Read(Notices.Parse(Notices.Report(fields, type, encoding)))!.Recipients.Single();
        Assert.That((recipient.Address, recipient.Status), Is.EqualTo(("zoë@berg.example", "5.1.1")));
    }

    [TestCase("rfc822; <lea@berg.example>", ExpectedResult = Lea)]
    [TestCase("RFC822;@mx.example,@b.example:lea@berg.example", ExpectedResult = Lea)]
    [TestCase("lea@berg.example (Lea Berg)", ExpectedResult = Lea)]
    [TestCase("utf-8; zo\\x{EB}@berg.example", ExpectedResult = "zoë@berg.example")]
    [TestCase("rfc822; \"l e a\"@berg.example", ExpectedResult = "\"l e a\"@berg.example")]
    public string Addresses_lose_what_is_around_them(string value) =>
        MailReport.Read(Notices.Parse(Notices.Report($"Final-Recipient: {value}\nAction: failed\nStatus: 5.1.1")))!.Recipients.Single().Address;

    [TestCase("4.0.0", "smtp; 451 4.7.1 Come back later, greylisted", ExpectedResult = "4.7.1")]
    [TestCase("5.1.1", "smtp; 550 5.7.1 blocked", ExpectedResult = "5.7.1")]
    [TestCase("5.2.2 (mailbox full)", "smtp; 550 sorry", ExpectedResult = "5.2.2")]
    [TestCase("5.0.0", "smtp; 550 nothing said by 192.0.2.5.1.1", ExpectedResult = "5.0.0")]
    [TestCase("", "smtp; 421 too many connections", ExpectedResult = "4.7.1")]
    [TestCase("", "smtp; 550 user unknown", ExpectedResult = "5.1.1")]
    [TestCase("", "", ExpectedResult = "5.0.0")]
    public string The_code_that_says_most_is_kept(string status, string diagnostic) =>
        MailReport.Read(Notices.Parse(Notices.Report($"Final-Recipient: rfc822; {Lea}\nAction: failed\nStatus: {status}\nDiagnostic-Code: {diagnostic}")))!.Recipients.Single().Status;

    [TestCase("552 5.2.2 Quota exceeded", ExpectedResult = ReportReason.MailboxFull)]
    [TestCase("550 Le compte du destinataire est bloque", ExpectedResult = ReportReason.Disabled)]
    [TestCase("550 Diese Adresse existiert nicht", ExpectedResult = ReportReason.UnknownUser)]
    [TestCase("550 el buzón está lleno", ExpectedResult = ReportReason.MailboxFull)]
    [TestCase("550 utente sconosciuto", ExpectedResult = ReportReason.UnknownUser)]
    [TestCase("554 5.7.1 Client host blocked using list.example", ExpectedResult = ReportReason.Policy)]
    [TestCase("550 5.7.26 DMARC says no", ExpectedResult = ReportReason.Policy)]
    [TestCase("554 message looks like spam", ExpectedResult = ReportReason.Spam)]
    [TestCase("connect to mx.example[192.0.2.7]:25: Connection refused", ExpectedResult = ReportReason.Network)]
    [TestCase("Host or domain name not found. Name service error for name=no.example: Host not found", ExpectedResult = ReportReason.Domain)]
    [TestCase("Host not found, try again", ExpectedResult = ReportReason.Network)]
    [TestCase("552 message too large", ExpectedResult = ReportReason.TooBig)]
    [TestCase("554 transaction failed", ExpectedResult = ReportReason.Other)]
    [TestCase("550 5.1.1 see https://help.example/mailboxfull", ExpectedResult = ReportReason.UnknownUser)]
    public ReportReason Words_have_a_meaning(string words) =>
        MailReport.Read(Notices.Parse(Notices.Report($"Final-Recipient: rfc822; {Lea}\nAction: failed\nDiagnostic-Code: smtp; {words}")))!.Recipients.Single().Reason;

    [Test]
    public void A_receipt_says_what_was_done()
    {
        var report = MailReport.Read(Notices.Parse(Notices.Mdn))!;
        Assert.That((report.Kind, report.Recipients.Single().Address, report.Recipients.Single().Action), Is.EqualTo((ReportKind.Disposition, Lea, "displayed")));
    }

    [TestCase("Original-Rcpt-To: lea@berg.example\nOriginal-Rcpt-To: <tom@berg.example>\n", ExpectedResult = "lea@berg.example tom@berg.example")]
    [TestCase("", ExpectedResult = Lea)]
    public string A_complaint_says_of_whom(string recipients)
    {
        var report = MailReport.Read(Notices.Parse(Notices.Arf(recipients)))!;
        Assert.That((report.Kind, report.Recipients[0].Action, report.Recipients[0].Reason), Is.EqualTo((ReportKind.Feedback, "abuse", ReportReason.Spam)));
        return string.Join(' ', report.Recipients.Select(r => r.Address));
    }

    [Test]
    public void Deliveries_are_no_failures()
    {
        var recipient = MailReport.Read(Notices.Parse(Notices.Report($"Final-Recipient: rfc822; {Lea}\nAction: relayed\nStatus: 2.0.0\nDiagnostic-Code: smtp; 250 taken")))!.Recipients.Single();
        Assert.That((recipient.Action, recipient.Status, recipient.Hard), Is.EqualTo(("relayed", "2.0.0", false)));
    }

    [Test]
    public void What_a_person_writes_or_forwards_is_no_report()
    {
        string[] mails =
        [
            Notices.Qmail.Replace("MAILER-DAEMON@relay.example", "Tom <tom@desk.example>", StringComparison.Ordinal),
            Notices.Standard.Replace("multipart/report; report-type=delivery-status", "multipart/mixed", StringComparison.Ordinal).Replace("MAILER-DAEMON", "tom", StringComparison.Ordinal).Replace("Undelivered Mail Returned to Sender", "Look at this", StringComparison.Ordinal),
            Notices.Words("postmaster@relay.example", "Lunch", "The mail server moves on Monday. Write to lea@berg.example."),
            Notices.Away,
            "List-Post: <mailto:talk@lists.example>\nList-Id: <talk.lists.example>\n" + Notices.Standard,
            Mails.Plain, Mails.Mixed,
        ];
        Assert.That(mails.Select(m => MailReport.Read(Notices.Parse(m))), Is.All.Null);
    }

    [Test]
    public void The_envelope_knows_better_than_a_field()
    {
        string mail = Notices.Words("sysop@relay.example", "Your mail", "Your mail could not be delivered.\n\n<lea@berg.example>: 550 no such user\n", "Return-Path: <sysop@relay.example>");
        Assert.Multiple(() =>
        {
            Assert.That(MailReport.Read(Notices.Parse(mail)), Is.Null);
            Assert.That(MailReport.Read(Notices.Parse(mail), "")?.Recipients.Single().Address, Is.EqualTo(Lea));
        });
    }

    private static TestCaseData Case(string name, string mail, params string[] recipients) => new TestCaseData(mail, recipients).SetName($"Each_system_is_understood({name})");
}
