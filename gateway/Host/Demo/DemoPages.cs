using MailInbox.Mail.Mime.Composing;

namespace MailInbox.Host.Demo;

/// <summary>Mails with HTML, pictures and other mails in them.</summary>
internal static class DemoPages
{
    public static IEnumerable<DemoMail> All(DemoPost post) => [Table(post), InlineImage(post), RemoteImage(post), HtmlAlone(post), Forwarded(post), JapaneseFile(post)];

    private static DemoMail Table(DemoPost post) => post.Mail(post.Draft(new("Greta Sandoval", "greta.sandoval@kite-logistics.example", 1), 12, "Delivery schedule for week 48",
        "Hello,\n\nhere is the schedule for week 48:\n\nMonday    2 pallets   before 10:00\nWednesday 1 pallet    before 12:00\nFriday    3 pallets   afternoon\n\nGreta Sandoval\nKite Logistics") with
    {
        Html =
            """
            <html><body style="font-family:Georgia,serif;color:#2c3e50;background:#f7f5f0;margin:0;padding:24px">
            <p>Hello,</p><p>here is the schedule for <b>week 48</b>:</p>
            <table cellpadding="8" cellspacing="0" width="480" style="border-collapse:collapse;background:#ffffff">
            <tr style="background:#2c3e50;color:#ffffff"><th align="left">Day</th><th align="right">Pallets</th><th align="left">Time</th></tr>
            <tr><td style="border-bottom:1px solid #ddd">Monday</td><td align="right" style="border-bottom:1px solid #ddd">2</td><td style="border-bottom:1px solid #ddd">before 10:00</td></tr>
            <tr><td style="border-bottom:1px solid #ddd">Wednesday</td><td align="right" style="border-bottom:1px solid #ddd">1</td><td style="border-bottom:1px solid #ddd">before 12:00</td></tr>
            <tr><td>Friday</td><td align="right">3</td><td><span style="color:#c0392b">afternoon</span></td></tr>
            </table>
            <p style="font-size:12px;color:#7f8c8d">Greta Sandoval &middot; Kite Logistics &middot; <a href="https://kite-logistics.example/track">Track a pallet</a></p>
            </body></html>
            """,
    });

    private static DemoMail InlineImage(DemoPost post)
    {
        string id = DemoPost.NewId("brightcorner.example");
        return post.Mail(post.Draft(new("Milo Fennimore", "milo@brightcorner.example", -8), 17, "Is this scratch normal?", "Hi,\n\nplease see the picture of the foot. Is this scratch normal, or did it happen on the way?\n\nMilo") with
        {
            Html = $"<p>Hi,</p><p>please see the foot. Is this scratch <i>normal</i>, or did it happen on the way?</p><p><img src=\"cid:{id}\" alt=\"The foot of the lamp\" width=\"160\" height=\"90\"></p><p>Milo</p>",
            Inline = [new MailFile("foot.png", "image/png", DemoFiles.Png(160, 90, 0x7D6608, 0xD5D8DC), id)],
        });
    }

    private static DemoMail RemoteImage(DemoPost post) => post.Mail(post.Draft(new("Yusra Benhaddou", "yusra@craftfair.example", 1), 33, "Your stand at the Craft Fair", "Dear exhibitor,\n\nyour stand is B12. The plan of the hall is on our page.\n\nYusra Benhaddou\nCraft Fair") with
    {
        Html =
            """
            <div style="max-width:560px;margin:auto;font-family:Verdana,sans-serif">
            <img src="https://pictures.craftfair.example/head.jpg" alt="Craft Fair" width="560" height="120">
            <h2 style="color:#6c3483">Your stand is B12</h2>
            <p>Dear exhibitor,</p><p>the <a href="https://craftfair.example/hall">plan of the hall</a> shows where to find it. Doors open for you at 7.</p>
            <p>Yusra Benhaddou</p>
            <img src="https://count.craftfair.example/open?stand=B12" width="1" height="1" alt="">
            </div>
            """,
    });

    /// <summary>A mail that has no plain text at all.</summary>
    private static DemoMail HtmlAlone(DemoPost post) => post.Write(new(new("Rosa Delacroix-Whyte", "rosa@whyte-catering.example"), 40, "Lamps for a garden party"), mail => mail
        .Lines("Content-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: quoted-printable").Gap()
        .Quoted(
            """
            <!DOCTYPE html><html><head><title>Garden party</title><style>p { color: #145a32 } .price::before { content: "€ " }</style></head>
            <body><p>Hello &amp; good day,</p><p>do you rent out lanterns as well? We need about 30 for one evening:</p>
            <ul><li>20 small ones for the tables</li><li>10 large ones for the path</li></ul>
            <p>We would pay up to <span class="price">200</span>.</p><p>Rosa</p></body></html>
            """, "utf-8"));

    private static DemoMail Forwarded(DemoPost post)
    {
        MailDraft inner = post.Draft(new("Parcel desk", "desk@swiftparcel.example", 1), 60, "Damage report for parcel SP-118-204", "The outer carton of parcel SP-118-204 was wet on arrival at our depot.\nThe consignee refused it.\n\nParcel desk");
        return post.Mail(post.Draft(new("Quentin Amsel", "quentin.amsel@garden-books.example", 1), 55, "Fwd: Damage report for parcel SP-118-204", "Hello,\n\nthe parcel service wrote this to me, not to you. The mail is attached as I got it.\n\nQuentin Amsel") with
        {
            Attachments = [new MailFile("", "message/rfc822", MessageComposer.Compose(inner))],
        });
    }

    private static DemoMail JapaneseFile(DemoPost post) => post.Mail(post.Draft(new("水城 蓮", "ren.mizuki@akari.example", 9), 58, "見積書の件", "お世話になっております。\n\n見積書をお送りいたします。ご確認のほど、よろしくお願いいたします。\n\n水城 蓮") with
    {
        Attachments = [new MailFile("見積書（十一月）.txt", "text/plain", DemoFiles.Text("見積書\n\n読書灯　三台　合計　四万五千円\n"))],
    });
}
