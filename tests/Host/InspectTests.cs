using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using MailInbox.Tests.Mime;
using MailInbox.Tests.Support;

namespace MailInbox.Tests.Host;

/// <summary>The verbs <c>inspect</c> and <c>sanitize</c>, as a process without gateway, configuration and data.</summary>
public sealed class InspectTests
{
    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    [Test]
    public async Task A_mail_is_told_as_json()
    {
        using TempFolder folder = new();
        string file = Write(folder, "mixed.eml", Mails.Mixed);
        byte[] raw = Mails.Bytes(Mails.Mixed);
        JsonElement mail = (await Documents(["inspect", "--json", file])).Single();
        JsonElement root = mail.GetProperty("root"), leaf = root.GetProperty("parts")[0].GetProperty("parts")[0], inner = root.GetProperty("parts")[2];
        Assert.Multiple(() =>
        {
            Assert.That(mail.EnumerateObject().Select(p => p.Name), Is.EqualTo("size sha256 headers subject from to cc reply_to date message_id in_reply_to references defects root text_body html_body attachments preview reply_text report auto".Split(' ')));
            Assert.That(leaf.EnumerateObject().Select(p => p.Name), Is.EqualTo("id type parameters charset disposition filename content_id encoding begin headers_end end size sha256 text parts message".Split(' ')));
            Assert.That(mail.GetProperty("size").GetInt32(), Is.EqualTo(raw.Length));
            Assert.That(mail.GetProperty("sha256").GetString(), Is.EqualTo(Convert.ToHexStringLower(SHA256.HashData(raw))));
            Assert.That(mail.GetProperty("headers")[1].ToString(), Is.EqualTo("""{"name":"Subject","value":"Grüße"}"""));
            Assert.That(mail.GetProperty("subject").GetString(), Is.EqualTo("Grüße"));
            Assert.That(mail.GetProperty("from").ToString(), Is.EqualTo("""[{"name":"","address":"anna@example.org"}]"""));
            Assert.That(mail.GetProperty("date").ValueKind, Is.EqualTo(JsonValueKind.Null));
            Assert.That(mail.GetProperty("text_body").ToString(), Is.EqualTo("""["1.1"]"""));
            Assert.That(mail.GetProperty("html_body").ToString(), Is.EqualTo("""["1.2"]"""));
            Assert.That(mail.GetProperty("attachments").ToString(), Is.EqualTo("""["2","3"]"""));
            Assert.That(mail.GetProperty("preview").GetString(), Is.EqualTo("Grüß Gott"));
            Assert.That(leaf.GetProperty("id").GetString(), Is.EqualTo("1.1"));
            Assert.That(leaf.GetProperty("text").GetString(), Is.EqualTo("Grüß Gott"));
            Assert.That(leaf.GetProperty("parameters").ToString(), Is.EqualTo("""{"charset":"utf-8"}"""));
            Assert.That(leaf.GetProperty("encoding").GetString(), Is.EqualTo("quoted-printable"));
            Assert.That(inner.GetProperty("type").GetString(), Is.EqualTo("message/rfc822"));
            Assert.That(inner.GetProperty("message").GetProperty("parts")[1].GetProperty("content_id").GetString(), Is.EqualTo("logo@x"));
        });
    }

    [Test]
    public async Task Fields_in_8_bits_read_alike_in_the_list_and_by_themselves()
    {
        using TempFolder folder = new();
        string file = Path.Combine(folder.Path, "greek.eml");
        File.WriteAllBytes(file, [.. "Subject: "u8, 0xC3, 0xE5, 0xE9, 0xDC, .. "\nContent-Type: text/plain; charset=windows-1253\n\nx"u8]);
        JsonElement mail = (await Documents(["inspect", "--json", file])).Single();
        Assert.That(mail.GetProperty("subject").GetString(), Is.EqualTo("Γειά"));
        Assert.That(mail.GetProperty("headers")[0].GetProperty("value").GetString(), Is.EqualTo("Γειά"));
    }

    [Test]
    public async Task Dates_keep_their_offset_and_ids_their_order()
    {
        using TempFolder folder = new();
        string file = Write(folder, "a.eml", "Date: Mon, 3 Nov 2025 10:20:30 +0530\nMessage-ID: <a@b>\nIn-Reply-To: <c@d>\nReferences: <e@f>\n <c@d>\n\nMine.\n\n> yours\n");
        JsonElement mail = (await Documents(["inspect", "--json", file])).Single();
        Assert.Multiple(() =>
        {
            Assert.That(mail.GetProperty("date").GetString(), Is.EqualTo("2025-11-03T10:20:30+05:30"));
            Assert.That(mail.GetProperty("message_id").GetString(), Is.EqualTo("a@b"));
            Assert.That(mail.GetProperty("in_reply_to").ToString(), Is.EqualTo("""["c@d"]"""));
            Assert.That(mail.GetProperty("references").ToString(), Is.EqualTo("""["e@f","c@d"]"""));
            Assert.That(mail.GetProperty("reply_text").GetString(), Does.StartWith("Mine.").And.Not.Contain("yours"));
        });
    }

    [Test]
    public async Task Many_files_folders_and_lists_give_a_line_each_and_what_cannot_be_read_a_line_of_its_own()
    {
        using TempFolder folder = new();
        Directory.CreateDirectory(folder.File("below"));
        string one = Write(folder, "with blank.eml", "Subject: one\n\n1"), list = folder.File("list");
        Write(folder, "below/b.eml", "Subject: three\n\n3");
        Write(folder, "below/a.eml", "Subject: two\n\n2");
        Write(folder, "below/c.txt", "no mail");
        await File.WriteAllLinesAsync(list, [one, "", folder.File("below")]);
        Ended ended = await Run(["inspect", "--json", folder.File("missing.eml"), one, folder.File("below"), $"@{list}"]);
        Assert.That(Parse(ended.Output).Select(mail => mail.GetProperty("subject").GetString()), Is.EqualTo((string[])["one", "two", "three", "one", "two", "three"]));
        Assert.That(ended.Code, Is.EqualTo(1));
        Assert.That(ended.Errors.TrimEnd(), Does.StartWith($"{folder.File("missing.eml")}: ").And.Not.Contain("\n"));
    }

    [Test]
    public async Task Parts_are_written_under_our_names_inside_the_folder_alone()
    {
        using TempFolder folder = new();
        string victim = Write(folder, "victim", "untouched"), parts = folder.File("parts");
        Directory.CreateDirectory(parts);
        File.CreateSymbolicLink(Path.Combine(parts, "a-2.pdf"), victim);
        string mail = "Content-Type: multipart/mixed; boundary=b\n\n--b\n\ntext\n--b\nContent-Type: application/pdf; name=\"../../evil.pdf\"\nContent-Disposition: attachment; filename=\"/etc/evil\"\n"
            + "Content-Transfer-Encoding: base64\n\nJVBERg==\n--b\nContent-Type: ../../x; name=../y\n\nz\n--b--\n";
        Directory.CreateDirectory(folder.File("other"));
        Ended ended = await Run(["inspect", "--json", "--raw-parts", parts, Write(folder, "a.eml", mail), Write(folder, "other/a.eml", "Subject: x\n\nsecond")]);
        Assert.Multiple(() =>
        {
            Assert.That(ended.Code, Is.Zero, ended.Errors);
            Assert.That(Directory.EnumerateFileSystemEntries(parts).Select(Path.GetFileName).Order(StringComparer.Ordinal), Is.EqualTo((string[])["a-1.txt", "a-2.pdf", "a-3.bin", "a~2-1.txt"]));
            Assert.That(File.ReadAllText(Path.Combine(parts, "a-2.pdf")), Is.EqualTo("%PDF"));
            Assert.That(File.ReadAllText(Path.Combine(parts, "a~2-1.txt")), Is.EqualTo("second"));
            Assert.That(File.ReadAllText(victim), Is.EqualTo("untouched"));
            Assert.That(Directory.EnumerateFileSystemEntries(folder.Path).Count(), Is.EqualTo(4));
        });
    }

    [Test]
    public async Task Half_a_surrogate_pair_leaves_the_output_valid()
    {
        using TempFolder folder = new();
        byte[] body = [.. "Content-Type: text/plain; charset=utf-16\nSubject: =?utf-16?B?ANjYAA==?=\n\n"u8, 0xFF, 0xFE, 0x41, 0, 0, 0xD8, 0x42, 0];
        string file = folder.File("a.eml");
        await File.WriteAllBytesAsync(file, body);
        JsonElement mail = (await Documents(["inspect", "--json", file])).Single();
        Assert.That(mail.GetProperty("root").GetProperty("text").GetString(), Is.EqualTo("A\uFFFDB"));
    }

    [Test]
    public async Task For_people_a_mail_is_a_tree_without_control_characters()
    {
        using TempFolder folder = new();
        Ended ended = await Run(["inspect", Write(folder, "mixed.eml", Mails.Mixed), Write(folder, "bad.eml", "Subject: a\u001B[31mb\nContent-Type: multipart/mixed; boundary=x\n\n--x\n\nopen")]);
        Assert.Multiple(() =>
        {
            Assert.That(ended.Code, Is.Zero, ended.Errors);
            Assert.That(ended.Output, Does.Contain("  Subject     Grüße\n").And.Contain("  Attached    2 3\n"));
            Assert.That(ended.Output, Does.Match("""(?m)^    2 +application/pdf +6  base64 attachment “bill\.pdf”$"""));
            Assert.That(ended.Output, Does.Contain("Defect      boundary-end-missing at "));
            Assert.That(ended.Output, Does.Not.Contain("\u001B"));
        });
    }

    [Test]
    public async Task Html_is_cleaned_to_a_line_of_json()
    {
        using TempFolder folder = new();
        string latin = folder.File("latin.html");
        await File.WriteAllBytesAsync(latin, [.. "<meta charset=windows-1251><p onclick=x>"u8, 0xCF, 0xF0, .. "<script>1</script><img src=https://x.example/y><img src=cid:a>"u8]);
        JsonElement[] pages = await Documents(["sanitize", "--json", latin, Write(folder, "deep.html", string.Concat(Enumerable.Repeat("<div>", 300)) + "a<b")]);
        Assert.Multiple(() =>
        {
            Assert.That(pages[0].EnumerateObject().Select(p => p.Name), Is.EqualTo((string[])["html", "removed", "remote"]));
            Assert.That(pages[0].GetProperty("html").GetString(), Does.StartWith("<p>Пр<img").And.Contain("cid:a").And.Not.Contain("x.example"));
            Assert.That(pages[0].GetProperty("removed").EnumerateArray().Select(w => w.GetString()), Does.Contain("script element").And.Contain("onclick attribute"));
            Assert.That(pages[0].GetProperty("remote").GetInt32(), Is.EqualTo(1));
            Assert.That(pages[1].GetProperty("html").GetString(), Does.StartWith("<pre>a").And.Not.Contain("<div"));
        });
    }

    [Test]
    public async Task Every_mail_of_the_corpus_gives_valid_json_with_offsets_and_hashes_that_hold()
    {
        IReadOnlyList<string> files = Corpus.Files("", "*.eml");
        using TempFolder folder = new();
        string list = folder.File("list");
        await File.WriteAllLinesAsync(list, files);
        long began = Stopwatch.GetTimestamp();
        Ended ended = await Run(["inspect", "--json", $"@{list}"]);
        TimeSpan took = Stopwatch.GetElapsedTime(began);
        Assert.That(ended.Code, Is.Zero, ended.Errors);
        string[] lines = ended.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.That(lines, Has.Length.EqualTo(files.Count));
        var wrong = new List<string>();
        for (int i = 0; i < lines.Length; i++)
        {
            using var document = JsonDocument.Parse(lines[i], new JsonDocumentOptions { MaxDepth = 1_000 });
            byte[] raw = await File.ReadAllBytesAsync(files[i]);
            if (Check(document.RootElement, raw) is { Length: > 0 } difference) wrong.Add($"{files[i]}: {difference}");
        }
        Assert.That(wrong, Is.Empty);
        Figures.Say($"inspect --json: {files.Count} mails of the corpus in {took.TotalSeconds:0.0} s, start of the process included");
    }

    private static string Check(JsonElement mail, byte[] raw)
    {
        if (mail.GetProperty("size").GetInt32() != raw.Length || mail.GetProperty("sha256").GetString() != Convert.ToHexStringLower(SHA256.HashData(raw))) return "size or sha256 of the mail";
        var ids = new HashSet<string>();
        string wrong = Check(mail.GetProperty("root"), 0, raw.Length, raw, ids);
        bool known = ((string[])["text_body", "html_body", "attachments"]).SelectMany(list => mail.GetProperty(list).EnumerateArray()).All(id => ids.Contains(id.GetString()!));
        return wrong + (known ? "" : "a list names a part that is not there");
    }

    /// <summary>Offsets lie in the part around; what is not encoded is hashed here from the file. Inside encoded parts offsets count in their decoded bytes.</summary>
    private static string Check(JsonElement part, int from, int to, byte[]? raw, HashSet<string> ids)
    {
        (int begin, int headers, int end) = (part.GetProperty("begin").GetInt32(), part.GetProperty("headers_end").GetInt32(), part.GetProperty("end").GetInt32());
        string id = part.GetProperty("id").GetString()!, encoding = part.GetProperty("encoding").GetString()!;
        if (!ids.Add(id)) return $"two parts {id}; ";
        bool plain = encoding is "7bit" or "8bit" or "binary";
        if (raw is not null && !(from <= begin && begin <= headers && headers <= end && end <= to)) return $"{id} lies outside; ";
        // Files taken out of a text or a container have bytes of their own.
        bool unpacked = raw is not null && part.GetProperty("size").GetInt32() != end - headers;
        if (raw is not null && plain && !unpacked && part.GetProperty("sha256").GetString() is { Length: > 0 } hash && hash != Convert.ToHexStringLower(SHA256.HashData(raw.AsSpan(headers, end - headers)))) return $"{id} has another sha256; ";
        string wrong = "";
        foreach (JsonElement child in part.GetProperty("parts").EnumerateArray()) wrong += Check(child, headers, end, plain ? raw : null, ids);
        if (part.GetProperty("message") is { ValueKind: JsonValueKind.Object } inner) wrong += Check(inner, headers, end, plain ? raw : null, ids);
        return wrong;
    }

    private static string Write(TempFolder folder, string name, string text)
    {
        File.WriteAllText(folder.File(name), text, Strict);
        return folder.File(name);
    }

    private static async Task<JsonElement[]> Documents(string[] arguments)
    {
        Ended ended = await Run(arguments);
        Assert.That(ended.Code, Is.Zero, ended.Errors);
        return [.. Parse(ended.Output)];
    }

    private static IEnumerable<JsonElement> Parse(string lines) => lines.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement);

    private static async Task<Ended> Run(string[] arguments)
    {
        ProcessStartInfo start = new(GatewayPlace.Program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Strict,
            WorkingDirectory = Path.GetTempPath(),
        };
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return new Ended(process.ExitCode, output, await errors);
    }
}
