using System.Text;
using System.Text.Json;
using MailInbox.Mail.Mime;
using MailInbox.Mail.Mime.Headers;
using MailInbox.Tests.Support;

namespace MailInbox.Tests.Mime;

/// <summary>How many of the corpus' header values read as expected, field for field. The floors only rise.</summary>
public sealed class CorpusFiguresTests
{
    // The second figure counts the values that read as expected word for word, the third those that read as expected or, where the expectation
    // contradicts the RFC, as the RFC says (see HeaderExpectations.Corrected). What is left are decisions of ours:
    // content_type: NUL in a parameter is dropped; a file name must not hold it.
    // id: blanks inside an identifier go, for it was folded there, and an answer must find it again.
    // unstructured: no blank behind an encoded word that had none; there it parts words that mailers cut in the middle.
    // received: of two hosts behind "by" the first is the writer; the other one stands in a remark.
    [TestCase("address", 58, 60)]
    [TestCase("content_type", 102, 102)]
    [TestCase("date", 40, 40)]
    [TestCase("id", 10, 10)]
    [TestCase("unstructured", 29, 29)]
    [TestCase("list", 7, 7)]
    [TestCase("received", 163, 180)]
    public void Header_values_read_as_expected(string kind, int literally, int atLeast)
    {
        using var cases = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Corpus.Require("mime/header-fields"), $"{kind}.json")));
        int literal = 0, corrected = 0, total = 0;
        foreach (var example in cases.RootElement.EnumerateArray())
        {
            total++;
            string header = example.GetProperty("header").GetString()!;
            var headers = MimeParser.Parse(Encoding.UTF8.GetBytes("X:" + header)).Headers;
            string expected = HeaderExpectations.Of(kind, example.GetProperty("expected"));
            string read = Read(kind, headers);
            if (kind == "content_type" && expected.Length == 0)
                read = read.Split(';')[0];
            if (read == expected)
                literal++;
            else if (read == HeaderExpectations.Corrected(kind, header, example.GetProperty("expected")))
                corrected++;
            else
                TestContext.Out.WriteLine($"{header.ReplaceLineEndings("\\n")}\n   want {expected}\n   have {read}");
        }
        TestContext.Out.WriteLine($"{kind}: {literal} as expected and {corrected} as the RFC says, of {total}");
        Assert.That(literal, Is.GreaterThanOrEqualTo(literally));
        Assert.That(literal + corrected, Is.GreaterThanOrEqualTo(atLeast));
    }

    private static string Read(string kind, HeaderFields headers) => kind switch
    {
        "address" => HeaderExpectations.Written(AddressList.Groups(headers.Unfolded("X"))),
        "content_type" => Type(headers.Exact("X")),
        "date" => HeaderExpectations.Written(MailDate.Parse(headers.Unfolded("X"))),
        "id" => string.Join(' ', MessageIds.Parse(headers.Unfolded("X"))),
        "list" => string.Join('|', headers.Text("X").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)),
        "received" => HeaderExpectations.Written(Received.Parse(headers.Unfolded("X"))),
        _ => headers.Text("X"),
    };

    /// <summary>The list holds values of Content-Disposition too, told by their word.</summary>
    private static string Type(string value)
    {
        bool disposition = value.StartsWith("attachment", StringComparison.Ordinal) || value.StartsWith("inline", StringComparison.Ordinal);
        var pairs = disposition ? ContentDisposition.Parse(value).Parameters : ContentType.Parse(value).Parameters;
        string kind = disposition ? ContentDisposition.Parse(value).Kind : ContentType.Parse(value).Written;
        return kind + HeaderExpectations.Pairs(pairs.Select(p => (p.Key, p.Value)));
    }
}
