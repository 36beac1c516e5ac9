using System.Globalization;
using MailInbox.Mail.Mime;
using MailInbox.Mail.Mime.Attached;

namespace MailInbox.Tests.Mime;

public sealed class CalendarInviteTests
{
    private const string Invite = """
        BEGIN:VCALENDAR
        PRODID:-//Example//EN
        METHOD:REQUEST
        BEGIN:VTIMEZONE
        TZID:Europe/Berlin
        BEGIN:STANDARD
        DTSTART:16010101T030000
        RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10
        END:STANDARD
        END:VTIMEZONE
        BEGIN:VEVENT
        UID:one@example.org
        SEQUENCE:2
        SUMMARY;LANGUAGE=en:Planning\, part 1\; with
          a fold
        DTSTART;TZID=Europe/Berlin:20251103T100000
        DTEND;TZID=Europe/Berlin:20251103T113000
        LOCATION:Room 4\nsecond floor
        ORGANIZER;CN="Doe, Jane: ^'JD^'";SENT-BY="mailto:x@example.org":mailto:jane@example.org
        ATTENDEE;CN=A:mailto:a@example.org
        ATTENDEE;CN=B:mailto:b@example.org
        STATUS:confirmed
        RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE;UNTIL=20251231T000000Z
        BEGIN:VALARM
        TRIGGER:-PT15M
        SUMMARY:not this one
        END:VALARM
        END:VEVENT
        END:VCALENDAR
        """;

    [Test]
    public void An_invite_is_read()
    {
        var invite = Read(Invite)!;
        Assert.Multiple(() =>
        {
            Assert.That(invite.Method, Is.EqualTo("REQUEST"));
            Assert.That(invite.Uid, Is.EqualTo("one@example.org"));
            Assert.That(invite.Sequence, Is.EqualTo(2));
            Assert.That(invite.Summary, Is.EqualTo("Planning, part 1; with a fold"));
            Assert.That(invite.When, Is.EqualTo("Mon 3 Nov 2025, 10:00–11:30 (Europe/Berlin)"));
            Assert.That(invite.Location, Is.EqualTo("Room 4 second floor"));
            Assert.That(invite.Organizer, Is.EqualTo("Doe, Jane: \"JD\""));
            Assert.That(invite.Attendees, Is.EqualTo(2));
            Assert.That(invite.Status, Is.EqualTo("CONFIRMED"));
            Assert.That(invite.Recurrence, Is.EqualTo("every 2 weeks on Monday and Wednesday, until Wed 31 Dec 2025"));
        });
    }

    [TestCase("DTSTART;VALUE=DATE:20251103\nDTEND;VALUE=DATE:20251104", "Mon 3 Nov 2025")]
    [TestCase("DTSTART;VALUE=DATE:20251103\nDTEND;VALUE=DATE:20251106", "Mon 3 Nov 2025 – Wed 5 Nov 2025")]
    [TestCase("DTSTART;VALUE=DATE:20251103", "Mon 3 Nov 2025")]
    [TestCase("DTSTART:20251103T100000Z\nDURATION:PT1H30M", "Mon 3 Nov 2025, 10:00–11:30 UTC")]
    [TestCase("DURATION:P1DT2H\nDTSTART:20251103T100000", "Mon 3 Nov 2025, 10:00 – Tue 4 Nov 2025, 12:00")]
    [TestCase("DTSTART;TZID=\"(UTC+01:00) Amsterdam, Berlin\":20251103T100000", "Mon 3 Nov 2025, 10:00 ((UTC+01:00) Amsterdam, Berlin)")]
    [TestCase("DTSTART;TZID=/example.org/20050126_1/Europe/Berlin:20251103T100000\nDTEND:20251103T100000Z", "Mon 3 Nov 2025, 10:00 (Europe/Berlin)")]
    [TestCase("DTSTART;TZID=\"tzone://Microsoft/Utc\":20251103T100000", "Mon 3 Nov 2025, 10:00 UTC")]
    [TestCase("DTSTART:2025-11-03T10:00", "Mon 3 Nov 2025, 10:00")]
    [TestCase("DTSTART:nonsense\nDTEND:20259999", "")]
    [TestCase("DTSTART:20251103T100000\nDURATION:P99999999999W", "Mon 3 Nov 2025, 10:00")]
    public void Times_are_told_in_words(string lines, string when) =>
        Assert.That(Read($"BEGIN:VCALENDAR\nBEGIN:VEVENT\n{lines}\nEND:VEVENT\nEND:VCALENDAR")!.When, Is.EqualTo(when));

    [TestCase("FREQ=DAILY", "every day")]
    [TestCase("FREQ=DAILY;COUNT=10", "every day, 10 times")]
    [TestCase("FREQ=WEEKLY;WKST=SU;BYDAY=MO,TU,WE", "every week on Monday, Tuesday and Wednesday")]
    [TestCase("FREQ=MONTHLY;BYMONTHDAY=15", "every month on day 15")]
    [TestCase("freq=monthly;byday=-1fr", "every month on the last Friday")]
    [TestCase("FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=15", "every year on 15 March")]
    [TestCase("FREQ=MONTHLY;BYDAY=MO;BYSETPOS=2", "FREQ=MONTHLY;BYDAY=MO;BYSETPOS=2")]
    [TestCase("FREQ=WEEKLY;BYDAY=XX", "FREQ=WEEKLY;BYDAY=XX")]
    [TestCase("INTERVAL=0;FREQ=DAILY", "INTERVAL=0;FREQ=DAILY")]
    [TestCase("anything", "anything")]
    public void Rules_are_told_in_words_where_they_are_simple(string rule, string words) =>
        Assert.That(Read($"BEGIN:VEVENT\nRRULE:{rule}\nEND:VEVENT")!.Recurrence, Is.EqualTo(words));

    [Test]
    public void The_series_counts_more_than_one_occurrence()
    {
        const string change = "BEGIN:VEVENT\nRECURRENCE-ID:20251103T100000Z\nSUMMARY:moved\nEND:VEVENT\n";
        Assert.That(Read(change + "BEGIN:VEVENT\nSUMMARY:series\nEND:VEVENT\n")!.Summary, Is.EqualTo("series"));
        Assert.That(Read(change)!.Summary, Is.EqualTo("moved"));
    }

    [TestCase("BEGIN:VCALENDAR\nEND:VCALENDAR", false)]
    [TestCase("", false)]
    [TestCase("BEGIN:VEVENT\nSUMMARY:cut of", true)]
    public void Half_a_calendar_gives_what_there_is(string text, bool any) =>
        Assert.That(Read(text) != null, Is.EqualTo(any));

    [Test]
    public void The_same_invite_twice_is_one()
    {
        var mail = Mails.Parse("Content-Type: multipart/mixed; boundary=m\n\n--m\nContent-Type: multipart/alternative; boundary=a\n\n--a\n\ntext\n--a\nContent-Type: text/calendar; method=REQUEST\n\n" + Invite
            + "\n--a--\n--m\nContent-Type: application/ics; name=invite.ics\nContent-Disposition: attachment\n\n" + Invite
            + "\n--m\nContent-Type: application/octet-stream; name=other.ics\n\nBEGIN:VEVENT\nUID:two\nEND:VEVENT\n--m--\n");
        Assert.That(CalendarInvite.Of(mail).Select(i => i.Uid), Is.EqualTo(["one@example.org", "two"]));
        Assert.That(mail.Attachments, Has.Count.EqualTo(3));
    }

    [Test]
    public void Mutated_calendars_never_throw()
    {
        var random = new Random(20251105);
        string[] pieces = ["\n", "\n ", ":", ";", "\"", "=", "\\", "BEGIN:VEVENT\n", "END:VEVENT\n", "DURATION:P9W\n", "99999999999", "\0", "^", ",", "-", "T", "Z"];
        for (int i = 0; i < 5_000; i++)
        {
            string text = Invite;
            for (int change = random.Next(1, 6); change > 0; change--)
            {
                int at = random.Next(text.Length), length = Math.Min(random.Next(20), text.Length - at);
                text = random.Next(3) == 0 ? text.Remove(at, length) : text.Insert(at, pieces[random.Next(pieces.Length)]);
            }
            var invite = Read(text);
            string words = string.Concat(invite?.Summary, invite?.When, invite?.Location, invite?.Organizer, invite?.Recurrence, invite?.Uid, invite?.Method, invite?.Status);
            Assert.That(words.Any(c => char.IsControl(c) && c != '\n'), Is.False);
        }
    }

    [Test]
    public void Real_invites_are_read()
    {
        var files = Support.Corpus.Files("mime/messages-postal-mime", "*.eml").Select(f => MimeParser.Parse(File.ReadAllBytes(f))).ToList();
        var invites = files.SelectMany(CalendarInvite.Of).ToList();
        foreach (var invite in invites)
            TestContext.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{invite.Method} {invite.Summary.Length} {invite.When} {invite.Attendees} {invite.Recurrence}"));
        Assert.That(invites, Is.Not.Empty);
        Assert.That(invites.All(i => i.Start != null && i.Summary.Length > 0), Is.True);
    }

    private static CalendarInvite? Read(string calendar) => CalendarInvite.Read(Mails.Parse("Content-Type: text/calendar; charset=utf-8\n\n" + calendar).Root);
}
