using System.Globalization;
using System.Text;
using MailInbox.Mail.Mime.Headers;

namespace MailInbox.Host.Demo;

/// <summary>What is rare for one sender and daily bread for an inbox.</summary>
internal static class DemoOddities
{
    public static IEnumerable<DemoMail> All(DemoPost post) => [.. Empty(post), .. Long(post), .. Twice(post), .. Addresses(post), Invitation(post)];

    private static IEnumerable<DemoMail> Empty(DemoPost post)
    {
        yield return post.Write(new(new("Gus Tremblay", "gus@tremblay.example", -5), 6.5, ""), mail => mail
            .Lines("Content-Type: text/plain; charset=us-ascii").Gap()
            .Lines("forgot the subject, sorry. do you have the small clip lamp in black?? gus"));
        yield return post.Write(new(new("Dorothea Vance", "dorothea.vance@hillpost.example"), 43, "call me back please 555 0142"), mail => mail
            .Lines("Content-Type: text/plain; charset=us-ascii").Gap());
    }

    private static IEnumerable<DemoMail> Long(DemoPost post)
    {
        yield return post.Mail(new("Percival Ashdown", "percival@ashdown-observatory.example"), 37,
            "About the lamp that I bought in your shop in the spring of last year, which went on and off by itself for several weeks, then stopped doing so, and has now begun again, always at the same time in the evening and only when the window is open and the radio is on",
            "Everything is in the subject, I am afraid.\n\nPercival Ashdown");
        yield return post.Mail(new("Ottilie Krantz", "ottilie.krantz@diary.example", 1), 53, "My complete log of the flickering", Log());
        yield return post.Mail(new("Zoë Marchetti 🌙", "zoe@marchetti.example", 1), 1.2, "Lamp = ❤️‍🔥 but the plug = 💔 (order 20441)", "Heyyy 👋\n\nthe lamp is gorgeous 😍✨ but the plug is for 🇬🇧 and I live in 🇮🇹. Can you swap it? 🙏🏽\n\nZoë 🌙");
    }

    private static string Log()
    {
        StringBuilder log = new("Dear support,\n\nyou asked me to write down when the lamp flickers. Here is the list.\n\n");
        for (int hour = 0; hour < 720; hour++)
        {
            log.Append(CultureInfo.InvariantCulture, $"Day {hour / 24 + 1,2}, {hour % 24:D2}:00  flickered {hour * 7919 % 13,2} times, brightness {40 + (hour * 31 % 60)} %\n");
        }

        return log.Append("\nI hope that helps.\n\nOttilie Krantz").ToString();
    }

    /// <summary>One mail that comes twice, as after a lost answer to its final dot.</summary>
    private static IEnumerable<DemoMail> Twice(DemoPost post)
    {
        DemoMail mail = post.Mail(new("Viktor Halloran", "viktor.halloran@seamail.example"), 13.5, "Please cancel order 20436", "Hello,\n\nplease cancel order 20436, I ordered the same lamp twice.\n\nViktor Halloran");
        return [mail, mail];
    }

    private static IEnumerable<DemoMail> Addresses(DemoPost post)
    {
        yield return post.Mail(post.Draft(new("Contact form", "form@webshop-host.example"), 2, "[Contact form] Assembly instructions", "Name: Thaddeus Birch\nE-mail: thaddeus@birch.example\nMessage:\n\nThe leaflet for the pendant lamp was missing. Can you mail it to me?") with
        {
            ReplyTo = [new MailAddress("Thaddeus Birch", "thaddeus@birch.example")],
        });
        yield return post.Write(
            new(new("Clementine Ducat", "clementine.ducat@ducat-partners.example", 1), 35, "Framework agreement for next year") { Fields = "Sender: Pip Larkspur <pip.larkspur@ducat-partners.example>", EnvelopeFrom = "pip.larkspur@ducat-partners.example" },
            mail => mail.Lines("Content-Type: text/plain; charset=us-ascii").Gap().Lines("Dear all,\n\nwe would like to renew the framework agreement for another year. Are the terms the same?\n\nClementine Ducat\n(sent by Pip Larkspur)"));
        DemoMail many = post.Mail(post.Draft(new("Leopold Ng", "leopold.ng@theatre-workshop.example", 8), 46, "Stage lamps: who can deliver by the 12th?", "Hello all,\n\nwe need six stage lamps by the 12th. Who can deliver?\n\nLeopold Ng\nTheatre Workshop") with
        {
            To = [new MailAddress("Support", post.Inbox), new MailAddress("Stagecraft, Ltd.", "orders@stagecraft.example"), new MailAddress("Limelight \"Rental\"", "rental@limelight.example")],
            Cc = [new MailAddress("Фёдор Лебедев", "fedor@theatre-workshop.example"), new MailAddress("", post.SubAddress("stage"))],
        });
        yield return many with { Recipients = [.. new[] { post.Inbox, post.SubAddress("stage") }.Distinct()] };
    }

    /// <summary>An invitation to a meeting (RFC 6047).</summary>
    private static DemoMail Invitation(DemoPost post)
    {
        DemoPerson host = new("Aldous Penrose", "aldous.penrose@penrose-architects.example");
        string start = post.Ago(-48, host).ToString("yyyyMMdd'T'HH'0000Z'", CultureInfo.InvariantCulture);
        return post.Write(new(host, 3.8, "Invitation: site visit, Penrose House"), mail => mail
            .Lines("Content-Type: multipart/alternative; boundary=visit").Gap()
            .Lines("--visit\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit").Gap()
            .Lines("You are invited to a site visit at Penrose House. Please bring the catalogue – the large one.").Gap()
            .Lines("--visit\nContent-Type: text/calendar; charset=utf-8; method=REQUEST\nContent-Transfer-Encoding: 8bit").Gap()
            .Lines(
                $"""
                BEGIN:VCALENDAR
                VERSION:2.0
                PRODID:-//Penrose Architects//Diary//EN
                METHOD:REQUEST
                BEGIN:VEVENT
                UID:{DemoPost.NewId(host.Domain)}
                DTSTAMP:{start}
                DTSTART:{start}
                DURATION:PT1H
                SUMMARY:Site visit, Penrose House
                ORGANIZER;CN=Aldous Penrose:mailto:{host.Address}
                ATTENDEE;RSVP=TRUE:mailto:{post.Inbox}
                END:VEVENT
                END:VCALENDAR
                """).Gap()
            .Lines("--visit--"));
    }
}
