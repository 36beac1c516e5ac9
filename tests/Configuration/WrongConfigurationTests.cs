namespace MailInbox.Tests.Configuration;

/// <summary>Each case is one wrong file; the mark ¦ stands where the problem must be told.</summary>
public sealed class WrongConfigurationTests
{
    private const char Mark = '¦';

    [TestCaseSource(typeof(WrongInboxes), nameof(WrongInboxes.Cases))]
    [TestCaseSource(typeof(WrongSources), nameof(WrongSources.Cases))]
    [TestCaseSource(typeof(WrongFilters), nameof(WrongFilters.Cases))]
    [TestCaseSource(typeof(WrongRouting), nameof(WrongRouting.Cases))]
    [TestCaseSource(typeof(WrongTeams), nameof(WrongTeams.Cases))]
    public void A_mistake_is_told_with_its_place_and_words(string file, string text, string words)
    {
        int mark = text.IndexOf(Mark, StringComparison.Ordinal);
        string before = text[..mark];
        int line = 1 + before.Count(c => c == '\n');
        int column = mark - before.LastIndexOf('\n');
        using SampleFolder folder = new();
        folder.Write(file, text.Remove(mark, 1));
        Assert.That(folder.Problems(), Is.EqualTo(new[] { $"config/{file}:{line}:{column}: {words}" }));
    }

    [Test]
    public void There_are_at_least_a_hundred_and_fifty_mistakes_to_tell()
        => Assert.That(WrongInboxes.Cases.Count() + WrongSources.Cases.Count() + WrongFilters.Cases.Count() + WrongRouting.Cases.Count() + WrongTeams.Cases.Count(), Is.GreaterThanOrEqualTo(150));
}
