using MailInbox.Admin.Layout;

namespace MailInbox.Tests.Admin;

public class TimesTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    [TestCase(0, "now")]
    [TestCase(4, "4 min")]
    [TestCase(59, "59 min")]
    [TestCase(61, "1 h")]
    [TestCase(23 * 60 + 59, "23 h")]
    [TestCase(24 * 60, "20 Nov")]
    [TestCase(400 * 24 * 60, "17 Oct 2025")]
    public void A_time_is_relative_under_24_hours(int minutesAgo, string words) =>
        Assert.That(Times.Short(Now.AddMinutes(-minutesAgo), Now), Is.EqualTo(words));

    [TestCase(0, "1 min")]
    [TestCase(12, "12 min")]
    [TestCase(192, "3 h 12 min")]
    [TestCase(51 * 60, "2 d 3 h")]
    public void A_span_is_said_in_its_two_largest_parts(int minutes, string words) =>
        Assert.That(Times.Span(TimeSpan.FromMinutes(minutes)), Is.EqualTo(words));

    [TestCase(1, "1 byte")]
    [TestCase(86, "86 bytes")]
    [TestCase(860_400, "860 KB")]
    [TestCase(1_234_567, "1.2 MB")]
    public void A_size_is_said_in_decimal_units(long bytes, string words) => Assert.That(Times.Size(bytes), Is.EqualTo(words));

    [TestCase(0, "now")]
    [TestCase(8, "8 s ago")]
    [TestCase(250, "4 min ago")]
    [TestCase(3 * 3600, "3 h ago")]
    [TestCase(26 * 3600, "20 Nov 10:00")]
    public void What_happened_is_told_by_its_distance(int secondsAgo, string words) =>
        Assert.That(Times.Ago(Now.AddSeconds(-secondsAgo), Now), Is.EqualTo(words));

    [TestCase(-4, "now")]
    [TestCase(22, "in 22 s")]
    [TestCase(250, "in 4 min")]
    [TestCase(26 * 3600, "22 Nov 14:00")]
    public void What_comes_is_told_by_its_distance(int seconds, string words) =>
        Assert.That(Times.Until(Now.AddSeconds(seconds), Now), Is.EqualTo(words));

    [TestCase(2, "10:00")]
    [TestCase(13, "Friday 23:00")]
    [TestCase(6 * 24, "Sunday 12:00")]
    [TestCase(7 * 24, "14 Nov 12:00")]
    public void A_day_of_the_last_week_is_named(int hoursAgo, string words) =>
        Assert.That(Times.Weekday(Now.AddHours(-hoursAgo), Now), Is.EqualTo(words));

    [TestCase(0, "<1 ms")]
    [TestCase(12, "12 ms")]
    [TestCase(1_400, "1.4 s")]
    [TestCase(42_000, "42 s")]
    [TestCase(185_000, "3 min 5 s")]
    [TestCase(9 * 3_600_000, "9 h")]
    [TestCase(51 * 3_600_000, "2 d 3 h")]
    public void A_length_leaves_out_what_is_nothing(int milliseconds, string words) =>
        Assert.That(Times.Length(TimeSpan.FromMilliseconds(milliseconds)), Is.EqualTo(words));
}
