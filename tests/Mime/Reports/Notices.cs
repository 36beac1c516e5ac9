using System.Text;
using MailInbox.Mail.Mime;

namespace MailInbox.Tests.Mime.Reports;

/// <summary>Reports of our own in the manner of many mail systems.</summary>
internal static class Notices
{
    private const string Returned = "Received: from desk.example by relay.example; Mon, 3 Nov 2025 10:00:00 +0100\nFrom: Help <help@desk.example>\nTo: lea@berg.example\nSubject: Your order\nMessage-ID: <order-7@desk.example>\n";

    public static readonly string Standard = Report("""
        Reporting-MTA: dns; relay.example

        Original-Recipient: rfc822;lea@berg.example
        Final-Recipient: rfc822; lea@box.berg.example
        Action: failed
        Status: 5.0.0
        Remote-MTA: dns; mx.berg.example
        Diagnostic-Code: smtp; 550-5.1.1 That account
            is not here, no such user 550 5.1.1 gone
        """);

    public static IReadOnlyList<string> All { get; } =
    [
        Standard, Qmail, Exim(), EximDelay, Postfix, Transcript, OldTranscript, Google, Exchange, Domino, OpenSmtpd, Json, Arf(), Mdn, Gluing, Japanese, Html, Labelled, Away,
    ];

    public static string Qmail => Words("MAILER-DAEMON@relay.example", "failure notice", $"""
        Hi. This is the mail program at relay.example.
        I was not able to deliver your message to the following addresses.

        <lea@berg.example>:
        192.0.2.7 does not like recipient.
        Remote host said: 550 5.1.1 no mailbox by that name
        Giving up on 192.0.2.7.

        <tom@berg.example>:
        Remote host said: 552 5.2.2 over quota

        --- Below this line is a copy of the message.

        {Returned}
        """);

    public static string Exim(string field = "X-Failed-Recipients: lea@berg.example") => Words("Mail Delivery System <Mailer-Daemon@relay.example>", "Mail delivery failed: returning message to sender", $"""
        A message that you sent could not be delivered to one or more of its
        recipients. This is a permanent error. The following address(es) failed:

          lea@berg.example
            host mx.berg.example [192.0.2.7]
            SMTP error from remote mail server after MAIL FROM:<help@desk.example>:
            550 unknown host of sender

        ------ This is a copy of the message, including all the headers. ------

        {Returned}
        """, field);

    public static string EximDelay => Words("Mail Delivery System <Mailer-Daemon@relay.example>", "Warning: message 1abc-0001 delayed 24 hours", """
        A message that you sent has not yet been delivered to one or more of its
        recipients after more than 24 hours on the queue on relay.example.

        The address to which the message has not yet been delivered is:

          lea@berg.example
            Delay reason: Connection timed out

        No action is required on your part.
        """);

    public static string Postfix => Words("MAILER-DAEMON@relay.example (Mail Delivery System)", "Undelivered Mail Returned to Sender", $"""
        For further assistance, please send mail to <postmaster@relay.example>

        <lea@berg.example>: host mx.berg.example[192.0.2.7] said: 550 No such user
            lea (in reply to RCPT TO command)

        {Returned}
        """);

    public static string Transcript => Words("Mail Delivery Subsystem <MAILER-DAEMON@relay.example>", "Returned mail: see transcript for details", $"""
        The original message was received at Mon, 3 Nov 2025 10:00:00 +0100
        from desk.example [192.0.2.1]

           ----- The following addresses had permanent fatal errors -----
        <lea@berg.example>
            (reason: 550 5.1.1 <lea@berg.example>... User unknown)

           ----- Transcript of session follows -----
        ... while talking to mx.berg.example.:
        >>> RCPT To:<lea@berg.example>
        <<< 550 5.1.1 <lea@berg.example>... User unknown

           ----- Original message follows -----

        {Returned}
        """);

    public static string OldTranscript => Words("MAILER-DAEMON@relay.example", "Returned mail: Host unknown", $"""
           ----- Transcript of session follows -----
        While talking to mx.berg.example:
        >>> DATA
        <<< 554 this looks like spam to us
        554 <lea@berg.example>... Service refused
        550 nowhere.example (smtp)... 550 Host unknown
        554 <tom@nowhere.example>... 550 Host unknown

           ----- Unsent message follows -----
        {Returned}
        """);

    public static string Google => Words("Mail Delivery Subsystem <mailer-daemon@mail.example>", "Delivery Status Notification (Failure)", $"""
        Delivery to the following recipient failed permanently:

             lea@berg.example

        Technical details of permanent failure:
        The server for the recipient domain said: 552 5.3.4 Message size exceeds limit

        ----- Original message -----

        {Returned}
        """);

    public static string Exchange => Words("System Administrator <postmaster@relay.example>", "Undeliverable: Your order", """
        Your message

          To:      lea@berg.example
          Subject: Your order
          Sent:    Mon, 3 Nov 2025 10:00:00 +0100

        did not reach the following recipient(s):

        lea@berg.example on Mon, 3 Nov 2025 10:00:05 +0100
            The recipient name is not recognized
        """);

    public static string Domino => Words("Postmaster@relay.example", "DELIVERY FAILURE", """
        Your message

          Subject: Your order

        was not delivered to:

          lea@berg.example

        because:

          User lea (lea@berg.example) not listed in the directory
        """);

    public static string OpenSmtpd => Words("Mailer Daemon <MAILER-DAEMON@relay.example>", "Delivery status notification: error", $"""
            An error has occurred while attempting to deliver a message for
            the following list of recipients:

        lea@nowhere.example: Domain does not exist

            Below is a copy of the original message:

        {Returned}
        """);

    public static string Japanese => Words("postmaster@relay.example", "Undeliverable Mail", $"""
        次のあて先へのメッセージは送信できませんでした。
        メールボックスがいっぱいです。

        <lea@berg.example>

        {Returned}
        """, "Return-Path: <>");

    public static string Labelled => Words("\"Postmaster\" <postmaster@relay.example>", "Mail delivery failed", """
        Could not deliver message to the following recipient(s):

        Failed Recipient: lea@berg.example
        Reason: Remote host said: 554 5.7.1 Relay access denied
        """);

    public static string Html => "From: MAILER-DAEMON@relay.example\nSubject: Undeliverable\nContent-Type: text/html; charset=utf-8\n\n"
        + "<html><body><p>Your mail was not delivered to <b>lea@berg.example</b></p><p>The mailbox is full.</p></body></html>\n";

    public static string Json => "From: Notices <no-reply@sns.example>\nSubject: Notification\nContent-Type: text/plain; charset=utf-8\n\n"
        + "{ \"Type\": \"Notification\", \"Message\": \"{\\\"notificationType\\\":\\\"Bounce\\\",\\\"bounce\\\":{\\\"bounceType\\\":\\\"Permanent\\\",\\\"bouncedRecipients\\\":[{\\\"emailAddress\\\":\\\"lea@berg.example\\\","
        + "\\\"action\\\":\\\"failed\\\",\\\"status\\\":\\\"5.1.1\\\",\\\"diagnosticCode\\\":\\\"smtp; 550 5.1.1 user unknown\\\"}]},\\\"mail\\\":{\\\"commonHeaders\\\":{\\\"messageId\\\":\\\"<order-7@desk.example>\\\"}}}\" }\n\n--\nTo stop these notices {click}\n";

    /// <summary>Two reports in one, the second without an empty line, an action that got lost and a folded word.</summary>
    public static string Gluing => Report("""
        Reporting-MTA: dns; relay.example
        Final-Recipient: rfc822; lea@berg.example
        Action: delayed
        Status: 4.4.1 (no answer)
        Final-Recipient: rfc822;<tom@berg.example>
        Diagnostic-Code: smtp; 550 5.2.1 mailbox
        disabled
        """);

    public static string Mdn => "From: Lea <lea@berg.example>\nSubject: Read: Your order\nContent-Type: multipart/report; report-type=disposition-notification; boundary=b\n\n--b\n\nIt was read.\n"
        + "--b\nContent-Type: message/disposition-notification\n\nReporting-UA: box.berg.example; Reader\nFinal-Recipient: rfc822;lea@berg.example\nOriginal-Message-ID: <order-7@desk.example>\n"
        + "Disposition: manual-action/MDN-sent-manually; displayed\n\n--b--\n";

    public static string Away => "From: Lea <lea@berg.example>\nReturn-Path: <>\nSubject: Automatic reply: Your order\nAuto-Submitted: auto-replied\n\nI am away. Please write to tom@berg.example.\n";

    public static string Arf(string recipients = "Original-Rcpt-To: lea@berg.example\n") =>
        "From: feedback@provider.example\nSubject: FW: Your order\nContent-Type: multipart/report; report-type=feedback-report; boundary=b\n\n--b\n\nA complaint.\n"
        + $"--b\nContent-Type: message/feedback-report\n\nFeedback-Type: abuse\nUser-Agent: Loop/1\nVersion: 1\n{recipients}\n--b\nContent-Type: message/rfc822\n\n{Returned}\nHello\n--b--\n";

    public static string Report(string fields, string type = "message/delivery-status", string encoding = "7bit") =>
        "From: MAILER-DAEMON@relay.example\nSubject: Undelivered Mail Returned to Sender\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\n\n--b\n\nIt did not arrive.\n"
        + $"--b\nContent-Type: {type}\nContent-Transfer-Encoding: {encoding}\n\n{(encoding == "base64" ? Convert.ToBase64String(Encoding.UTF8.GetBytes(fields)) : fields)}\n\n--b\nContent-Type: text/rfc822-headers\n\n{Returned}\n--b--\n";

    public static string Words(string from, string subject, string text, string field = "Auto-Submitted: auto-replied") =>
        $"From: {from}\nTo: help@desk.example\nSubject: {subject}\n{field}\nContent-Type: text/plain; charset=utf-8\n\n{text}\n";

    public static MimeMessage Parse(string mail) => MimeParser.Parse(Encoding.UTF8.GetBytes(mail));
}
