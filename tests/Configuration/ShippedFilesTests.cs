using System.Text.Json;
using System.Text.RegularExpressions;
using MailInbox.Inbox.Configuration;
using MailInbox.Inbox.Configuration.Files;

namespace MailInbox.Tests.Configuration;

/// <summary>Files, schemas, README and reader tell the same.</summary>
public sealed partial class ShippedFilesTests
{
    private static readonly JsonDocumentOptions Lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    private static IEnumerable<KnownKeys> AllKeys => KnownKeys.All;

    [Test]
    public void They_are_read_without_a_problem()
    {
        GatewayOptions options = ConfigurationReader.Read(SampleFolder.Shipped);
        InboxOptions inbox = options.Inboxes.Inboxes.Single();
        using (Assert.EnterMultipleScope())
        {
            Assert.That((inbox.Key, inbox.Name, inbox.Address, inbox.SendThrough), Is.EqualTo(("support", "Support", "support@example.com", (string?)null)));
            Assert.That(options.Filters.Everywhere.RoleLocalParts, Is.EqualTo(new InboxFilters().RoleLocalParts), "the file says what holds without it");
            Assert.That(options.Routing.Rules, Is.Empty);
            Assert.That(options.Retention.Trash, Is.EqualTo(TimeSpan.FromDays(30)));
        }
    }

    [Test]
    public void They_are_read_without_a_problem_when_each_commented_example_is_taken_in()
    {
        using SampleFolder folder = new();
        folder.Environment["SUPPORT_PASSWORD"] = folder.Environment["M365_SECRET"] = "battery staple";
        foreach (string path in Directory.EnumerateFiles(SampleFolder.Shipped, "*.json"))
        {
            string text = File.ReadAllText(path);
            folder.Write(Path.GetFileName(path), CommentedExample().Replace(text, "$1"));
        }

        GatewayOptions options = folder.Read();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(options.Inboxes.Submission.Keys, Is.EquivalentTo(new[] { "main", "sink" }));
            Assert.That(options.Inboxes.Inboxes.Single().Sources.Select(s => s.Key), Is.EqualTo(new[] { "support/imap.example.com/support@example.com", "support/outlook.office365.com/shared@example.com" }));
            Assert.That(options.Inboxes.Inboxes.Single().SilenceAlarm, Is.EqualTo(TimeSpan.FromHours(8)));
            Assert.That(options.Routing.Rules, Has.Count.EqualTo(3));
            Assert.That(options.Filters.Everywhere.Block, Has.Count.EqualTo(3));
            Assert.That(options.Filters.Everywhere.RoleLocalParts, Does.Contain("office"));
            Assert.That(options.Retention.TrashFor("support"), Is.EqualTo(TimeSpan.FromDays(90)));
        }
    }

    [TestCase("inboxes.json")]
    [TestCase("filters.json")]
    [TestCase("routing.json")]
    [TestCase("team.json")]
    [TestCase("retention.json")]
    public void Each_names_its_schema(string file)
    {
        using JsonDocument json = JsonDocument.Parse(File.ReadAllText(Path.Combine(SampleFolder.Shipped, file)), Lenient);
        string schema = json.RootElement.GetProperty("$schema").GetString()!;
        using JsonDocument target = JsonDocument.Parse(File.ReadAllText(Path.Combine(SampleFolder.Shipped, schema)));
        Assert.That(target.RootElement.GetProperty("$schema").GetString(), Is.EqualTo("https://json-schema.org/draft/2020-12/schema"));
    }

    [TestCaseSource(nameof(AllKeys))]
    public void The_schema_has_the_keys_of_the_reader(object keys)
    {
        KnownKeys known = (KnownKeys)keys;
        string path = Path.Combine(SampleFolder.Shipped, "schema", known.File.Replace(".json", ".schema.json", StringComparison.Ordinal));
        using JsonDocument schema = JsonDocument.Parse(File.ReadAllText(path));
        JsonElement place = Resolve(schema.RootElement, schema.RootElement);
        foreach (string step in known.Path.Split('.', StringSplitOptions.RemoveEmptyEntries))
        {
            place = step == "*"
                ? place.GetProperty("additionalProperties")
                : place.GetProperty("properties").GetProperty(step.Replace("[]", "", StringComparison.Ordinal));
            place = Resolve(schema.RootElement, place);
            place = step.EndsWith("[]", StringComparison.Ordinal) ? Resolve(schema.RootElement, place.GetProperty("items")) : place;
        }

        using (Assert.EnterMultipleScope())
        {
            Assert.That(place.GetProperty("properties").EnumerateObject().Select(p => p.Name), Is.EquivalentTo(known.Read));
            Assert.That(place.GetProperty("additionalProperties").GetBoolean(), Is.False);
        }
    }

    [Test]
    public void The_README_has_the_keys_of_the_reader()
    {
        List<string> written = [];
        string file = "", path = "";
        foreach (string line in File.ReadAllLines(Path.Combine(SampleFolder.Shipped, "README.md")))
        {
            if (line.StartsWith("## ", StringComparison.Ordinal))
            {
                (file, path) = (line[3..], "");
            }
            else if (line.StartsWith("### ", StringComparison.Ordinal))
            {
                path = line[4..];
            }
            else if (KeyRow().Match(line) is { Success: true } row)
            {
                bool notYet = line.Contains("| not supported yet |", StringComparison.Ordinal);
                written.Add($"{file} {path} {row.Groups[1].Value}{(notYet ? " (not yet)" : "")}");
            }
        }

        Assert.That(written, Is.EquivalentTo(KnownKeys.All.SelectMany(k =>
            k.Read.Select(key => $"{k.File} {k.Path} {key}").Concat(k.NotYet.Select(key => $"{k.File} {k.Path} {key} (not yet)")))));
    }

    private static JsonElement Resolve(JsonElement root, JsonElement place)
    {
        while (place.TryGetProperty("$ref", out JsonElement reference))
        {
            place = reference.GetString()!.Split('/').Skip(1).Aggregate(root, (at, name) => at.GetProperty(name));
        }

        return place;
    }

    /// <summary>A comment line that ends like a member or an entry.</summary>
    [GeneratedRegex("""^(\s*)// (?=["{].*,$)""", RegexOptions.Multiline)]
    private static partial Regex CommentedExample();

    [GeneratedRegex(@"^\| `([^`]+)` \|")]
    private static partial Regex KeyRow();
}
