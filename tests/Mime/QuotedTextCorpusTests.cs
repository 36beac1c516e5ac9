using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;
using MailInbox.Mail.Mime.Reading;
using MailInbox.Tests.Support;

namespace MailInbox.Tests.Mime;

public sealed class QuotedTextCorpusTests
{
    /// <summary>Share of the files whose expectations must all hold, as far as they say something about what is folded.</summary>
    [TestCase("reply/crisp", 0.95)]
    [TestCase("reply/github", 1)]
    public void Real_replies_show_what_their_reader_should_see(string folder, double share)
    {
        string path = Corpus.Require(folder);
        using JsonDocument expected = JsonDocument.Parse(File.ReadAllText(Path.Combine(path, "expected.json")));
        int cases = 0;
        var wrong = new List<string>();
        foreach (JsonProperty file in expected.RootElement.EnumerateObject())
        {
            string text = File.ReadAllText(Path.Combine(path, file.Name));
            long begun = Stopwatch.GetTimestamp();
            (string visible, string quoted) = QuotedText.Split(text);
            if (file.Value.TryGetProperty("max_seconds", out JsonElement limit)) Assert.That(Stopwatch.GetElapsedTime(begun).TotalSeconds, Is.LessThan(limit.GetDouble()), file.Name);
            Assert.That(visible + quoted, Is.EqualTo(text));
            cases++;
            if (Misses(file.Value, visible, quoted) is { Length: > 0 } misses) wrong.Add($"{file.Name} ({misses})");
        }
        TestContext.Out.WriteLine($"{folder}: {cases - wrong.Count} of {cases}; not {string.Join(' ', wrong)}");
        Assert.That(cases - wrong.Count, Is.GreaterThanOrEqualTo(share * cases), string.Join(' ', wrong));
    }

    private static string Misses(JsonElement expected, string visible, string quoted)
    {
        var misses = new List<string>();
        if (expected.TryGetProperty("visible_reply", out JsonElement reply) && Folded(visible) != Folded(reply.GetString()!)) misses.Add("visible_reply");
        if (expected.TryGetProperty("first_fragment", out JsonElement first) && !Folded(visible).StartsWith(Folded(first.GetString()!), StringComparison.Ordinal)) misses.Add("first_fragment");
        int fragments = expected.TryGetProperty("fragment_count", out JsonElement count) ? count.GetInt32() : 0;
        if (fragments == 1 && quoted.Length > 0) misses.Add("fragment_count");
        if (expected.TryGetProperty("fragment_flags", out JsonElement flags))
        {
            foreach (JsonElement flag in flags.EnumerateArray())
            {
                // Only of the last fragment it is certain on which side of the fold it stands.
                bool last = fragments > 0 && flag.GetProperty("fragment").GetInt32() == fragments - 1;
                if (last && flag.GetProperty("flag").GetString() == "hidden" && flag.GetProperty("value").GetBoolean() != quoted.Length > 0) misses.Add("hidden");
            }
        }
        if (expected.TryGetProperty("fragment_matches", out JsonElement matches))
        {
            foreach (JsonElement match in matches.EnumerateArray())
            {
                string pattern = match.GetProperty("pattern").GetString()!;
                int fragment = match.GetProperty("fragment").GetInt32();
                if (fragment == 0 && !Regex.IsMatch(visible.Trim(), pattern)) misses.Add(pattern);
                if (fragment == 1 && fragments is 0 or 2 && !Regex.IsMatch(quoted.Trim(), pattern)) misses.Add(pattern);
            }
        }
        return string.Join(", ", misses);
    }

    private static string Folded(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
