using MailInbox.Inbox.Configuration;

namespace MailInbox.Tests.Configuration;

public sealed class TimesTests
{
    [TestCase("30s", 30)]
    [TestCase("15m", 15 * 60)]
    [TestCase("4h", 4 * 3600)]
    [TestCase("30d", 30 * 86400)]
    [TestCase("2y", 730 * 86400)]
    [TestCase("0s", 0)]
    [TestCase("1000y", 365_000L * 86400)]
    public void A_time_is_a_number_and_a_letter(string text, long seconds)
        => Assert.That(Times.Parse(text), Is.EqualTo(TimeSpan.FromSeconds(seconds)));

    [TestCase("")]
    [TestCase("s")]
    [TestCase("30")]
    [TestCase("30 s")]
    [TestCase(" 30s")]
    [TestCase("30S")]
    [TestCase("+30s")]
    [TestCase("-30s")]
    [TestCase("1.5h")]
    [TestCase("1001y")]
    [TestCase("9999999999s")]
    [TestCase("٣s")]
    public void Anything_else_is_no_time(string text) => Assert.That(Times.Parse(text), Is.Null);
}
