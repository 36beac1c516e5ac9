using System.Globalization;
using System.Text.Json;
using MailInbox.Inbox.Conversations;
using MailInbox.Inbox.Filtering;
using MailInbox.Inbox.Intake;
using MailInbox.Inbox.RawMail;
using MailInbox.Inbox.Storage;
using MailInbox.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace MailInbox.Tests.Conversations;

/// <summary>
/// Conversations of 2,500 real mails beside those that a search over all of them at once finds. Ours are found mail by
/// mail: one that connects two conversations comes after both are shown, assigned and answered, and does not merge them.
/// So what is missing are merges (most when mail comes backwards, with children before their parents), and, where only
/// participants may join, the members of mailing lists, who are strangers to each other.
/// </summary>
public sealed class CorpusThreadingTests
{
    [TestCase(false, false, 1490, 0.995, 0.925)]
    [TestCase(true, false, 1460, 0.995, 0.6)]
    [TestCase(false, true, 1220, 0.995, 0.1)]
    [TestCase(true, true, 1262, 0.995, 0.18)]
    public async Task Conversations_are_those_that_the_ids_tell(bool reversed, bool participantsRule, int leastEqual, double leastPrecision, double leastRecall)
    {
        Expected expected = Expected.Read();
        Dictionary<string, long> found = await File(expected.Messages, reversed, participantsRule);
        Comparison compared = new(expected.Conversations, found);
        Figures.Say(string.Create(CultureInfo.InvariantCulture, $"threading {(reversed ? "reversed" : "in order")}, {(participantsRule ? "participants only" : "strangers too")}: {compared}"));
        Assert.Multiple(() =>
        {
            Assert.That(compared.Equal, Is.GreaterThanOrEqualTo(leastEqual));
            Assert.That(compared.Precision, Is.GreaterThanOrEqualTo(leastPrecision));
            Assert.That(compared.Recall, Is.GreaterThanOrEqualTo(leastRecall));
        });
    }

    /// <summary>The conversation of each file, filed one after the other with nothing filtered.</summary>
    private static async Task<Dictionary<string, long>> File(IReadOnlyList<string> files, bool reversed, bool participantsRule)
    {
        using TempFolder folder = new();
        using Database inbox = Database.Open(folder.File("inbox.db"), new SqliteDialect(), new ChangeLog(TimeProvider.System), TimeProvider.System, NullLogger.Instance);
        Decision keep = new(false, "", []);
        List<Task<(string File, long Conversation)>> filed = [];
        foreach ((int id, string file) in (reversed ? files.Reverse() : files).Index())
        {
            IncomingMail mail = MailReading.Read(new RawMessage { Id = id + 1 }, System.IO.File.ReadAllBytes(file), _ => false).For("all");
            filed.Add(inbox.Write(t => (Path.GetFileName(file), Placing.Place(t, mail, Threading.Find(t, mail, participantsRule), keep).ConversationId)));
        }

        return (await Task.WhenAll(filed)).ToDictionary(f => f.File, f => f.Conversation);
    }

    private sealed record Expected(IReadOnlyList<string> Messages, IReadOnlyList<IReadOnlyList<string>> Conversations)
    {
        public static Expected Read()
        {
            using JsonDocument json = JsonDocument.Parse(System.IO.File.ReadAllBytes(Path.Combine(Corpus.Require("threading/spamassassin-ham-easy"), "threads.json")));
            IReadOnlyList<string> files = Corpus.Files(json.RootElement.GetProperty("messages").GetString()!, "*.eml");
            List<IReadOnlyList<string>> conversations = [.. json.RootElement.GetProperty("conversations_of_two_or_more").EnumerateArray()
                .Select(c => (IReadOnlyList<string>)[.. c.EnumerateArray().Select(m => m.GetString()!)])];
            HashSet<string> together = [.. conversations.SelectMany(c => c)];
            conversations.AddRange(files.Select(f => Path.GetFileName(f)!).Where(f => !together.Contains(f)).Select(f => (IReadOnlyList<string>)[f]));
            return new Expected(files, conversations);
        }
    }

    /// <summary>Conversations that are equal as a whole, and pairs of mails that stand together in both.</summary>
    private sealed class Comparison
    {
        private readonly int _expected;
        private readonly int _found;
        private readonly int _expectedGroups;

        public Comparison(IReadOnlyList<IReadOnlyList<string>> expected, Dictionary<string, long> found)
        {
            Dictionary<long, int> sizes = found.Values.GroupBy(c => c).ToDictionary(g => g.Key, g => g.Count());
            (_expected, _found) = (expected.Count, sizes.Count);
            foreach (IReadOnlyList<string> conversation in expected)
            {
                int[] parts = [.. conversation.GroupBy(m => found[m]).Select(g => g.Count())];
                bool equal = parts.Length == 1 && sizes[found[conversation[0]]] == conversation.Count;
                Equal += equal ? 1 : 0;
                _expectedGroups += conversation.Count > 1 ? 1 : 0;
                EqualGroups += equal && conversation.Count > 1 ? 1 : 0;
                Together += parts.Sum(Pairs);
                ExpectedPairs += Pairs(conversation.Count);
            }

            FoundPairs = sizes.Values.Sum(Pairs);
        }

        public int Equal { get; }

        public double Precision => (double)Together / FoundPairs;

        public double Recall => (double)Together / ExpectedPairs;

        private int EqualGroups { get; }

        private long Together { get; }

        private long ExpectedPairs { get; }

        private long FoundPairs { get; }

        public override string ToString() => string.Create(
            CultureInfo.InvariantCulture,
            $"{Equal} of {_expected} conversations equal ({EqualGroups} of {_expectedGroups} with more than one mail), {_found} found; pairs: precision {Precision:P2}, recall {Recall:P2}");

        private static long Pairs(int count) => (long)count * (count - 1) / 2;
    }
}
