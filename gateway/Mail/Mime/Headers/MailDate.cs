using System.Globalization;
using System.Text;

namespace MailInbox.Mail.Mime.Headers;

/// <summary>Dates (RFC 5322 §3.3 and §4.3), also as asctime, ISO 8601 and careless programs write them.</summary>
public static class MailDate
{
    private const string Months = "janfebmaraprmayjunjulaugsepoctnovdec";

    private static readonly TimeSpan LargestOffset = TimeSpan.FromHours(14);

    private const string Days = "montuewedthufrisatsun";

    /// <summary>Names with their offset in hours; any other name counts as UTC (RFC 5322 §4.3).</summary>
    private static readonly (string Name, double Hours)[] Zones =
    [
        ("est", -5), ("edt", -4), ("cst", -6), ("cdt", -5), ("mst", -7), ("mdt", -6), ("pst", -8), ("pdt", -7), ("akst", -9), ("hst", -10),
        ("met", 1), ("mez", 1), ("cet", 1), ("mest", 2), ("mesz", 2), ("cest", 2), ("bst", 1), ("eet", 2), ("eest", 3), ("msk", 3),
        ("jst", 9), ("kst", 9), ("ist", 5.5), ("sgt", 8), ("hkt", 8), ("aest", 10), ("aedt", 11), ("nzst", 12), ("nzdt", 13),
        ("est5edt", -5), ("cst6cdt", -6), ("mst7mdt", -7), ("pst8pdt", -8),
    ];

    /// <summary>Reads an unfolded value; null when it holds no date. A missing or unknown zone is UTC, a leap second the one before.</summary>
    public static DateTimeOffset? Parse(string value)
    {
        if (value.Length is 0 or > 1_000)
            value = value.Length == 0 ? "" : value[^1_000..];
        if (value.Contains("=?", StringComparison.Ordinal))
            value = EncodedWords.Decode(value);
        value = Closed(Comments.Remove(value));
        int trail = value.LastIndexOf(';');
        var fields = new Fields();
        foreach (var range in value.AsSpan(trail + 1).SplitAny(" \t,"))
        {
            if (!fields.Take(value.AsSpan(trail + 1)[range]))
                return null;
        }
        return fields.Date();
    }

    /// <summary>Blanks and comments around the colons of a time are the old form (RFC 5322 §4.3).</summary>
    private static string Closed(string value)
    {
        if (!value.Contains(" :", StringComparison.Ordinal) && !value.Contains(": ", StringComparison.Ordinal))
            return value;
        var kept = new StringBuilder(value.Length);
        for (int at = 0; at < value.Length;)
        {
            int word = at;
            while (word < value.Length && value[word] == ' ')
                word++;
            bool inTime = word < value.Length && kept.Length > 1
                && ((value[word] == ':' && char.IsAsciiDigit(kept[^1])) || (char.IsAsciiDigit(value[word]) && kept[^1] == ':' && char.IsAsciiDigit(kept[^2])));
            if (!inTime)
                kept.Append(' ', word - at);
            if (word < value.Length)
                kept.Append(value[word]);
            at = word + 1;
        }
        return kept.ToString();
    }

    private ref struct Fields()
    {
        private int _day = -1;
        private int _month = -1;
        private int _year = -1;
        private TimeSpan? _time;
        private int _offset;
        private bool _zoned;
        private bool _afternoon;
        private bool _morning;
        private int _loose = -1;
        private int _looseCount;

        /// <summary>Takes one word; false when it cannot stand in a date.</summary>
        public bool Take(ReadOnlySpan<char> word)
        {
            word = word.Trim("\"'.");
            if (word.IsEmpty || (word.Length == 1 && _time == null && !char.IsAsciiDigit(word[0])))
                return true;
            if (char.IsAsciiDigit(word[0]))
                return Digits(word);
            if (word[0] is '+' or '-' && word.Length > 1)
                return Offset(word);
            return Name(word);
        }

        public readonly DateTimeOffset? Date()
        {
            int year = _year;
            if (_day < 1 || _month < 1 || year < 0 || _time is not { } time)
                return null;
            if (year < 50)
                year += 2000;
            else if (year < 1000)
                year += 1900;
            if (year is 0 or > 9990 || _month > 12 || _day > DateTime.DaysInMonth(year, _month))
                return null;
            if (_afternoon && time.Hours < 12)
                time += TimeSpan.FromHours(12);
            else if (_morning && time.Hours == 12)
                time -= TimeSpan.FromHours(12);
            var local = new DateTime(year, _month, _day, 0, 0, 0, DateTimeKind.Unspecified) + time;
            var offset = TimeSpan.FromMinutes(_offset);
            // A DateTimeOffset holds 14 hours at most; beyond that the moment is kept and the zone lost.
            return offset.Duration() > LargestOffset ? new DateTimeOffset(local - offset, TimeSpan.Zero) : new DateTimeOffset(local, offset);
        }

        private bool Digits(ReadOnlySpan<char> word)
        {
            if (word.Contains(':'))
                return word.IndexOfAny('T', 't') is > 7 and var t ? Calendar(word[..t]) && Time(word[(t + 1)..]) : Time(word);
            // 10.20.30 behind the date is how some countries write the time.
            if (_year >= 0 && _time == null && word.Length < 16 && word.Contains('.'))
                return Time(word.ToString().Replace('.', ':'));
            if (word.ContainsAny('-', '/', '.'))
                return Calendar(word);
            // 1st, 22nd
            if (word.Length is > 2 and < 5 && char.IsAsciiLetter(word[^1]))
                word = word[..^2];
            if (word.Length == 3 && word[0] == '0')
                word = word[1..];
            return word.Length > 9 || !int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out int number) || Number(number, word.Length);
        }

        private bool Number(int number, int digits)
        {
            if (_time == null && _year >= 0 && _day >= 0)
                return Clock(number, digits);
            if (_day < 0 && digits < 3)
                _day = number;
            else if (_month < 0 && digits < 3)
                _month = number is >= 1 and <= 12 ? number : 0;
            else if (_year < 0)
                _year = number;
            else if (_time != null && !_zoned && digits <= 4)
                return Zone(number, west: false);
            return _month != 0;
        }

        /// <summary>Hour, minute and second as words of their own, or as one without colons.</summary>
        private bool Clock(int number, int digits)
        {
            if (_looseCount == 0 && digits is 4 or 6)
                return Glued(digits == 4 ? number * 100 : number);
            if (_looseCount++ == 0)
            {
                _loose = number * 3600;
                return number < 24;
            }
            _loose += _looseCount == 2 ? number * 60 : Math.Min(number, 59);
            if (_looseCount == 3)
                _time = TimeSpan.FromSeconds(_loose);
            return number < 61;
        }

        private bool Glued(int time)
        {
            _time = new TimeSpan(time / 10_000, time / 100 % 100, Math.Min(time % 100, 59));
            return time / 10_000 < 24 && time / 100 % 100 < 60;
        }

        private bool Time(ReadOnlySpan<char> word)
        {
            if (_time != null)
                return true;
            int zone = word.IndexOfAny("+-Zz");
            if (zone > 0 && !TakeZone(word[zone..]))
                return false;
            if (zone > 0)
                word = word[..zone];
            if (word.Length > 4 && char.IsAsciiLetter(word[^1]))
            {
                Half(word[^2..]);
                word = word[..^2];
            }
            Span<int> parts = [0, 0, 0];
            int count = 0;
            foreach (var range in word.Split(':'))
            {
                var part = word[range];
                int dot = part.IndexOfAny('.', ',');
                part = dot < 0 ? part : part[..dot];
                if (count == 3 || !int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out parts[count]))
                    return count >= 2;
                count++;
            }
            if (count < 2 || parts[0] > 24 || parts[1] > 59 || parts[2] > 60)
                return false;
            _time = new TimeSpan(Math.Min(parts[0], 23), parts[1], Math.Min(parts[2], 59));
            return true;
        }

        private bool TakeZone(ReadOnlySpan<char> zone) => zone[0] is 'Z' or 'z' ? _zoned = true : Offset(zone);

        /// <summary>Year-month-day, or day-month-year with a month by name or number.</summary>
        private bool Calendar(ReadOnlySpan<char> word)
        {
            Span<Range> parts = stackalloc Range[4];
            if (word.SplitAny(parts, "-/.") != 3)
                return true;
            bool yearFirst = word[parts[0]].Length == 4;
            var month = word[parts[1]];
            if (!int.TryParse(word[parts[yearFirst ? 0 : 2]], NumberStyles.None, CultureInfo.InvariantCulture, out _year)
                || !int.TryParse(word[parts[yearFirst ? 2 : 0]], NumberStyles.None, CultureInfo.InvariantCulture, out _day))
                return false;
            if (int.TryParse(month, NumberStyles.None, CultureInfo.InvariantCulture, out int number))
                _month = number;
            else
                _month = Index(Months, month) + 1;
            // The month first, as in the United States, where it cannot be otherwise.
            if (!yearFirst && _month > 12 && _day is >= 1 and <= 12)
                (_day, _month) = (_month, _day);
            return _month is >= 1 and <= 12;
        }

        private bool Offset(ReadOnlySpan<char> word)
        {
            if (_time == null && word[0] == '-')
                return true;
            Span<char> digits = stackalloc char[4];
            int count = 0;
            foreach (char c in word[1..])
            {
                if (char.IsAsciiDigit(c) && count < 4)
                    digits[count++] = c;
                else if (c != ':')
                    break;
            }
            if (count == 0 || _zoned)
                return true;
            int number = int.Parse(digits[..count], NumberStyles.None, CultureInfo.InvariantCulture);
            return Zone(count < 3 ? number * 100 : number, west: word[0] == '-');
        }

        /// <summary>An offset as hours and minutes in one number; a whole day or more is none.</summary>
        private bool Zone(int number, bool west)
        {
            int minutes = (number / 100 * 60) + (number % 100);
            _offset = minutes >= 24 * 60 ? 0 : west ? -minutes : minutes;
            return _zoned = true;
        }

        private bool Name(ReadOnlySpan<char> word)
        {
            if (word.Length == 2 && _time != null && Half(word))
                return true;
            if (_time != null)
                return Zone(word);
            if (word.Length < 3)
                return true;
            if (Index(Months, word) is >= 0 and var month)
            {
                // Named beats numbered: "Sep 10 2010" has its day still to come.
                _month = month + 1;
                return true;
            }
            return Index(Days, word) >= 0 || word.Length > 4 || _day < 0;
        }

        private bool Half(ReadOnlySpan<char> word)
        {
            _afternoon = word.Equals("pm", StringComparison.OrdinalIgnoreCase);
            _morning = word.Equals("am", StringComparison.OrdinalIgnoreCase);
            return _afternoon || _morning;
        }

        private bool Zone(ReadOnlySpan<char> word)
        {
            int sign = word.IndexOfAny('+', '-');
            if (sign > 0 && !_zoned)
                return Offset(word[sign..]);
            foreach (var (name, hours) in Zones)
            {
                if (!_zoned && word.Equals(name, StringComparison.OrdinalIgnoreCase))
                {
                    _offset = (int)(hours * 60);
                    _zoned = true;
                }
            }
            return true;
        }

        private static int Index(string names, ReadOnlySpan<char> word)
        {
            if (word.Length < 3)
                return -1;
            for (int i = 0; i < names.Length; i += 3)
            {
                if (word[..3].Equals(names.AsSpan(i, 3), StringComparison.OrdinalIgnoreCase))
                    return i / 3;
            }
            return -1;
        }
    }
}
