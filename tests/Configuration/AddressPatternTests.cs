using FsCheck;
using FsCheck.Fluent;
using MailInbox.Inbox.Configuration;

namespace MailInbox.Tests.Configuration;

public sealed class AddressPatternTests
{
    [TestCase("mina@example.com", "mina@example.com", true)]
    [TestCase("mina@example.com", "Mina@Example.COM", true)]
    [TestCase("mina@example.com", "xmina@example.com", false)]
    [TestCase("mina@example.com", "mina@example.com.evil.example", false)]
    [TestCase("mina@example.com", "mina+x@example.com", false)]
    [TestCase("@example.com", "anybody@example.com", true)]
    [TestCase("@example.com", "anybody@EXAMPLE.com", true)]
    [TestCase("@example.com", "anybody@mail.example.com", false)]
    [TestCase("@example.com", "anybody@badexample.com", false)]
    [TestCase("@example.com", "\"a@example.com\"@evil.example", false)]
    [TestCase("@example.com", "example.com", false)]
    [TestCase("@example.com", "", false)]
    [TestCase("support+*@example.com", "support+r.42@example.com", true)]
    [TestCase("support+*@example.com", "support@example.com", false)]
    [TestCase("*@*.example.com", "a@mail.example.com", true)]
    [TestCase("*@*.example.com", "a@example.com", false)]
    [TestCase("@*.example.com", "a@mail.example.com", true)]
    [TestCase("@*.example.com", "a@example.com", false)]
    [TestCase("*news*", "Daily-News@example.com", true)]
    [TestCase("*", "", true)]
    [TestCase("a*a", "a", false)]
    [TestCase("kim@example.com", "\u212Aim@example.com", false)]
    [TestCase("søren@example.com", "SØREN@example.com", true)]
    public void An_address_meets_its_pattern(string pattern, string address, bool meets)
        => Assert.That(new AddressPattern(pattern, "").Matches(address), Is.EqualTo(meets));

    [Test]
    public void Globs_say_the_same_as_a_plain_table()
    {
        Gen<string> texts = Gen.Elements('a', 'b', 'A', '@').ArrayOf().Select(c => new string(c));
        Gen<string> patterns = Gen.Elements('a', 'b', 'B', '*', '*').ArrayOf().Select(c => new string(c));
        Prop.ForAll(texts.ToArbitrary(), patterns.ToArbitrary(), (text, pattern) => Glob.Matches(pattern, text) == Table(pattern, text))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(3000));
    }

    [Test]
    public void A_glob_made_to_stumble_ends_all_the_same()
    {
        // Trying again from each place would take 10^10 steps here.
        string text = new('a', 200_000);
        string pattern = $"*{new string('a', 50_000)}b*{new string('a', 50_000)}c*";
        Assert.That(Glob.Matches(pattern, text), Is.False);
    }

    /// <summary>Which ends of the text each start of the pattern can reach.</summary>
    private static bool Table(string pattern, string text)
    {
        bool[] reach = new bool[text.Length + 1];
        reach[0] = true;
        foreach (char p in pattern)
        {
            bool[] next = new bool[text.Length + 1];
            for (int i = 0; i <= text.Length; i++)
            {
                next[i] = p == '*'
                    ? reach[i] || (i > 0 && next[i - 1])
                    : i > 0 && reach[i - 1] && char.ToLowerInvariant(text[i - 1]) == char.ToLowerInvariant(p);
            }

            reach = next;
        }

        return reach[text.Length];
    }
}
