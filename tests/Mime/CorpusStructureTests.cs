using System.Text;
using System.Text.Json;
using MailInbox.Mail.Mime;
using MailInbox.Tests.Support;

namespace MailInbox.Tests.Mime;

/// <summary>The structure of the corpus' mails: kinds of parts, texts, bytes and the three body lists.</summary>
public sealed class CorpusStructureTests
{
    /// <summary>Mails on which two other parsers differ too: undecodable encodings, external bodies, a message in a message.</summary>
    private static readonly string[] Doubtful = ["rfc/000", "rfc/001", "rfc/008", "thirdparty/009", "thirdparty/015"];

    /// <summary>What we read otherwise in broken mail, and why.</summary>
    private static readonly Dictionary<string, string> Decided = new()
    {
        ["malformed/000"] = "A delimiter ends a header; the parts between are kept, though they are empty.",
        ["malformed/001"] = "A boundary must be the whole line: --ab does not begin with --a, and ends what is inside.",
        ["malformed/002"] = "A multipart without a delimiter is shown as text, not hidden as a file.",
        ["malformed/003"] = "The text of a mail that was cut off is still its text.",
        ["malformed/004"] = "The text of a mail that was cut off is still its text.",
        ["malformed/006"] = "The text of a mail that was cut off is still its text.",
        ["malformed/007"] = "A delimiter of the multipart whose header it follows begins a part, without a blank line before it; the end begins none.",
        ["malformed/008"] = "The outer boundary ends the inner multipart, though the inner one is a prefix of it.",
        ["malformed/009"] = "The outer boundary ends an inner multipart that has no end.",
        ["malformed/011"] = "The outer boundary ends an inner multipart that has no end.",
        ["malformed/012"] = "The outer boundary ends an inner multipart that has no end, and the message in it.",
        ["malformed/016"] = "The outer boundary ends inner multiparts, though all are prefixes of one another.",
        ["malformed/020"] = "A part whose delimiter is lost is told by its Content-Type, so that text, HTML and picture stay apart.",
        ["malformed/021"] = "A part whose delimiter is lost is told by its Content-Type, so that text, HTML and picture stay apart.",
        ["malformed/019"] = "A multipart nested in itself takes its boundary first; a header that cannot be read leaves a text.",
    };

    [TestCase("rfc", 20)]
    [TestCase("thirdparty", 38)]
    [TestCase("malformed", 16)]
    public void Mails_have_the_structure_that_others_find(string folder, int atLeast)
    {
        int matched = 0, total = 0;
        var differing = new SortedSet<string>(StringComparer.Ordinal);
        foreach (string file in Corpus.Files($"mime/structure/{folder}", "*.eml"))
        {
            string name = $"{folder}/{Path.GetFileNameWithoutExtension(file)}";
            foreach (bool crlf in (bool[])[false, true])
            {
                total++;
                using var json = JsonDocument.Parse(File.ReadAllBytes(Path.ChangeExtension(file, crlf ? ".crlf.json" : ".json")));
                var message = MimeParser.Parse(crlf ? WithReturns(File.ReadAllBytes(file)) : File.ReadAllBytes(file));
                Mails.CheckOffsets(message);
                string difference = Compare(json.RootElement, message);
                if (difference.Length == 0)
                {
                    matched++;
                    continue;
                }
                differing.Add(name);
                TestContext.Out.WriteLine($"{name}{(crlf ? " crlf" : "")}: {difference}");
            }
        }
        TestContext.Out.WriteLine($"{folder}: {matched} of {total}");
        Assert.That(matched, Is.GreaterThanOrEqualTo(atLeast));
        Assert.That(differing.Except(Doubtful).Except(Decided.Keys), Is.Empty, "a difference that nobody decided");
    }

    private static byte[] WithReturns(byte[] raw) =>
        Encoding.Latin1.GetBytes(Encoding.Latin1.GetString(raw).Replace("\n", "\r\n", StringComparison.Ordinal));

    [Test]
    public void Every_mail_of_the_corpus_parses_and_keeps_its_bytes()
    {
        int count = 0;
        foreach (string file in Corpus.Files("", "*.eml"))
        {
            byte[] raw = File.ReadAllBytes(file);
            var message = MimeParser.Parse(raw);
            Mails.CheckOffsets(message);
            Assert.That(Mails.Exhaust(message), Is.GreaterThan(0), file);
            Assert.That(message.Raw.Span.SequenceEqual(File.ReadAllBytes(file)), Is.True, file);
            count++;
        }
        TestContext.Out.WriteLine($"{count} mails");
        Assert.That(count, Is.GreaterThan(3_000));
    }

    private static string Compare(JsonElement expected, MimeMessage message)
    {
        var parts = message.AllParts().ToList();
        var wanted = expected.GetProperty("parts").EnumerateArray().ToList();
        if (parts.Count != wanted.Count)
            return $"{parts.Count} parts, not {wanted.Count}";
        for (int i = 0; i < parts.Count; i++)
        {
            string difference = Body(wanted[i].GetProperty("body").EnumerateObject().First(), parts[i], parts);
            if (difference.Length > 0)
                return $"part {i} ({parts[i].Type}): {difference}";
        }
        return List("text", expected.GetProperty("text_body"), message.TextBody, parts)
            + List("html", expected.GetProperty("html_body"), message.HtmlBody, parts)
            + Attachments(expected, message, parts);
    }

    private static string Body(JsonProperty wanted, MimePart part, List<MimePart> parts)
    {
        switch (wanted.Name)
        {
            case "Multipart":
                var children = wanted.Value.EnumerateArray().Select(e => e.GetInt32());
                return children.SequenceEqual(part.Parts.Select(p => parts.IndexOf(p))) ? "" : "other children";
            case "Message":
                return part.Message == null ? "no message" : Compare(wanted.Value, part.Message) is { Length: > 0 } inner ? $"inside: {inner}" : "";
            case "Text" or "Html":
                string text = wanted.Value.GetString()!.ReplaceLineEndings("\n").Replace("\0", "", StringComparison.Ordinal).TrimStart('\uFEFF');
                return part.Parts.Count > 0 || part.Message != null ? "not a text"
                    : part.Text().ReplaceLineEndings("\n") == text ? "" : $"text differs: {JsonSerializer.Serialize(part.Text())} not {JsonSerializer.Serialize(text)}";
            default:
                byte[] bytes = [.. wanted.Value.EnumerateArray().Select(e => e.GetByte())];
                return part.Parts.Count > 0 || part.Message != null ? "not binary" : part.Decode().SequenceEqual(bytes) ? "" : "bytes differ";
        }
    }

    private static string List(string name, JsonElement wanted, IReadOnlyList<MimePart> found, List<MimePart> parts)
    {
        var want = wanted.EnumerateArray().Select(e => e.GetInt32()).ToList();
        var have = found.Select(p => parts.IndexOf(p)).ToList();
        return want.SequenceEqual(have) ? "" : $" {name} is {string.Join(',', have)} not {string.Join(',', want)}";
    }

    /// <summary>RFC 8621 lists no medium that both bodies show; the other parser lists every medium.</summary>
    private static string Attachments(JsonElement expected, MimeMessage message, List<MimePart> parts)
    {
        var shown = message.TextBody.Intersect(message.HtmlBody).Where(p => p.Type.IsMedia).Select(p => parts.IndexOf(p));
        var want = expected.GetProperty("attachments").EnumerateArray().Select(e => e.GetInt32()).Except(shown).ToList();
        var have = message.Attachments.Select(p => parts.IndexOf(p)).ToList();
        return want.SequenceEqual(have) ? "" : $" attachments are {string.Join(',', have)} not {string.Join(',', want)}";
    }
}
