using System.Text;
using MailInbox.Mail.Mime;
using MailInbox.Mail.Mime.Reports;

namespace MailInbox.Tests.Mime.Reports.Shapes;

/// <summary>Notices in which the system itself says why, without a reply of another server.</summary>
public sealed class SystemWordsTests
{
    private const string Daemon = "Mail Delivery System <MAILER-DAEMON@mx.ourco.example>";
    private const string Qmail = "Hi. This is the qmail-send program at mx.ourco.example.\nI'm afraid I wasn't able to deliver your message to the following addresses.\nThis is a permanent error; I've given up. Sorry it didn't work out.\n\n<sam.lee@dest.example>:\n";
    private const string Exim = "This message was created automatically by mail delivery software.\n\nA message that you sent could not be delivered to one or more of its\nrecipients. This is a permanent error. The following address(es) failed:\n\n  sam.lee@dest.example\n    ";
    private const string Copy = "\n\n--- Below this line is a copy of the message.\n\nReturn-Path: <help@ourco.example>\nReceived: from app by mx; Tue, 4 Nov 2025 10:00:00 +0000\nFrom: Support <help@ourco.example>\nTo: sam.lee@dest.example\nSubject: Your order\nMessage-ID: <c0ffee00c0ffee00c0ffee00c0ffee00@ourco.example>\n\nHello\n";

    [TestCase(Daemon, "failure notice", Qmail + "Sorry, no mailbox here by that name. (#5.1.1)" + Copy, '5', true, ReportReason.UnknownUser)]
    [TestCase(Daemon, "failure notice", Qmail + "Sorry, I couldn't find any host named dest.example. (#5.1.2)" + Copy, '5', true, ReportReason.Domain)]
    [TestCase(Daemon, "failure notice", Qmail + "Sorry, I wasn't able to establish an SMTP connection. (#4.4.1)\nI'm not going to try again; this message has been in the queue too long." + Copy, '4', false, ReportReason.Network)]
    [TestCase(Daemon, "failure notice", Qmail + "This message is looping: it already has my Delivered-To line. (#5.4.6)" + Copy, '5', false, ReportReason.Network)]
    [TestCase(Daemon, "failure notice", Qmail + "The users mailfolder is over the allowed quota (size). (#5.2.2)" + Copy, '5', false, ReportReason.MailboxFull)]
    [TestCase(Daemon, "failure notice", Qmail + "Mailaddress is administratively disabled. (LDAP-ERR #220)" + Copy, '5', false, ReportReason.Disabled)]
    [TestCase(Daemon, "failure notice", Qmail + "Sorry, message exceeds fixed size limit. (#5.3.4)" + Copy, '5', false, ReportReason.TooBig)]
    [TestCase(Daemon, "Mail delivery failed: returning message to sender", Exim + "Unrouteable address\n\n------ This is a copy of the message, including all the headers. ------" + Copy, '5', true, null)]
    [TestCase(Daemon, "Mail delivery failed: returning message to sender", Exim + "all relevant MX records point to non-existent hosts" + Copy, '5', true, ReportReason.Domain)]
    [TestCase(Daemon, "Mail delivery failed: returning message to sender", Exim + "retry timeout exceeded" + Copy, '\0', false, ReportReason.Network)]
    [TestCase(Daemon, "Mail delivery failed: returning message to sender", Exim + "No Such User Here" + Copy, '5', true, ReportReason.UnknownUser)]
    [TestCase(Daemon, "Mail delivery failed: returning message to sender", Exim + "mailbox is full (MTA-imposed quota exceeded while writing to file /home/mail/sam)" + Copy, '\0', false, ReportReason.MailboxFull)]
    [TestCase(Daemon, "Mail delivery failed: returning message to sender", Exim + "mail server for \"dest.example\" does not accept mail (nullMX)" + Copy, '5', true, ReportReason.Domain)]
    [TestCase("postmaster@ourco.example", "Undeliverable: Your order", "Your message did not reach some or all of the intended recipients.\n\n      Subject:\tYour order\n      Sent:\t11/4/2025 10:00 AM\n\nThe following recipient(s) could not be reached:\n\n      sam.lee@dest.example on 11/4/2025 10:00 AM\n            The e-mail account does not exist at the organization this message was sent to.  Check the e-mail address, or contact the recipient directly to find out the correct address.\n            <ex1.ourco.example #5.1.1>\n", '5', true, ReportReason.UnknownUser)]
    [TestCase("System Administrator <postmaster@ourco.example>", "Undeliverable: Your order", "Your message did not reach some or all of the intended recipients.\n\nThe following recipient(s) could not be reached:\n\n      sam.lee@dest.example on 11/4/2025 10:00 AM\n            The recipient name is not recognized\n\tThe MTS-ID of the original message is: c=us;a= ;p=Org;l=EX1-0511\n            MSEXCH:IMS:Org:Site:EX1 0 (000C05A6) Unknown Recipient\n", '5', true, ReportReason.UnknownUser)]
    [TestCase("postmaster@ourco.example", "Undeliverable: Your order", "Your message did not reach some or all of the intended recipients.\n\nThe following recipient(s) could not be reached:\n\n      sam.lee@dest.example on 11/4/2025 10:00 AM\n            The recipient's mailbox is full. Please try resending your message later.\n            <ex1.ourco.example #5.2.2>\n", '5', false, ReportReason.MailboxFull)]
    [TestCase("postmaster@ourco.example", "Unzustellbar: Ihre Bestellung", "Ihre Nachricht hat einige oder alle Empf\u00E4nger nicht erreicht.\n\nFolgende(r) Empf\u00E4nger kann/k\u00F6nnen nicht erreicht werden:\n\n      sam.lee@dest.example am 04.11.2025 10:00\n            Das E-Mail-Konto ist nicht vorhanden in der Organisation, an die diese Nachricht gesendet wurde. \u00DCberpr\u00FCfen Sie die E-Mail-Adresse.\n            <ex1.ourco.example #5.1.1>\n", '5', true, ReportReason.UnknownUser)]
    [TestCase("Microsoft Exchange <postmaster@dest.example>", "Non remis : Votre commande", "Votre message n'a pas pu \u00EAtre remis.\n\nsam.lee@dest.example\nL'adresse de messagerie que vous avez entr\u00E9e est introuvable.\n", '5', true, ReportReason.UnknownUser)]
    [TestCase("Microsoft Outlook <postmaster@dest.example>", "No se puede entregar: Su pedido", "No se pudo entregar el mensaje a los siguientes destinatarios:\n\nsam.lee@dest.example\nNo se encontr\u00F3 la direcci\u00F3n de correo electr\u00F3nico que ha especificado.\n", '5', true, ReportReason.UnknownUser)]
    [TestCase("Microsoft Outlook <postmaster@dest.example>", "Undeliverable: Your order", "Your message to sam.lee@dest.example couldn't be delivered.\n\nsam.lee wasn't found at dest.example.\n", '5', true, ReportReason.UnknownUser)]
    [TestCase("Mail Delivery Subsystem <mailer-daemon@googlemail.com>", "Delivery Status Notification (Failure)", "\n** Address not found **\n\nYour message wasn't delivered to sam.lee@dest.example because the address couldn't be found, or is unable to receive mail.\n\nLearn more here: https://support.google.com/mail/?p=NoSuchUser\n", '5', true, ReportReason.UnknownUser)]
    [TestCase("Mail Delivery Subsystem <mailer-daemon@googlemail.com>", "Delivery Status Notification (Failure)", "\n** Address not found **\n\nYour message wasn't delivered to sam.lee@dest.example because the domain dest.example couldn't be found. Check for typos or unnecessary spaces and try again.\n", '5', true, ReportReason.Domain)]
    [TestCase("Mail Delivery Subsystem <mailer-daemon@googlemail.com>", "Delivery Status Notification (Failure)", "\n** Message blocked **\n\nYour message to sam.lee@dest.example has been blocked. See technical details below for more information.\n", '5', false, ReportReason.Policy)]
    [TestCase("Mail Delivery Subsystem <mailer-daemon@googlemail.com>", "Delivery Status Notification (Failure)", "\n** Recipient inbox full **\n\nYour message couldn't be delivered to sam.lee@dest.example. Their inbox is full, or it's getting too much mail right now.\n", '5', false, ReportReason.MailboxFull)]
    [TestCase("Mail Router <postmaster@ourco.example>", "DELIVERY FAILURE: User sam.lee (sam.lee@dest.example) not listed in Domino Directory", "Your message\n\n  Subject: Your order\n\nwas not delivered to:\n\n  sam.lee@dest.example\n\nbecause:\n\n  User sam.lee (sam.lee@dest.example) not listed in Domino Directory\n", '5', true, ReportReason.UnknownUser)]
    [TestCase("Mail Delivery Subsystem <MAILER-DAEMON@aol.com>", "Mail Delivery Problem", "Your mail to the following recipients could not be delivered because they are not accepting mail from help@ourco.example:\n\tsam.lee@dest.example\n", '5', false, ReportReason.Policy)]
    [TestCase("mailer-daemon@mail.ru", "Mail failure.", "This message was created automatically by mail delivery software.\n\nA message that you sent could not be delivered to one or more of its\nrecipients. The following address(es) failed:\n\n  sam.lee@dest.example\n    unable to deliver: mailbox is full\n", '5', false, ReportReason.MailboxFull)]
    [TestCase("Postmaster <Postmaster@dest.example>", "Undeliverable Mail", "User mailbox exceeds allowed size: sam.lee@dest.example\n\nOriginal message follows." + Copy, '5', false, ReportReason.MailboxFull)]
    [TestCase("Postmaster <Postmaster@dest.example>", "Undeliverable Mail", "Unknown user: sam.lee@dest.example\n\nOriginal message follows." + Copy, '5', true, ReportReason.UnknownUser)]
    [TestCase("MAILER-DAEMON@dest.example", "Mail System Error - Returned Mail", "\u6B21\u306E\u3042\u3066\u5148\u3078\u306E\u30E1\u30C3\u30BB\u30FC\u30B8\u306F\u30A8\u30E9\u30FC\u306E\u305F\u3081\u9001\u4FE1\u3067\u304D\u307E\u305B\u3093\u3067\u3057\u305F\u3002\n\n\u9001\u4FE1\u5148\u30E1\u30FC\u30EB\u30A2\u30C9\u30EC\u30B9\u304C\u898B\u3064\u304B\u308A\u307E\u305B\u3093\u3002\n<sam.lee@dest.example>\n" + Copy, '5', true, ReportReason.UnknownUser)]
    [TestCase("Yahoo! <MAILER-DAEMON@yahoo.com>", "Failure Notice", "Sorry, we were unable to deliver your message to the following address.\n\n<sam.lee@dest.example>:\nNo MX or A records for dest.example\n" + Copy, '5', true, ReportReason.Domain)]
    [TestCase("Mailer-Daemon@gmx.example", "Mail delivery failed: returning message to sender", "This message was created automatically by mail delivery software.\n\nA message that you sent could not be delivered to one or more of\nits recipients. The following address failed:\n\nsam.lee@dest.example:\nUnknown local part sam.lee in <sam.lee@dest.example>\n" + Copy, '5', true, ReportReason.UnknownUser)]
    [TestCase("postmaster@t-online.example", "Nachricht konnte nicht zugestellt werden", "Ihre Nachricht konnte nicht zugestellt werden an:\n\nsam.lee@dest.example\n\nGrund: Empf\u00E4nger unbekannt\n" + Copy, '5', true, ReportReason.UnknownUser)]
    [TestCase("postmaster@t-online.example", "Nachricht konnte nicht zugestellt werden", "Ihre Nachricht konnte nicht zugestellt werden an:\n\nsam.lee@dest.example\n\nGrund: Das Postfach des Empf\u00E4ngers ist voll.\n" + Copy, '5', false, ReportReason.MailboxFull)]
    [TestCase("mailer-daemon@yandex.ru", "\u041D\u0435\u0434\u043E\u0441\u0442\u0430\u0432\u043B\u0435\u043D\u043D\u043E\u0435 \u0441\u043E\u043E\u0431\u0449\u0435\u043D\u0438\u0435", "\u041F\u0438\u0441\u044C\u043C\u043E \u043D\u0435 \u043C\u043E\u0436\u0435\u0442 \u0431\u044B\u0442\u044C \u0434\u043E\u0441\u0442\u0430\u0432\u043B\u0435\u043D\u043E:\n\nsam.lee@dest.example\n\n\u041F\u043E\u043B\u044C\u0437\u043E\u0432\u0430\u0442\u0435\u043B\u044C \u043D\u0435 \u043D\u0430\u0439\u0434\u0435\u043D.\n" + Copy, '5', true, ReportReason.UnknownUser)]
    [TestCase("MAILER-DAEMON@dest.example", "\u7CFB\u7EDF\u9000\u4FE1", "\u5F88\u62B1\u6B49\uFF0C\u60A8\u7684\u90AE\u4EF6\u88AB\u9000\u56DE\u3002\n\u6536\u4EF6\u4EBA\uFF1Asam.lee@dest.example\n\u9000\u4FE1\u539F\u56E0\uFF1A\u6536\u4EF6\u4EBA\u90AE\u4EF6\u5730\u5740\u4E0D\u5B58\u5728\n" + Copy, '5', true, ReportReason.UnknownUser)]
    [TestCase("Mail Delivery Service <mailer-daemon@dest.example>", "Delivery Failure", "Your message to sam.lee@dest.example was rejected because the attachment type is not allowed.\n" + Copy, '5', false, ReportReason.Policy)]
    public void A_notice_is_understood_by_its_words(string from, string subject, string words, char level, bool hard, object? reason)
    {
        var report = MailReport.Read(Parse($"Return-Path: <>\nFrom: {from}\nTo: help@ourco.example\nSubject: {subject}\nMessage-ID: <b@mx>\nContent-Type: text/plain; charset=utf-8\n\n{words}"));
        Assert.That(report, Is.Not.Null, words);
        var have = report!.Recipients[0];
        Assert.Multiple(() =>
        {
            Assert.That(report.Kind, Is.EqualTo(ReportKind.Delivery));
            Assert.That(string.Join(' ', report.Recipients.Select(r => r.Address)), Is.EqualTo("sam.lee@dest.example"));
            Assert.That(have.Action, Is.EqualTo("failed"));
            Assert.That(level == '\0' || have.Status[0] == level, Is.True, have.Status);
            Assert.That(have.Hard, Is.EqualTo(hard), have.ToString());
            Assert.That(reason == null || have.Reason == (ReportReason)reason, Is.True, have.ToString());
            if (words.Contains("c0ffee", StringComparison.Ordinal))
                Assert.That(report.OriginalMessageId, Is.EqualTo(BounceShape.MessageId));
        });
    }

    [TestCase(Daemon, "Delayed Mail (still being retried)", "This is the mail system at host mx.ourco.example.\n\n####################################################################\n# THIS IS A WARNING ONLY.  YOU DO NOT NEED TO RESEND YOUR MESSAGE. #\n####################################################################\n\nYour message could not be delivered for more than 4 hour(s).\nIt will be retried until it is 5 day(s) old.\n\n<sam.lee@dest.example>: connect to mx1.dest.example[198.51.100.4]:25: Connection timed out\n")]
    [TestCase(Daemon, "Warning: message 1abcDE-000001-AB delayed 24 hours", "This message was created automatically by mail delivery software.\nA message that you sent has not yet been delivered to one or more of its\nrecipients after more than 24 hours on the queue on mx.ourco.example.\n\nThe address to which the message has not yet been delivered is:\n\n  sam.lee@dest.example\n    Delay reason: Connection refused\n\nNo action is required on your part. Delivery attempts will continue for\nsome time.\n")]
    [TestCase("Mail Delivery Subsystem <MAILER-DAEMON@mx.ourco.example>", "Warning: could not send message for past 4 hours", "    **********************************************\n    **      THIS IS A WARNING MESSAGE ONLY      **\n    **  YOU DO NOT NEED TO RESEND YOUR MESSAGE  **\n    **********************************************\n\nThe original message was received at Tue, 4 Nov 2025 10:00:00 GMT\n\n   ----- The following addresses had transient non-fatal errors -----\n<sam.lee@dest.example>\n\n   ----- Transcript of session follows -----\n451 4.4.1 reply: read error from mx1.dest.example.\nWarning: message still undelivered after 4 hours\nWill keep trying until message is 5 days old\n")]
    [TestCase("Mail Delivery Subsystem <mailer-daemon@googlemail.com>", "Delivery Status Notification (Delay)", "\n** Delivery incomplete **\n\nThere was a temporary problem delivering your message to sam.lee@dest.example. Gmail will retry for 46 more hours. You'll be notified if the delivery fails permanently.\n")]
    [TestCase("postmaster@ourco.example", "Delivery delayed:Your order", "Delivery is delayed to these recipients or groups:\n\nsam.lee@dest.example\n\nSubject: Your order\n\nThis message hasn't been delivered yet. Delivery will continue to be attempted.\n")]
    [TestCase("postmaster@ourco.example", "Zustellung verz\u00F6gert: Ihre Bestellung", "Die Zustellung an folgende Empf\u00E4nger oder Gruppen ist verz\u00F6gert:\n\nsam.lee@dest.example\n\nDiese Nachricht wurde noch nicht zugestellt. Es wird weiterhin versucht, die Nachricht zuzustellen.\n")]
    public void A_delay_is_no_failure(string from, string subject, string words)
    {
        var report = MailReport.Read(Parse($"Return-Path: <>\nFrom: {from}\nTo: help@ourco.example\nSubject: {subject}\nMessage-ID: <b@mx>\nContent-Type: text/plain; charset=utf-8\n\n{words}"));
        Assert.That(report, Is.Not.Null);
        var have = report!.Recipients.Single();
        Assert.That((have.Address, have.Action, have.Status[0], have.Hard), Is.EqualTo(("sam.lee@dest.example", "delayed", '4', false)), have.ToString());
    }

    [TestCase("Sam Lee <sam@dest.example>", "Re: Undelivered Mail Returned to Sender", "Hi,\n\nI got this back, what is wrong?\n\n> <sam.lee@dest.example>: host mx1.dest.example said: 550 5.1.1 User unknown\n")]
    [TestCase("Sam Lee <sam@dest.example>", "Fwd: Delivery Status Notification (Failure)", "See below.\n\n---------- Forwarded message ---------\nFrom: Mail Delivery Subsystem <mailer-daemon@googlemail.com>\nSubject: Delivery Status Notification (Failure)\nTo: <sam@dest.example>\n\nDelivery to the following recipient failed permanently:\n\n     other@dest.example\n")]
    [TestCase("Sam Lee <sam@dest.example>", "My parcel was returned to sender", "The parcel could not be delivered. Order 550.\n")]
    [TestCase("Parcel Service <no-reply@parcel.example>", "Your parcel could not be delivered", "We could not deliver your parcel to sam@dest.example on Tuesday. Code 550.\n")]
    [TestCase("Sam Lee <sam@dest.example>", "mailbox full", "Hello, my mailbox is full, error 552 5.2.2. What shall I do?\n")]
    [TestCase("Monitoring <alerts@ourco.example>", "Mail queue report: 3 messages deferred", "sam.lee@dest.example: connection timed out\n")]
    [TestCase("Postmaster <postmaster@dest.example>", "Our new mail policy", "Dear all,\n\nfrom Monday on we reject mail without SPF. Please tell your users.\n\nThe postmaster\n")]
    [TestCase("Postmaster <postmaster@dest.example>", "Re: Question about your relay", "Hello,\n\nwe changed the relay for you, please try again and write to me at jo@dest.example.\n\nJo\n")]
    public void What_people_write_about_bounces_is_no_report(string from, string subject, string words)
    {
        var report = MailReport.Read(Parse($"Return-Path: <{from.Split('<')[^1].TrimEnd('>')}>\nFrom: {from}\nTo: help@ourco.example\nSubject: {subject}\nMessage-ID: <p@dest.example>\nIn-Reply-To: <b@mx>\nContent-Type: text/plain; charset=utf-8\n\n{words}"));
        Assert.That(report, Is.Null);
    }

    [TestCase("Auto-Submitted: auto-replied\nX-Auto-Response-Suppress: All", "Automatic reply: Your order", AutomaticKind.AutoReplied)]
    [TestCase("X-Auto-Response-Suppress: All", "Automatische Antwort: Ihre Bestellung", AutomaticKind.AutoReplied)]
    [TestCase("X-Auto-Response-Suppress: All", "R\u00E9ponse automatique : Votre commande", AutomaticKind.AutoReplied)]
    [TestCase("X-Auto-Response-Suppress: All", "Respuesta autom\u00E1tica: Su pedido", AutomaticKind.AutoReplied)]
    [TestCase("X-Auto-Response-Suppress: All", "Risposta automatica: Il suo ordine", AutomaticKind.AutoReplied)]
    [TestCase("X-Auto-Response-Suppress: All", "Automatisch antwoord: Uw bestelling", AutomaticKind.AutoReplied)]
    [TestCase("X-Auto-Response-Suppress: All", "Resposta autom\u00E1tica: Seu pedido", AutomaticKind.AutoReplied)]
    [TestCase("X-Auto-Response-Suppress: All", "Odpowied\u017A automatyczna: Zam\u00F3wienie", AutomaticKind.AutoReplied)]
    [TestCase("X-Auto-Response-Suppress: All", "\u0410\u0432\u0442\u043E\u043E\u0442\u0432\u0435\u0442: \u0417\u0430\u043A\u0430\u0437", AutomaticKind.AutoReplied)]
    [TestCase("X-Auto-Response-Suppress: All", "\u81EA\u52D5\u5FDC\u7B54: \u6CE8\u6587", AutomaticKind.AutoReplied)]
    [TestCase("X-Auto-Response-Suppress: All", "Autosvar: Din best\u00E4llning", AutomaticKind.AutoReplied)]
    [TestCase("Precedence: bulk\nX-Autoreply: yes", "Re: Your order", AutomaticKind.AutoReplied)]
    [TestCase("Precedence: bulk\nAuto-Submitted: auto-replied", "Out of office Re: Your order", AutomaticKind.AutoReplied)]
    [TestCase("Precedence: junk", "Sam Lee is on vacation", AutomaticKind.AutoReplied)]
    [TestCase("Auto-Submitted: auto-replied (vacation)", "away from my mail", AutomaticKind.AutoReplied)]
    [TestCase("Precedence: auto_reply\nX-Autorespond: yes", "Ticket received [#123]", AutomaticKind.AutoReplied)]
    [TestCase("Auto-Submitted: auto-generated", "[Ticket 123] has been created", AutomaticKind.AutoGenerated)]
    [TestCase("X-Loop: help@dest.example\nPrecedence: list\nList-Id: <a.dest.example>", "[a] news", AutomaticKind.List)]
    [TestCase("List-Unsubscribe: <https://dest.example/u>\nList-Unsubscribe-Post: List-Unsubscribe=One-Click", "Offers", AutomaticKind.Bulk)]
    [TestCase("Precedence: bulk", "Offers", AutomaticKind.Bulk)]
    [TestCase("X-Mailer: Sam", "Report Domain: ourco.example Submitter: dest.example Report-ID: <2025.11.04>", AutomaticKind.AutoGenerated)]
    [TestCase("X-Mailer: Sam", "Out of office", null)]
    [TestCase("Auto-Submitted: no", "Re: Your order", null)]
    public void Automatic_mail_is_known(string fields, string subject, object? kind)
    {
        var mail = Parse($"From: Sam Lee <sam@dest.example>\nTo: help@ourco.example\nSubject: {subject}\nMessage-ID: <a@dest.example>\n{fields}\n\nHello\n");
        Assert.That(AutomaticMail.KindOf(mail), Is.EqualTo((AutomaticKind?)kind));
        Assert.That(MailReport.Read(mail), Is.Null);
    }

    private static MimeMessage Parse(string text) => MimeParser.Parse(Encoding.UTF8.GetBytes(text));
}
