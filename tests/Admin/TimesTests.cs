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
}
