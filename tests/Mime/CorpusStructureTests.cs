using System.Text;
using System.Text.Json;
using MailInbox.Mail.Mime;
using MailInbox.Tests.Support;

namespace MailInbox.Tests.Mime;

/// <summary>The structure of the corpus' mails: kinds of parts, texts, bytes and the three body lists.</summary>
public sealed class CorpusStructureTests
{
    [TestCase("rfc", 18)]
    [TestCase("thirdparty", 33)]
    [TestCase("malformed", 14)]
    public void Mails_have_the_structure_that_others_find(string folder, int atLeast)
    {
        int matched = 0, total = 0;
        foreach (string file in Corpus.Files($"mime/structure/{folder}", "*.eml"))
        {
            byte[] raw = File.ReadAllBytes(file);
            foreach (bool crlf in (bool[])[false, true])
            {
                total++;
                byte[] bytes = crlf ? Encoding.Latin1.GetBytes(Encoding.Latin1.GetString(raw).Replace("\n", "\r\n", StringComparison.Ordinal)) : raw;
                using var json = JsonDocument.Parse(File.ReadAllBytes(Path.ChangeExtension(file, crlf ? ".crlf.json" : ".json")));
                var message = MimeParser.Parse(bytes);
                Mails.CheckOffsets(message);
                string difference = Compare(json.RootElement, message);
                if (difference.Length == 0)
                    matched++;
                else
                    TestContext.Out.WriteLine($"{folder}/{Path.GetFileName(file)}{(crlf ? " crlf" : "")}: {difference}");
            }
        }
        TestContext.Out.WriteLine($"{folder}: {matched} of {total}");
        Assert.That(matched, Is.GreaterThanOrEqualTo(atLeast));
    }

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
