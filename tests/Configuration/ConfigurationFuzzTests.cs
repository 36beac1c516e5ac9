using System.Text;
using FsCheck;
using FsCheck.Fluent;
using MailInbox.Inbox.Configuration;
using MailInbox.Inbox.Configuration.Files;

namespace MailInbox.Tests.Configuration;

public sealed class ConfigurationFuzzTests
{
    private static readonly string[] Files = ["inboxes.json", "filters.json", "routing.json", "team.json", "retention.json"];

    private static readonly string[] Shards =
    [
        "{", "}", "[", "]", ",", ":", "\"", "null", "true", "5", "-1e99", "\"\\ud800\"", "//", "/*", "*/", "\n", "\u0000", "\"inboxes\":", "\"when\": \"-(\"",
        "\"env:\"", "\"@\"", "\"*@*\"", "\"a@b\"", "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[", "\"every\": \"9999999999y\"", "é", "\uFEFF",
    ];

    [Test]
    public void Mutated_files_are_read_or_refused_but_never_crash()
    {
        using SampleFolder folder = new();
        string sources = File.ReadAllText(Path.Combine(SampleFolder.Shipped, "inboxes.json")).Replace("// {", "{", StringComparison.Ordinal);
        string[] texts = [SampleFolder.Inboxes, sources, .. Files.Select(file => File.ReadAllText(Path.Combine(SampleFolder.Shipped, file)))];
        Gen<(int File, int Text, (int At, int Cut, int Shard)[] Changes)> mutations =
            from file in Gen.Choose(0, Files.Length - 1)
            from text in Gen.Choose(0, texts.Length - 1)
            from changes in (from at in Gen.Choose(0, 5000) from cut in Gen.Choose(0, 12) from shard in Gen.Choose(0, Shards.Length - 1) select (at, cut, shard)).ArrayOf()
            select (file, text, changes);
        Prop.ForAll(mutations.ToArbitrary(), mutation =>
        {
            StringBuilder text = new(texts[mutation.Text]);
            foreach ((int at, int cut, int shard) in mutation.Changes)
            {
                int place = at % (text.Length + 1);
                text.Remove(place, Math.Min(cut, text.Length - place)).Insert(place, Shards[shard]);
            }

            folder.Write(Files[mutation.File], text.ToString());
            return folder.Problems().All(p => p.StartsWith("config/", StringComparison.Ordinal));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(1500));
    }

    [Test]
    public void Any_query_is_read_or_refused()
    {
        Gen<string> queries = Gen.Elements("to:", "from:", "in:", "-", "a@b.example", "support", "*", "@", "(", ")", "\"", "/", "OR", " ", "form:", ":", ">", "\ud83d", "ß")
            .ArrayOf().Select(string.Concat);
        Prop.ForAll(queries.ToArbitrary(), query =>
        {
            List<ConfigurationProblem> problems = [];
            RuleConditions conditions = new(new ConfigurationFile("config", "routing.json", problems), ["support"]);
            IReadOnlyList<RoutingCondition> read = conditions.Read(new JsonValue(JsonKind.Text, 1, 1) { Text = query }, "routing.json, rule 1");
            return problems.Count == 1 || (problems.Count == 0 && read.Count == query.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));
    }

    [Test]
    public void Random_bytes_are_refused()
    {
        using SampleFolder folder = new();
        Prop.ForAll<byte[]>(bytes =>
        {
            folder.Write("team.json", bytes);
            return folder.Problems().Count > 0;
        }).QuickCheckThrowOnFailure();
    }

    [Test]
    public void Problems_point_into_the_file()
    {
        using SampleFolder folder = new();
        string text = File.ReadAllText(Path.Combine(SampleFolder.Shipped, "filters.json"));
        Prop.ForAll(Gen.Choose(0, text.Length).ToArbitrary(), length =>
        {
            string cut = text[..length];
            folder.Write("filters.json", cut);
            string[] lines = cut.Split('\n');
            try
            {
                folder.Read();
                return true;
            }
            catch (ConfigurationRefusal refusal)
            {
                return refusal.Problems.All(p => p.Line <= lines.Length && p.Column <= lines[p.Line - 1].Length + 1);
            }
        }).QuickCheckThrowOnFailure();
    }
}
