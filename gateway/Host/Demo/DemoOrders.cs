using MailInbox.Mail.Mime.Composing;

namespace MailInbox.Host.Demo;

/// <summary>What people write to a shop for lamps on an ordinary day, in English.</summary>
internal static class DemoOrders
{
    public static IEnumerable<DemoMail> All(DemoPost post) => [.. Questions(post), .. Opinions(post), .. Papers(post)];

    private static IEnumerable<DemoMail> Questions(DemoPost post)
    {
        yield return post.Mail(new("Grace Whitfield", "grace.whitfield@harbourmail.example"), 2.5, "Where is my order 20417?",
            """
            Hello,

            I ordered the brass reading lamp nine days ago (order 20417) and the tracking page still says
            "label created". Could you find out where the parcel is? My father's birthday is on Saturday.

            Thank you
            Grace Whitfield
            """);
        yield return post.Mail(new("Hannah Oduya", "h.oduya@lakeside.example", 1), 44, "Refund for order 20266 has not arrived",
            """
            Dear team,

            you confirmed my return on the 3rd and wrote that the refund of 84.90 would take five working days.
            It has been eleven. Could you look into it, please?

            Kind regards
            Hannah Oduya
            """);
    }

    private static IEnumerable<DemoMail> Opinions(DemoPost post)
    {
        yield return post.Mail(new("Derek Stroud", "d.stroud@northgate.example"), 6, "Third broken lamp in a row - I am very unhappy",
            """
            This is the THIRD time the glass shade arrives in pieces. The parcel was thrown over the fence again
            and there was one sheet of paper around the shade.

            I do not want a fourth one. I want my money back, including the postage, by Friday. If I do not hear
            from a human being today I will write about it wherever people read reviews.

            Derek Stroud
            Order 20398
            """);
        yield return post.Mail(new("Mabel Farthing", "mabel@farthing.example"), 52, "Thank you!",
            """
            I only wanted to say that the lady on the phone (Lea?) was wonderful. She stayed on the line until the
            timer worked, and I am 84 and not quick with such things. The lamp now goes on by itself at five.

            Yours sincerely
            Mabel Farthing
            """);
        yield return post.Mail(new("Ingrid Falk", "ingrid.falk@lighthouse-weekly.example", 1), 27, "Press request: small shops that repair what they sell",
            """
            Hello,

            I am writing a piece on shops that still repair lamps for the Lighthouse Weekly. Could I talk to somebody
            from your workshop for twenty minutes, this week or next? We would also like to take two or three pictures.

            The piece goes to print on the 28th.

            Ingrid Falk
            Lighthouse Weekly
            """);
    }

    private static IEnumerable<DemoMail> Papers(DemoPost post)
    {
        yield return post.Mail(post.Draft(new("Accounts, Marlow Design", "accounts@marlow-design.example"), 15, "VAT number missing on invoice 7731",
            """
            Dear Sir or Madam,

            your invoice 7731 (attached) lacks our VAT number, so we cannot book it. Please send a corrected one:
            Marlow Design Ltd, VAT 000 1234 56.

            Regards
            Accounts payable
            """) with
        {
            Attachments = [new MailFile("invoice-7731.pdf", "application/pdf", DemoFiles.Pdf("Invoice 7731", "4 x Orrery ceiling lamp      596.00", "Postage                         12.00", "Total                          608.00"))],
        });
        yield return post.Mail(post.Draft(new("Ruben Castell", "ruben.castell@hotel-belvoir.example", 1), 38, "Quotation for 46 bedside lamps",
            """
            Hello,

            we are renovating two floors and need 46 bedside lamps, delivered in three lots. The rooms and the colours
            are in the table. What can you offer, and until when would the price hold?

            Ruben Castell
            Hotel Belvoir, purchasing
            """) with
        {
            Attachments = [new MailFile("rooms.csv", "text/csv", DemoFiles.Text("floor;room;lamps;colour\n1;101;2;sand\n1;102;2;sand\n1;suite;4;\"sand; brass foot\"\n2;201-219;38;moss\n"))],
        });
        yield return post.Mail(post.Draft(new("Nadia Lindqvist", "nadia.lindqvist@inkpost.example", 1), 70, "Application: workshop assistant",
            """
            Dear workshop team,

            I saw the note in your window. I have rewired my grandparents' whole collection of lamps and finished my
            training as an electrician in June. My curriculum vitae is attached; I could begin on the first of any month.

            Yours sincerely
            Nadia Lindqvist
            """) with
        {
            Attachments =
            [
                new MailFile("CV Nadia Lindqvist.pdf", "application/pdf", DemoFiles.Pdf("Nadia Lindqvist", "Electrician", "Likes: old lamps, new fuses")),
                new MailFile("Référence – École des métiers.pdf", "application/pdf", DemoFiles.Pdf("To whom it may concern", "She is good.")),
            ],
        });
        yield return post.Mail(post.Draft(new("Owen Pritchard", "owen@pritchard.example"), 4, "Wrong colour delivered (photo)",
            "I ordered the shade in blue over white. What came is red over yellow, see the photo. Can I exchange it?\n\nOwen\n\nOrder 20422") with
        {
            Attachments = [new MailFile("IMG_2041.png", "image/png", DemoFiles.Png(320, 240, 0xB03A2E, 0xF4D03F))],
        });
    }
}
