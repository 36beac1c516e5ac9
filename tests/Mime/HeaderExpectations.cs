using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using MailInbox.Mail.Mime.Headers;

namespace MailInbox.Tests.Mime;

/// <summary>What the corpus expects of a header value, as one line that can be compared; and the same put right where the RFCs say otherwise.</summary>
internal static partial class HeaderExpectations
{
    private static readonly string[] TraceFields = ["from", "from_ip", "from_iprev", "helo", "helo_cmd", "ident", "by", "via", "with", "tls_version", "tls_cipher", "id", "for_", "date"];

    /// <summary>The zones of RFC 5322 §4.3.</summary>
    private static readonly Dictionary<string, string> Zones =
        "UT+00:00 GMT+00:00 EST-05:00 EDT-04:00 CST-06:00 CDT-05:00 MST-07:00 MDT-06:00 PST-08:00 PDT-07:00"
            .Split(' ').ToDictionary(z => z[..^6], z => z[^6..]);

    private static readonly string[] DateForms =
        ["d MMM yyyy HH:mm:ss zzz", "d MMM yy HH:mm:ss zzz", "MMM d HH:mm:ss yyyy zzz", "MMM d HH:mm:ss zzz yyyy", "MMM d HH:mm:ss yyyy"];

    /// <summary>The expectation, word for word.</summary>
    public static string Of(string kind, JsonElement expected) => kind switch
    {
        _ when expected.ValueKind == JsonValueKind.Null => "",
        "address" => Groups(expected),
        "content_type" => Type(expected),
        "date" => Written(Date(expected)),
        "id" => string.Join(' ', expected.EnumerateArray().Select(e => e.GetString())),
        "list" => string.Join('|', expected.EnumerateArray().Select(e => e.GetString())),
        "received" => string.Join('|', TraceFields.Select(f => TraceField(expected, f))),
        _ => expected.GetString()!,
    };

    /// <summary>
    /// The expectation after the RFCs. Addresses: a route is ignored and blanks around dots are no part of a domain (RFC 5322 §4.4). Received: a slash
    /// does not end a word (RFC 5322 §3.2.3: it is atext); dates are what the framework reads with the zones and years of RFC 5322 §4.3, asctime's order included.
    /// </summary>
    public static string Corrected(string kind, string header, JsonElement expected)
    {
        string text = Of(kind, expected);
        if (kind == "address")
            return BlankInDomain().Replace(Route().Replace(text, "<"), "");
        if (kind != "received" || expected.ValueKind == JsonValueKind.Null)
            return text;
        string[] fields = text.Split('|');
        foreach (string name in (string[])["from", "ident", "id"])
        {
            int index = Array.IndexOf(TraceFields, name);
            fields[index] = Slashed(header, fields[index]);
        }
        if (FromFramework(header[(header.LastIndexOf(';') + 1)..]) is { } date)
            fields[^1] = Written(date.ToUniversalTime());
        return string.Join('|', fields);
    }

    public static string Written(IReadOnlyList<AddressGroup> groups) =>
        string.Join("; ", groups.Select(g => $"{g.Name}: {string.Join(", ", g.Mailboxes.Select(m => $"{m.Name} <{m.Address}>"))}"));

    public static string Written(Received trace) => string.Join('|',
        trace.From, trace.FromAddress, trace.FromHost, trace.Helo, trace.HeloCommand, trace.Ident, trace.By, trace.Via, trace.Protocol,
        trace.TlsVersion, trace.TlsCipher, trace.Id, trace.For, trace.Date is { } date ? Written(date.ToUniversalTime()) : "");

    public static string Written(DateTimeOffset? date) => date?.ToString("yyyy-MM-dd HH:mm:ss zzz", CultureInfo.InvariantCulture) ?? "";

    public static string Pairs(IEnumerable<(string Key, string Value)> pairs) =>
        string.Concat(pairs.Where(p => !p.Key.EndsWith("-language", StringComparison.Ordinal)).Order().Select(p => $"; {p.Key}={p.Value}"));

    private static string Groups(JsonElement expected) => expected.TryGetProperty("List", out var list)
        ? Written([new AddressGroup("", Mailboxes(list))])
        : Written([.. expected.GetProperty("Group").EnumerateArray().Select(g => new AddressGroup(Word(g, "name"), Mailboxes(g.GetProperty("addresses"))))]);

    private static List<MailAddress> Mailboxes(JsonElement list) => [.. list.EnumerateArray().Select(m => new MailAddress(Word(m, "name"), Word(m, "address")))];

    private static string Type(JsonElement expected)
    {
        string kind = Word(expected, "c_type").ToLowerInvariant(), subtype = Word(expected, "c_subtype").ToLowerInvariant();
        var pairs = expected.TryGetProperty("attributes", out var a) && a.ValueKind == JsonValueKind.Array
            ? a.EnumerateArray().Select(p => (p[0].GetString()!, p[1].GetString()!))
            : [];
        return (subtype.Length == 0 ? kind : $"{kind}/{subtype}") + Pairs(pairs);
    }

    /// <summary>A client that names itself by its address is at that address, unless another one was seen.</summary>
    private static string TraceField(JsonElement e, string name)
    {
        if (!e.TryGetProperty(name, out var field) || field.ValueKind == JsonValueKind.Null)
            return name == "from_ip" && e.TryGetProperty("from", out var from) && from.TryGetProperty("IpAddr", out var ip) ? ip.GetString()! : "";
        if (name == "date")
            return Date(field) is { } date ? Written(date.ToUniversalTime()) : "no date";
        string text = field.ValueKind == JsonValueKind.Object ? field.EnumerateObject().First().Value.GetString()! : field.GetString()!;
        return name switch
        {
            "with" or "helo_cmd" => text.ToUpperInvariant(),
            "tls_version" => text.Replace('_', '.'),
            _ => text,
        };
    }

    /// <summary>Null where the expectation holds numbers that are no date.</summary>
    private static DateTimeOffset? Date(JsonElement date)
    {
        int Number(string name) => date.GetProperty(name).GetInt32();
        var offset = new TimeSpan(Number("tz_hour"), Number("tz_minute"), 0);
        if (Number("month") > 12 || Number("second") > 60)
            return null;
        return new DateTimeOffset(
            Number("year"), Number("month"), Number("day"), Number("hour"), Number("minute"), Math.Min(Number("second"), 59),
            date.GetProperty("tz_before_gmt").GetBoolean() ? -offset : offset);
    }

    private static DateTimeOffset? FromFramework(string text)
    {
        text = Blanks().Replace(Fraction().Replace(Parentheses().Replace(text, ""), "$1"), " ").Trim();
        text = Trailing().Replace(Weekday().Replace(text, ""), "");
        text = Zone().Replace(text, m => Zones.GetValueOrDefault(m.Value, m.Value));
        return DateTimeOffset.TryParseExact(text, DateForms, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date) ? date : null;
    }

    private static string Slashed(string header, string piece) => piece.Length == 0 ? piece
        : header.Split([' ', '\t', '\n', '\r', '(', ')', '[', ']', ';', ',', '='], StringSplitOptions.RemoveEmptyEntries)
            .FirstOrDefault(w => w.Contains('/') && w.Split('/').Contains(piece)) ?? piece;

    private static string Word(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";

    [GeneratedRegex(@"<@[^:<>]+:")]
    private static partial Regex Route();

    [GeneratedRegex(@"(?<=@[^<>,]*)\s+(?=[^<>,]*>)")]
    private static partial Regex BlankInDomain();

    [GeneratedRegex(@"\([^()]*\)")]
    private static partial Regex Parentheses();

    [GeneratedRegex(@"(\d\d:\d\d:\d\d)\.\d+")]
    private static partial Regex Fraction();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();

    [GeneratedRegex(@"^(Mon|Tue|Wed|Thu|Fri|Sat|Sun),? ")]
    private static partial Regex Weekday();

    [GeneratedRegex(" for <.*>$")]
    private static partial Regex Trailing();

    [GeneratedRegex(@"\b[A-Z]{2,3}\b")]
    private static partial Regex Zone();
}
