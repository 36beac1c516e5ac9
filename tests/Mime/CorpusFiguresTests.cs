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
    // Ours on purpose: comments are no part of a name that is there already, routes are cut off, blanks inside an address or an identifier
    // go, no blank is put before an encoded word that had none, protocols are kept as they are written.
    [TestCase("address", 52)]
    [TestCase("content_type", 91)]
    [TestCase("date", 39)]
    [TestCase("id", 10)]
    [TestCase("unstructured", 26)]
    [TestCase("list", 7)]
    [TestCase("received", 144)]
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
            if (read == expected || Agrees(kind, expected, read))
                matched++;
            else
                TestContext.Out.WriteLine($"{header.ReplaceLineEndings("\\n")}\n   want {expected}\n   have {read}");
        }
        TestContext.Out.WriteLine($"{kind}: {matched} of {total}");
        Assert.That(matched, Is.GreaterThanOrEqualTo(atLeast));
    }

    /// <summary>Where the other parser gives nothing we give the default: text/plain, octet-stream for half a type, a client's literal address.</summary>
    private static bool Agrees(string kind, string expected, string read)
    {
        if (kind == "content_type")
        {
            string[] wanted = expected.Split(';', 2), found = read.Split(';', 2);
            if (wanted[0].Length == 0)
                return found[0] == "text/plain";
            return !wanted[0].Contains('/') && wanted.Length == found.Length && (wanted.Length == 1 || wanted[1] == found[1]);
        }
        string[] want = expected.Split('|'), have = read.Split('|');
        if (kind != "received" || want.Length != have.Length)
            return false;
        want[1] = want[1].Length == 0 ? have[1] : want[1];
        want[3] = want[3].Length == 0 ? have[3] : want[3].ToUpperInvariant();
        return want.SequenceEqual(have);
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
        // Where the other parser took an asctime date apart in the wrong order nothing can match.
        if (Number("month") > 12)
            return DateTimeOffset.MinValue;
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
