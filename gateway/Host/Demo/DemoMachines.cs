namespace MailInbox.Host.Demo;

/// <summary>What nobody wrote, or somebody wrote to many: reports, automatic answers, lists, promotions, role senders. Most of it is filtered as shipped.</summary>
internal static class DemoMachines
{
    public static IEnumerable<DemoMail> All(DemoPost post) => [Failure(post), OutOfOffice(post), .. Lists(post), .. Promotions(post), .. Roles(post)];

    /// <summary>A delivery status notification (RFC 3464) about an answer of the shop.</summary>
    private static DemoMail Failure(DemoPost post)
    {
        DemoPerson daemon = new("Mail Delivery System", "MAILER-DAEMON@mx.fernpost.example", 1);
        DemoHead head = new(daemon, 19, "Undelivered Mail Returned to Sender") { EnvelopeFrom = "", Fields = "Auto-Submitted: auto-replied" };
        string sent = DemoPost.FieldOf(post.Ago(19.1, daemon));
        return post.Write(head, mail => mail
            .Lines("Content-Type: multipart/report; report-type=delivery-status;\n boundary=\"report/19.mx\"").Gap()
            .Lines("This is a MIME-encapsulated message.").Gap()
            .Lines("--report/19.mx\nContent-Description: Notification\nContent-Type: text/plain; charset=us-ascii").Gap()
            .Lines("I am sorry to say that your message could not be delivered to the address below.\n\n<jonas.blomm@fernpost.example>: 550 5.1.1 No such user here, did you mean jonas.blom?").Gap()
            .Lines("--report/19.mx\nContent-Description: Delivery report\nContent-Type: message/delivery-status").Gap()
            .Lines($"Reporting-MTA: dns; mx.fernpost.example\nArrival-Date: {sent}").Gap()
            .Lines("Final-Recipient: rfc822; jonas.blomm@fernpost.example\nAction: failed\nStatus: 5.1.1\nDiagnostic-Code: smtp; 550 5.1.1 No such user here, did you mean jonas.blom?").Gap()
            .Lines("--report/19.mx\nContent-Description: Undelivered Message Headers\nContent-Type: text/rfc822-headers").Gap()
            .Lines($"Date: {sent}\nFrom: Support <{post.Inbox}>\nTo: jonas.blomm@fernpost.example\nSubject: Your question about the wall lamp\nMessage-ID: <{DemoPost.NewId(post.InboxDomain)}>").Gap()
            .Lines("--report/19.mx--"));
    }

    private static DemoMail OutOfOffice(DemoPost post)
    {
        DemoPerson away = new("Marguerite Olsson", "marguerite.olsson@civic-library.example", 1);
        return post.Mail(post.Draft(away, 22, "Automatic reply: Your order 20390", "Thank you for your message. I am out of the office and shall read it on my return on Monday.\n\nIn urgent matters please call the front desk.\n\nMarguerite Olsson") with
        {
            AutoSubmitted = "auto-replied",
            InReplyTo = [DemoPost.NewId(post.InboxDomain)],
        });
    }

    private static IEnumerable<DemoMail> Lists(DemoPost post)
    {
        string fields =
            """
            Sender: lamp-trade-bounces@lists.tradetalk.example
            List-Id: Talk among lamp makers <lamp-trade.lists.tradetalk.example>
            List-Post: <mailto:lamp-trade@lists.tradetalk.example>
            List-Unsubscribe: <https://lists.tradetalk.example/leave/lamp-trade>,
             <mailto:lamp-trade-leave@lists.tradetalk.example>
            Precedence: list
            """;
        DemoHead Head(DemoPerson from, double hours, string subject) => new(from, hours, subject)
        {
            To = "Talk among lamp makers <lamp-trade@lists.tradetalk.example>",
            Fields = fields,
            EnvelopeFrom = "lamp-trade-bounces@lists.tradetalk.example",
        };
        yield return post.Write(Head(new("Edda Thornquist", "edda@thornquist-glass.example", 1), 64, "[lamp-trade] Where do you buy textile cable?"), mail => mail
            .Lines("Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit").Gap()
            .Lines("Dear all,\n\nour supplier closes at the end of the year. Where do you buy textile cable (2 × 0.75 mm²) by the roll?\n\nEdda\n_______________________________________________\nlamp-trade mailing list"));
        yield return post.Write(Head(new("Barnaby Quill", "barnaby@quill-and-co.example"), 62, "[lamp-trade] Minutes of the autumn meeting"), mail => mail
            .Lines("Content-Type: text/plain; charset=us-ascii\nContent-Transfer-Encoding: 7bit").Gap()
            .Lines("The minutes are on the web page of the list. The next meeting is in March.\n\nBarnaby\n_______________________________________________\nlamp-trade mailing list"));
    }

    private static IEnumerable<DemoMail> Promotions(DemoPost post)
    {
        yield return post.Write(
            new(new("Brightbox Packaging", "hello@brightbox-packaging.example", 1), 28, "📦 Boxes at half price – this week only!")
            {
                Fields = "List-Unsubscribe: <https://brightbox-packaging.example/stop?u=118>\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\nPrecedence: bulk",
                EnvelopeFrom = "bounce-118@send.brightbox-packaging.example",
            },
            mail => mail
                .Lines("Content-Type: multipart/alternative; boundary=\"=_box\"").Gap()
                .Lines("--=_box\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit").Gap()
                .Lines("Boxes at half price – this week only.\nhttps://brightbox-packaging.example/week").Gap()
                .Lines("--=_box\nContent-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: 8bit").Gap()
                .Lines(
                    """
                    <html><body bgcolor="#fff3e0"><div style="display:none;max-height:0;overflow:hidden">Only until Sunday</div>
                    <table width="600" align="center" cellpadding="0" cellspacing="0" border="0"><tr><td style="padding:32px;background:#e65100;color:#fff;font:bold 28px Arial,sans-serif">Boxes at half price</td></tr>
                    <tr><td style="padding:24px;background:#fff;font:16px Arial,sans-serif">All sizes, this week only.<br><br><a href="https://brightbox-packaging.example/week" style="display:inline-block;padding:12px 24px;background:#e65100;color:#fff;text-decoration:none">To the boxes</a></td></tr>
                    <tr><td style="padding:16px;font:11px Arial,sans-serif;color:#888">You get this because you bought from us. <a href="https://brightbox-packaging.example/stop?u=118">Unsubscribe</a></td></tr></table>
                    </body></html>
                    """).Gap()
                .Lines("--=_box--"));
        yield return post.Write(
            new(new("Trade Directory", "listing@trade-directory.example"), 76, "Your free entry expires soon") { Fields = "Precedence: bulk" },
            mail => mail.Lines("Content-Type: text/plain; charset=us-ascii").Gap().Lines("Dear business owner,\n\nyour free entry expires soon. Extend it today for only 19 a month.\n\nTrade Directory"));
    }

    private static IEnumerable<DemoMail> Roles(DemoPost post)
    {
        yield return post.Mail(new("Harbour Bank", "no-reply@harbourbank.example"), 10.5, "Your statement is ready", "Your statement for this month is ready. Please sign in to read it.\n\nThis mailbox is not read.");
        yield return post.Mail(new("Lumen Fair", "marketing@lumenfair.example", 1), 45, "Meet 400 exhibitors in spring", "The Lumen Fair opens its doors in spring. Book your stand now and save 15 %.\n\nYour Lumen Fair team");
        yield return post.Mail(post.Draft(new("The Switch", "newsletter@theswitch.example"), 68, "The Switch, issue 112: light and sleep", "In this issue: light and sleep, a museum of bulbs, and how to wire a chandelier.") with
        {
            Html = "<h1 style=\"font-family:serif\">The Switch</h1><p>In this issue:</p><ol><li>Light and sleep</li><li>A museum of bulbs</li><li>How to wire a chandelier</li></ol>",
        });
        yield return post.Mail(new("Volta Wholesale", "sales@volta-wholesale.example", 1), 88, "New price list", "Hello,\n\nour new price list holds from the first of next month. Shall I call you about it?\n\nYour contact at Volta");
    }
}
