using System.Text.Json;
using MailInbox.Mail.Mime.Reading;
using MailInbox.Tests.Support;

namespace MailInbox.Tests.Mime;

public sealed class QuotedTextCorpusTests
{
    /// <summary>Share of the expectations that must hold; what is left are the two libraries' own tastes.</summary>
    [TestCase("reply/crisp", 0.9)]
    [TestCase("reply/github", 0.9)]
    public void Real_replies_show_what_their_reader_should_see(string folder, double share)
    {
        string path = Corpus.Require(folder);
        using JsonDocument expected = JsonDocument.Parse(File.ReadAllText(Path.Combine(path, "expected.json")));
        int cases = 0;
        var wrong = new List<string>();
        foreach (JsonProperty file in expected.RootElement.EnumerateObject())
        {
            string text = File.ReadAllText(Path.Combine(path, file.Name));
            (string visible, string quoted) = QuotedText.Split(text);
            Assert.That(visible + quoted, Is.EqualTo(text));
            if (Wanted(file.Value) is not { } wanted) continue;
            cases++;
            if (!wanted(Folded(visible))) wrong.Add(file.Name);
        }
        TestContext.Out.WriteLine($"{folder}: {cases - wrong.Count} of {cases}; not {string.Join(' ', wrong)}");
        Assert.That(cases - wrong.Count, Is.GreaterThanOrEqualTo((int)(share * cases)), string.Join(' ', wrong));
    }

    private static Func<string, bool>? Wanted(JsonElement expected)
    {
        if (expected.TryGetProperty("visible_reply", out JsonElement visible)) return seen => seen == Folded(visible.GetString()!);
        if (expected.TryGetProperty("first_fragment", out JsonElement first)) return seen => seen.StartsWith(Folded(first.GetString()!), StringComparison.Ordinal);
        return null;
    }

    private static string Folded(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
