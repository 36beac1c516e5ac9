using System.Globalization;
using System.Text;
using System.Text.Json;
using MailInbox.Mail.Mime;
using MailInbox.Mail.Mime.Headers;
using MailInbox.Tests.Support;

namespace MailInbox.Tests.Mime;

/// <summary>How many of the corpus' header values read as expected. The floors only rise; what differs below is a decision written beside it.</summary>
public sealed class CorpusFiguresTests
{
    // Comments are no part of a name that is there already, routes are cut off, blanks inside an address go: 46 is what is left.
    [TestCase("address", 30)]
    [TestCase("content_type", 30)]
    [TestCase("date", 30)]
    [TestCase("id", 5)]
    [TestCase("unstructured", 20)]
    [TestCase("list", 3)]
    [TestCase("received", 50)]
    public void Header_values_read_as_expected(string kind, int atLeast)
    {
        using var cases = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Corpus.Require("mime/header-fields"), $"{kind}.json")));
        int matched = 0, total = 0;
        foreach (var example in cases.RootElement.EnumerateArray())
        {
            total++;
            string header = example.GetProperty("header").GetString()!;
            var headers = MimeParser.Parse(Encoding.UTF8.GetBytes("X:" + header)).Headers;
            string expected = Expected(kind, example.GetProperty("expected"));
            string read = Read(kind, headers.Unfolded("X"), headers.Text("X"));
            if (read == expected)
                matched++;
            else
                TestContext.Out.WriteLine($"{header.ReplaceLineEndings("\\n")}\n   want {expected}\n   have {read}");
        }
        TestContext.Out.WriteLine($"{kind}: {matched} of {total}");
        Assert.That(matched, Is.GreaterThanOrEqualTo(atLeast));
    }

    private static string Read(string kind, string value, string text) => kind switch
    {
        "address" => string.Join(" | ", AddressList.Parse(value)),
        "content_type" => Type(value),
        "date" => MailDate.Parse(value)?.ToString("yyyy-MM-dd HH:mm:ss zzz", CultureInfo.InvariantCulture) ?? "",
        "id" => string.Join(' ', MessageIds.Parse(value)),
        "list" => string.Join('|', text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)),
        "received" => Trace(Received.Parse(value)),
        _ => text,
    };

    private static string Type(string value)
    {
        var type = ContentType.Parse(value);
        bool disposition = value.StartsWith("attachment", StringComparison.Ordinal) || value.StartsWith("inline", StringComparison.Ordinal);
        var pairs = disposition ? ContentDisposition.Parse(value).Parameters : type.Parameters;
        return (disposition ? ContentDisposition.Parse(value).Kind : type.Media) + Pairs(pairs.Select(p => (p.Key, p.Value)));
    }

    private static string Pairs(IEnumerable<(string Key, string Value)> pairs) =>
        string.Concat(pairs.Where(p => !p.Key.EndsWith("-language", StringComparison.Ordinal)).Order().Select(p => $"; {p.Key}={p.Value}"));

    private static string Trace(Received trace) =>
        $"{trace.From}|{trace.FromAddress}|{trace.By}|{trace.With}|{trace.Id}|{trace.For}|{trace.Date?.ToUniversalTime():u}";

    private static string Expected(string kind, JsonElement expected) => kind switch
    {
        _ when expected.ValueKind == JsonValueKind.Null => "",
        "address" => string.Join(" | ", Mailboxes(expected).Select(m => new MailAddress(Word(m, "name"), Word(m, "address")))),
        "content_type" => ExpectedType(expected),
        "date" => Date(expected).ToString("yyyy-MM-dd HH:mm:ss zzz", CultureInfo.InvariantCulture),
        "id" => string.Join(' ', expected.EnumerateArray().Select(e => e.GetString())),
        "list" => string.Join('|', expected.EnumerateArray().Select(e => e.GetString())),
        "received" => ExpectedTrace(expected),
        _ => expected.GetString()!,
    };

    private static IEnumerable<JsonElement> Mailboxes(JsonElement expected) => expected.TryGetProperty("List", out var list)
        ? list.EnumerateArray()
        : expected.GetProperty("Group").EnumerateArray().SelectMany(g => g.GetProperty("addresses").EnumerateArray());

    private static string ExpectedType(JsonElement expected)
    {
        string kind = Word(expected, "c_type").ToLowerInvariant(), subtype = Word(expected, "c_subtype").ToLowerInvariant();
        var pairs = expected.TryGetProperty("attributes", out var a) && a.ValueKind == JsonValueKind.Array
            ? a.EnumerateArray().Select(p => (p[0].GetString()!, p[1].GetString()!))
            : [];
        return (subtype.Length == 0 ? kind : $"{kind}/{subtype}") + Pairs(pairs);
    }

    private static DateTimeOffset Date(JsonElement date)
    {
        int Number(string name) => date.GetProperty(name).GetInt32();
        var offset = new TimeSpan(Number("tz_hour"), Number("tz_minute"), 0);
        if (date.GetProperty("tz_before_gmt").GetBoolean())
            offset = -offset;
        return new DateTimeOffset(Number("year"), Number("month"), Number("day"), Number("hour"), Number("minute"), Math.Min(Number("second"), 59), offset);
    }

    private static string ExpectedTrace(JsonElement e)
    {
        string host(string name) => e.TryGetProperty(name, out var h) && h.ValueKind == JsonValueKind.Object ? h.EnumerateObject().First().Value.GetString()! : "";
        string date = e.TryGetProperty("date", out var d) && d.ValueKind == JsonValueKind.Object ? Date(d).ToUniversalTime().ToString("u", CultureInfo.InvariantCulture) : "";
        return $"{host("from")}|{Word(e, "from_ip")}|{host("by")}|{Word(e, "with")}|{Word(e, "id")}|{Word(e, "for_")}|{date}";
    }

    private static string Word(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";
}
