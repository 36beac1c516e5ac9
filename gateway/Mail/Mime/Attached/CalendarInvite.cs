namespace MailInbox.Mail.Mime.Attached;

/// <summary>What a calendar file says about its first event or task (RFC 5545, RFC 5546), for people. All texts are harmless but unescaped.</summary>
public sealed record CalendarInvite
{
    private const int LongestText = 500;
    private const int LongestFile = 1 << 18;
    private const int MostInvites = 5;

    /// <summary>REQUEST, CANCEL, REPLY, PUBLISH and so on, in capitals; empty when missing.</summary>
    public string Method { get; init; } = "";

    public string Uid { get; init; } = "";

    /// <summary>Rises with each change of the event by its organizer.</summary>
    public int Sequence { get; init; }

    public string Summary { get; init; } = "";

    public CalendarTime? Start { get; init; }

    /// <summary>As written, or start and duration; of whole days the day after the last.</summary>
    public CalendarTime? End { get; init; }

    public string Location { get; init; } = "";

    /// <summary>Name of the organizer, else the address; empty when missing.</summary>
    public string Organizer { get; init; } = "";

    public int Attendees { get; init; }

    /// <summary>CONFIRMED, CANCELLED, TENTATIVE and so on, in capitals; empty when missing.</summary>
    public string Status { get; init; } = "";

    /// <summary>How it repeats, in words where they are simple, else the raw rule; empty when it does not.</summary>
    public string Recurrence { get; init; } = "";

    /// <summary>Start and end in words with their zone, such as <c>Mon 3 Nov 2025, 10:00–11:00 (Europe/Berlin)</c>; empty when unknown.</summary>
    public string When => CalendarTime.Between(Start, End);

    /// <summary>The different invites of a mail, at most five: the same one as text and as file counts once.</summary>
    public static IReadOnlyList<CalendarInvite> Of(MimeMessage mail)
    {
        List<CalendarInvite>? all = null;
        foreach (var part in mail.Attachments.Concat(mail.TextBody).Where(IsCalendar).Take(4 * MostInvites))
        {
            if (Read(part) is { } invite && all?.Exists(invite.IsSame) != true && (all ??= []).Count < MostInvites)
                all.Add(invite);
        }
        return all ?? (IReadOnlyList<CalendarInvite>)[];
    }

    /// <summary>Null when the part is no calendar or holds no event.</summary>
    public static CalendarInvite? Read(MimePart part) => IsCalendar(part) ? Read(part.Text(LongestFile), part.Type["method"]) : null;

    private static bool IsCalendar(MimePart part) =>
        part.Type.Media is "text/calendar" or "application/ics" or "text/x-vcalendar"
        || (part.Type.Kind is "application" or "text" && part.FileName.EndsWith(".ics", StringComparison.OrdinalIgnoreCase));

    private bool IsSame(CalendarInvite other) =>
        Uid.Length > 0 || other.Uid.Length > 0
            ? Uid == other.Uid && Sequence == other.Sequence && Method == other.Method
            : this == other;

    private static CalendarInvite? Read(string text, string method)
    {
        CalendarInvite? first = null;
        var reading = new Reading();
        foreach (var line in CalendarLines.Of(text))
        {
            if (line is { Name: "METHOD" } && reading.Component.Length == 0)
                method = line.Value.Trim();
            if (reading.Take(line) is not { } found)
                continue;
            // A change of one occurrence counts only where the series itself is missing.
            if (!reading.OneOccurrence)
                return found with { Method = Keyword(method) };
            first ??= found;
        }
        return (first ?? reading.Unfinished) is { } invite ? invite with { Method = Keyword(method) } : null;
    }

    private static string Keyword(string word) => new CalendarLine("", "", word).Text(40).ToUpperInvariant();

    /// <summary>The event under way; what lies deeper (alarms) or elsewhere (time zones) is passed by.</summary>
    private sealed class Reading
    {
        private CalendarInvite _invite = new();
        private string _duration = "";
        private int _deeper;

        /// <summary>VEVENT or VTODO while inside one.</summary>
        public string Component { get; private set; } = "";

        public bool OneOccurrence { get; private set; }

        /// <summary>An event whose end was cut off.</summary>
        public CalendarInvite? Unfinished => Component.Length > 0 ? Ended() : null;

        /// <summary>Gives the event at its last line.</summary>
        public CalendarInvite? Take(CalendarLine line)
        {
            string value = line.Value.Trim();
            if (Component.Length == 0)
            {
                if (line.Name == "BEGIN" && value.ToUpperInvariant() is "VEVENT" or "VTODO")
                {
                    Component = value.ToUpperInvariant();
                    (_invite, _duration, _deeper, OneOccurrence) = (new(), "", 0, false);
                }
                return null;
            }
            if (line.Name == "BEGIN")
                _deeper++;
            else if (line.Name == "END" && _deeper > 0)
                _deeper--;
            else if (line.Name == "END")
                return Close();
            else if (_deeper == 0)
                Read(line);
            return null;
        }

        private CalendarInvite Close()
        {
            var ended = Ended();
            Component = "";
            return ended;
        }

        private CalendarInvite Ended() => _invite.End == null && _invite.Start is { } start && _duration.Length > 0 ? _invite with { End = start.After(_duration) } : _invite;

        private void Read(CalendarLine line)
        {
            switch (line.Name)
            {
                case "RECURRENCE-ID":
                    OneOccurrence = true;
                    break;
                case "DURATION":
                    _duration = line.Value;
                    break;
                case "ATTENDEE":
                    _invite = _invite with { Attendees = _invite.Attendees + 1 };
                    break;
                default:
                    _invite = With(_invite, line);
                    break;
            }
        }

        private static CalendarInvite With(CalendarInvite invite, CalendarLine line) => line.Name switch
        {
            "UID" => invite with { Uid = line.Text(LongestText) },
            "SEQUENCE" => int.TryParse(line.Value.Trim(), out int sequence) ? invite with { Sequence = sequence } : invite,
            "SUMMARY" => invite with { Summary = line.Text(LongestText).Replace('\n', ' ') },
            "LOCATION" => invite with { Location = line.Text(LongestText).Replace('\n', ' ') },
            "DTSTART" => invite with { Start = CalendarTime.Read(line) ?? invite.Start },
            "DTEND" or "DUE" => invite with { End = CalendarTime.Read(line) ?? invite.End },
            "ORGANIZER" => invite with { Organizer = Person(line) },
            "STATUS" => invite with { Status = Keyword(line.Value) },
            "RRULE" => invite with { Recurrence = CalendarRule.Words(line.Value) },
            _ => invite,
        };

        private static string Person(CalendarLine line)
        {
            string name = (line with { Value = line.Parameter("CN") }).Text(LongestText);
            if (name.Length > 0)
                return name;
            string address = line.Text(LongestText);
            return address.StartsWith("mailto:", StringComparison.OrdinalIgnoreCase) ? address[7..] : address;
        }
    }
}
