using MailInbox.Inbox.Configuration;

namespace MailInbox.Tests.Configuration;

public sealed class SizesTests
{
    [TestCase("0", 0)]
    [TestCase("1000", 1000)]
    [TestCase("500kb", 500 * 1024)]
    [TestCase("25MB", 25 * 1024 * 1024)]
    [TestCase("3Gb", 3L * 1024 * 1024 * 1024)]
    [TestCase("8589934591gb", 8589934591L << 30)]
    public void A_size_is_a_number_and_a_word(string text, long bytes) => Assert.That(Sizes.Parse(text), Is.EqualTo(bytes));

    [TestCase("")]
    [TestCase("kb")]
    [TestCase("25 mb")]
    [TestCase(" 25mb")]
    [TestCase("-25mb")]
    [TestCase("+25mb")]
    [TestCase("2.5mb")]
    [TestCase("25m")]
    [TestCase("25tb")]
    [TestCase("8589934592gb")]
    [TestCase("99999999999999999999")]
    [TestCase("٣mb")]
    public void Anything_else_is_no_size(string text) => Assert.That(Sizes.Parse(text), Is.Null);
}
