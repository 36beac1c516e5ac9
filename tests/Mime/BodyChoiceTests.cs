using MailInbox.Mail.Mime;

namespace MailInbox.Tests.Mime;

/// <summary>The text, HTML and attachment lists of RFC 8621 §4.1.4. A shape is written as <c>mixed(plain alt(plain html) png)</c>.</summary>
public sealed class BodyChoiceTests
{
    [TestCase("plain", "0", "0", "")]
    [TestCase("html", "0", "0", "")]
    [TestCase("pdf", "", "", "0")]
    [TestCase("alternative(plain html)", "1", "2", "")]
    [TestCase("alternative(html)", "1", "1", "")]
    [TestCase("alternative(plain html calendar)", "1", "2", "3")]
    [TestCase("mixed(plain pdf html)", "1,3", "1,3", "2")]
    [TestCase("mixed(plain png plain)", "1,2,3", "1,2,3", "")]
    [TestCase("mixed(plain named)", "1", "1", "2")]
    [TestCase("mixed(named plain)", "1,2", "1,2", "")]
    [TestCase("mixed(plain attached)", "1", "1", "2")]
    [TestCase("related(html png)", "1", "1", "2")]
    [TestCase("alternative(plain related(html png))", "1", "3", "4")]
    [TestCase("related(alternative(plain html) png)", "2", "3", "4")]
    [TestCase("mixed(alternative(plain related(html png)) pdf)", "2", "4", "5,6")]
    [TestCase("mixed(alternative(plain html) png)", "2,4", "3,4", "")]
    [TestCase("mixed(plain mixed(alternative(mixed(plain png plain) related(html png)) png xls message) plain)", "1,5,6,7,11,14", "1,9,11,14", "6,10,12,13")]
    [TestCase("mixed(plain mixed(alternative(mixed(plain png plain) related(html png)) attachedPng xls message) plain)", "1,5,6,7,14", "1,9,14", "6,10,11,12,13", Description = "the example of RFC 8621")]
    [TestCase("mixed(html pdf html)", "1,3", "1,3", "2")]
    [TestCase("alternative(plain mixed(html pdf html))", "1", "3,5", "4")]
    [TestCase("alternative(plain mixed(html png html))", "1", "3,4,5", "4")]
    [TestCase("mixed(png)", "1", "1", "")]
    [TestCase("related(png html)", "1", "1", "2")]
    [TestCase("related(attachedPng html)", "", "", "1,2")]
    [TestCase("alternative(png plain)", "2", "2", "1")]
    [TestCase("alternative(alternative(plain html) pdf)", "2", "3", "4")]
    [TestCase("alternative(mixed(plain png) mixed(html png))", "2,3", "5,6", "3,6")]
    [TestCase("mixed(plain message plain)", "1,3", "1,3", "2")]
    [TestCase("parallel(plain png)", "1,2", "1,2", "")]
    [TestCase("mixed(alternative(plain) html)", "2,3", "2,3", "")]
    public void Parts_are_chosen_by_shape(string shape, string text, string html, string attachments)
    {
        var message = Mails.Parse(Write(shape));
        var parts = message.AllParts().ToList();
        string Numbers(IEnumerable<MimePart> list) => string.Join(',', list.Select(p => parts.IndexOf(p)));
        Assert.Multiple(() =>
        {
            Assert.That(Numbers(message.TextBody), Is.EqualTo(text), "text");
            Assert.That(Numbers(message.HtmlBody), Is.EqualTo(html), "html");
            Assert.That(Numbers(message.Attachments), Is.EqualTo(attachments), "attachments");
        });
    }

    private static string Write(string shape)
    {
        int open = shape.IndexOf('(', StringComparison.Ordinal);
        if (open < 0)
            return Leaf(shape);
        string boundary = $"b{shape.Length}";
        return $"Content-Type: multipart/{shape[..open]}; boundary={boundary}\n\n"
            + string.Concat(Children(shape[(open + 1)..^1]).Select(c => $"--{boundary}\n{Write(c)}\n")) + $"--{boundary}--\n";
    }

    private static IEnumerable<string> Children(string shapes)
    {
        int depth = 0, start = 0;
        for (int i = 0; i <= shapes.Length; i++)
        {
            char c = i == shapes.Length ? ' ' : shapes[i];
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
            if (c != ' ' || depth > 0)
                continue;
            yield return shapes[start..i];
            start = i + 1;
        }
    }

    private static string Leaf(string kind) => kind switch
    {
        "plain" => "Content-Type: text/plain\n\nx",
        "html" => "Content-Type: text/html\n\n<p>x",
        "png" => "Content-Type: image/png\n\nx",
        "named" => "Content-Type: text/plain; name=a.txt\n\nx",
        "attachedPng" => "Content-Type: image/png\nContent-Disposition: attachment\n\nx",
        "attached" => "Content-Type: text/plain\nContent-Disposition: attachment\n\nx",
        "calendar" => "Content-Type: text/calendar\n\nx",
        "message" => "Content-Type: message/rfc822\n\nSubject: x\n\ny",
        _ => $"Content-Type: application/{kind}\n\nx",
    };
}
