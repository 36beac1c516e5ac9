using System.Text;
using System.Text.Json;
using MailInbox.Mail.Mime.Composing;
using MailInbox.Mail.Mime.Headers;

namespace MailInbox.Tests.Mime;

public sealed class MessageComposerTests
{
    private static readonly byte[] Png = [0x89, (byte)'P', (byte)'N', (byte)'G', 0, 1, 2, 3, 255];

    [Test]
    public void Text_alone_is_one_part()
    {
        JsonElement mail = PythonMail.Read(MessageComposer.Compose(Draft() with { Text = "Hello\nMina" }));
        Assert.That(Shape(mail), Is.EqualTo("text/plain"));
        Assert.That(mail.GetProperty("text").GetString(), Is.EqualTo("Hello\r\nMina"));
        Assert.That(mail.GetProperty("encoding").GetString(), Is.EqualTo("7bit"));
        Assert.That(Header(mail, "date"), Is.EqualTo("Sat, 03 May 2025 14:05:06 +0200"));
        Assert.That(Header(mail, "message-id"), Is.EqualTo("<1.2@example.com>"));
        Assert.That(Header(mail, "mime-version"), Is.EqualTo("1.0"));
    }

    [Test]
    public void Levels_stand_only_where_they_are_needed()
    {
        var file = new MailFile("a.pdf", "application/pdf", Png);
        var image = new MailFile("logo.png", "image/png", Png, "logo@example.com");
        MailDraft html = Draft() with { Text = "t", Html = "<p>t</p><img src='cid:logo@example.com'>" };
        string[] shapes =
        [
            Shape(Draft() with { Text = "t", Attachments = [file] }),
            Shape(html),
            Shape(html with { Attachments = [file, file] }),
            Shape(html with { Inline = [image] }),
            Shape(html with { Inline = [image], Attachments = [file] }),
            Shape(Draft() with { Text = "t", Inline = [image] }),
        ];
        Assert.That(shapes, Is.EqualTo((string[])
        [
            "multipart/mixed(text/plain,application/pdf)",
            "multipart/alternative(text/plain,text/html)",
            "multipart/mixed(multipart/alternative(text/plain,text/html),application/pdf,application/pdf)",
            "multipart/related(multipart/alternative(text/plain,text/html),image/png)",
            "multipart/mixed(multipart/related(multipart/alternative(text/plain,text/html),image/png),application/pdf)",
            "multipart/mixed(text/plain,image/png)",
        ]));
    }

    [Test]
    public void Html_without_text_gets_its_text()
    {
        JsonElement mail = PythonMail.Read(MessageComposer.Compose(Draft() with { Html = "<p>One</p><p>Zwei &amp; drei ü</p>" }));
        Assert.That(mail.GetProperty("parts")[0].GetProperty("text").GetString(), Is.EqualTo("One\r\n\r\nZwei & drei ü"));
        Assert.That(mail.GetProperty("parts")[1].GetProperty("text").GetString(), Is.EqualTo("<p>One</p><p>Zwei &amp; drei ü</p>"));
    }

    [Test]
    public void Attached_bytes_come_back_as_they_were()
    {
        byte[] bytes = [.. Enumerable.Range(0, 3000).Select(i => (byte)(i * 7))];
        byte[] written = MessageComposer.Compose(Draft() with { Attachments = [new MailFile("x.bin", "not a type", bytes), new MailFile("", "image/png", Array.Empty<byte>(), "c@d")] });
        JsonElement mail = PythonMail.Read(written);
        JsonElement part = mail.GetProperty("parts")[1];
        Assert.That(part.GetProperty("bytes").GetBytesFromBase64(), Is.EqualTo(bytes));
        Assert.That(part.GetProperty("type").GetString(), Is.EqualTo("application/octet-stream"));
        Assert.That(part.GetProperty("encoding").GetString(), Is.EqualTo("base64"));
        Assert.That(mail.GetProperty("parts")[2].GetProperty("cid").GetString(), Is.EqualTo("<c@d>"));
        Assert.That(Lines(written).Max(line => line.Length), Is.LessThanOrEqualTo(78));
    }

    [Test]
    public void An_attached_message_is_never_encoded()
    {
        byte[] plain = "Subject: inner\n\nbody\n"u8.ToArray();
        byte[] eight = Encoding.UTF8.GetBytes("Subject: grüße\r\n\r\nbödy\r\n");
        byte[] wide = Encoding.ASCII.GetBytes($"Subject: wide\r\n\r\n{new string('x', 2000)}\r\n");
        JsonElement mail = PythonMail.Read(MessageComposer.Compose(Draft() with
        {
            Attachments = [new MailFile("a.eml", "message/rfc822", plain), new MailFile("b.eml", "message/rfc822", eight), new MailFile("c.eml", "message/rfc822", wide)],
        }));
        JsonElement parts = mail.GetProperty("parts");
        Assert.That(parts.EnumerateArray().Skip(1).Select(part => part.GetProperty("encoding").GetString()), Is.EqualTo((string[])["7bit", "8bit", "base64"]));
        Assert.That(parts[1].GetProperty("subject").GetString(), Is.EqualTo("inner"));
        Assert.That(parts[3].GetProperty("type").GetString(), Is.EqualTo("application/octet-stream"));
        Assert.That(parts[3].GetProperty("bytes").GetBytesFromBase64(), Is.EqualTo(wide));
    }

    [TestCaseSource(nameof(Subjects))]
    public void A_subject_comes_back_as_it_was_typed(string subject)
    {
        byte[] written = MessageComposer.Compose(Draft() with { Subject = subject });
        Assert.That(Header(PythonMail.Read(written), "subject"), Is.EqualTo(subject));
        foreach (string line in HeaderLines(written)) Assert.That(line.Length, Is.LessThanOrEqualTo(78), line);
    }

    [Test]
    public void Every_encoded_word_is_whole_by_itself()
    {
        byte[] written = MessageComposer.Compose(Draft() with { Subject = string.Concat(Enumerable.Repeat("👩‍👩‍👧 日本語 é ", 40)) });
        string[] words = [.. HeaderLines(written).SelectMany(line => line.Split(' ')).Where(word => word.StartsWith("=?", StringComparison.Ordinal))];
        Assert.That(words, Has.Length.GreaterThan(10));
        var strict = new UTF8Encoding(false, throwOnInvalidBytes: true);
        foreach (string word in words)
        {
            Assert.That(word.Length, Is.LessThanOrEqualTo(75));
            Assert.That(() => strict.GetString(Convert.FromBase64String(word[10..^2])), Throws.Nothing, word);
        }
    }

    [TestCase("Привет, как дела сегодня? Ελληνικά και πάλι, zażółć gęślą jaźń")]
    [TestCase("éééééééééééééééééééééééééééééééééééééééééééééééééééééé")]
    public void Only_the_last_encoded_word_is_padded(string subject)
    {
        string mail = Encoding.ASCII.GetString(MessageComposer.Compose(Draft() with { Subject = subject }));
        string field = mail[mail.IndexOf("Subject:", StringComparison.Ordinal)..mail.IndexOf("Message-ID:", StringComparison.Ordinal)];
        Assert.That(field.Split("?=")[..^2], Is.Not.Empty.And.All.Not.EndsWith("="));
    }

    [TestCase("Mina")]
    [TestCase("Mina Example")]
    [TestCase("Example, Mina \"Mi\" \\ x")]
    [TestCase("Müller, Jörg")]
    [TestCase("山田 太郎")]
    [TestCase("=?utf-8?q?no?=")]
    [TestCase("a@b.example")]
    [TestCase("Very long name that goes on and on, with a comma so that it must be quoted, and then on and on for more than one line")]
    public void A_display_name_comes_back_as_it_was(string name)
    {
        var person = new MailAddress(name, "mina@example.com");
        byte[] written = MessageComposer.Compose(Draft() with { From = person, To = [person, person, new MailAddress("", "x@example.org")], ReplyTo = [person] });
        JsonElement mail = PythonMail.Read(written);
        foreach (string field in (string[])["from", "to", "reply-to"])
        {
            Assert.That(mail.GetProperty(field)[0][0].GetString(), Is.EqualTo(name));
            Assert.That(mail.GetProperty(field)[0][1].GetString(), Is.EqualTo("mina@example.com"));
        }
        Assert.That(mail.GetProperty("to")[2][1].GetString(), Is.EqualTo("x@example.org"));
        foreach (string line in HeaderLines(written)) Assert.That(line.Length, Is.LessThanOrEqualTo(78), line);
    }

    [TestCase("Rechnung.pdf", "Rechnung.pdf")]
    [TestCase("a \"b\" \\ c.txt", "a \"b\" \\ c.txt")]
    [TestCase("Übersicht für März.pdf", "Übersicht für März.pdf")]
    [TestCase("契約書の写し(最終版)二〇二五年五月.pdf", "契約書の写し(最終版)二〇二五年五月.pdf")]
    [TestCase("a;b=c, d'e%20f.txt", "a;b=c, d'e%20f.txt")]
    public void A_file_name_comes_back_as_it_was(string name, string expected)
    {
        byte[] written = MessageComposer.Compose(Draft() with { Attachments = [new MailFile(name, "text/plain", Png)] });
        string header = Unfolded(written, "Content-Disposition");
        Assert.That(Rfc2231(header) ?? PythonMail.Read(written).GetProperty("parts")[1].GetProperty("file").GetString(), Is.EqualTo(expected));
        Assert.That(header, Does.Contain("filename=\""), "the substitute for readers without RFC 2231");
        foreach (string line in Lines(written)) Assert.That(line.Length, Is.LessThanOrEqualTo(78), line);
    }

    [Test]
    public void A_very_long_file_name_keeps_its_ending()
    {
        byte[] written = MessageComposer.Compose(Draft() with { Attachments = [new MailFile(new string('名', 400) + ".xlsx", "text/plain", Png)] });
        string name = Rfc2231(Unfolded(written, "Content-Disposition"))!;
        Assert.That(name, Has.Length.LessThanOrEqualTo(255).And.EndsWith("名.xlsx"));
    }

    [Test]
    public void Text_with_long_lines_or_other_letters_is_quoted_printable()
    {
        string text = $"Grüße \n.\nFrom here\ntab\t\n{new string('=', 2000)}\n日本語 \r\nend ";
        byte[] written = MessageComposer.Compose(Draft() with { Text = text });
        JsonElement mail = PythonMail.Read(written);
        Assert.That(mail.GetProperty("encoding").GetString(), Is.EqualTo("quoted-printable"));
        Assert.That(mail.GetProperty("text").GetString(), Is.EqualTo(text.ReplaceLineEndings("\r\n")));
        string[] lines = Lines(written);
        Assert.That(lines.Max(line => line.Length), Is.LessThanOrEqualTo(78));
        Assert.That(lines, Has.None.EqualTo(".").And.None.StartsWith("From here"));
        Assert.That(written, Has.All.LessThan(0x80));
    }

    [Test]
    public void A_domain_in_other_letters_goes_out_in_ascii()
    {
        byte[] written = MessageComposer.Compose(Draft() with { To = [new MailAddress("", "info@Bücher.example"), new MailAddress("", "a..b@docomo.example")] });
        Assert.That(Unfolded(written, "To"), Is.EqualTo("info@xn--bcher-kva.example, \"a..b\"@docomo.example"));
    }

    [Test]
    public void Mail_to_blind_copies_alone_says_so()
    {
        byte[] written = MessageComposer.Compose(Draft() with { To = [] });
        Assert.That(Unfolded(written, "To"), Is.EqualTo("undisclosed-recipients:;"));
    }

    [Test]
    public void Ids_are_written_with_brackets_and_bad_ones_of_others_left_out()
    {
        MailDraft draft = Draft() with { InReplyTo = ["p@x"], References = ["a@x", "has space@x", "<b@x>", "", "ü@x", "p@x"], AutoSubmitted = "auto-replied" };
        byte[] written = MessageComposer.Compose(draft);
        Assert.That(Unfolded(written, "In-Reply-To"), Is.EqualTo("<p@x>"));
        Assert.That(Unfolded(written, "References"), Is.EqualTo("<a@x> <p@x>"));
        Assert.That(Unfolded(written, "Auto-Submitted"), Is.EqualTo("auto-replied"));
    }

    [Test]
    public void References_keep_the_first_and_the_last_twenty()
    {
        string[] parents = [.. Enumerable.Range(0, 50).Select(i => $"{i}@x")];
        IReadOnlyList<string> references = MessageComposer.ReferencesFor(parents, "parent@x");
        Assert.That(references, Is.EqualTo((string[])["0@x", .. parents[31..], "parent@x"]));
        Assert.That(MessageComposer.ReferencesFor([], "parent@x"), Is.EqualTo((string[])["parent@x"]));
        Assert.That(MessageComposer.ReferencesFor(["a@x", "a@x", "parent@x"], "parent@x"), Is.EqualTo((string[])["a@x", "parent@x"]));
        byte[] written = MessageComposer.Compose(Draft() with { References = parents });
        Assert.That(Unfolded(written, "References").Split(' '), Has.Length.EqualTo(21));
    }

    [Test]
    public void The_same_draft_with_the_same_boundaries_is_the_same_mail()
    {
        int count = 0;
        MailDraft draft = Draft() with { Html = "<p>x</p>", Attachments = [new MailFile("a", "a/b", Png)], Boundary = () => $"b{count++ % 2}" };
        byte[] first = MessageComposer.Compose(draft);
        Assert.That(MessageComposer.Compose(draft), Is.EqualTo(first));
        Assert.That(count, Is.EqualTo(4));
    }

    [TestCaseSource(nameof(Broken))]
    public void What_would_break_out_of_a_header_is_refused(string field, MailDraft draft)
    {
        var refusal = Assert.Throws<ArgumentException>(() => MessageComposer.Compose(draft));
        Assert.That(refusal!.ParamName, Is.EqualTo(field));
    }

    [TestCase("")]
    [TestCase("a")]
    [TestCase("@b")]
    [TestCase("a@")]
    [TestCase("a@b@c.example")]
    [TestCase("a b@c.example")]
    [TestCase("a@b c.example")]
    [TestCase("a@b.example\r\nBcc: x@y")]
    [TestCase("a@-b.example")]
    [TestCase("a@b..example")]
    [TestCase("a,b@c.example")]
    [TestCase("<a@b.example>")]
    [TestCase("a@[]")]
    [TestCase("ü@b.example")]
    [TestCase("\"a\"b\"@c.example")]
    [TestCase("a\u0001@b.example")]
    [TestCase("=?utf-8?q?a=40c.example=3E?=@b.example")]
    [TestCase("\"=?x?B?QQ\"@b.example")]
    public void An_address_no_server_takes_is_refused(string address)
    {
        var refusal = Assert.Throws<ArgumentException>(() => MessageComposer.Compose(Draft() with { Cc = [new MailAddress("", address)] }));
        Assert.That(refusal!.ParamName, Is.EqualTo("Cc"));
    }

    private static IEnumerable<TestCaseData> Broken()
    {
        foreach (string bad in (string[])["a\rb", "a\nb", "a\0b", "a\r\nBcc: x@y"])
        {
            yield return Refusal(bad, "Subject", Draft() with { Subject = bad });
            yield return Refusal(bad, "From", Draft() with { From = new MailAddress(bad, "a@b.example") });
            yield return Refusal(bad, "To", Draft() with { To = [new MailAddress(bad, "a@b.example")] });
            yield return Refusal(bad, "ReplyTo", Draft() with { ReplyTo = [new MailAddress(bad, "a@b.example")] });
            yield return Refusal(bad, "MessageId", Draft() with { MessageId = bad });
            yield return Refusal(bad, "InReplyTo", Draft() with { InReplyTo = [bad] });
            yield return Refusal(bad, "References", Draft() with { References = ["x@y", bad] });
            yield return Refusal(bad, "AutoSubmitted", Draft() with { AutoSubmitted = bad });
            yield return Refusal(bad, "Attachments", Draft() with { Attachments = [new MailFile(bad, "a/b", Png)] });
            yield return Refusal(bad, "Attachments", Draft() with { Attachments = [new MailFile("a", bad, Png)] });
            yield return Refusal(bad, "Inline", Draft() with { Inline = [new MailFile("a", "a/b", Png, bad)] });
        }
    }

    private static TestCaseData Refusal(string bad, string field, MailDraft draft) =>
        new TestCaseData(field, draft).SetArgDisplayNames(field, bad.Replace("\r", "CR", StringComparison.Ordinal).Replace("\n", "LF", StringComparison.Ordinal).Replace("\0", "NUL", StringComparison.Ordinal));

    private static readonly string[] Subjects =
    [
        "Hello",
        "",
        "Re: your order 12345 and a subject so long that it must be folded, more than once even, over three lines or so, who knows",
        "Grüße aus München",
        "Größe, Maße und Straße: eine Übersicht über alles, was für die Bestellung nötig ist, und noch ein wenig mehr",
        "これは日本語の長い件名で、いくつもの符号化された語に分けられなければなりません。どうでしょうか。",
        "🎉👩‍👩‍👧‍👦🏳️‍🌈 emoji 🎉👩‍👩‍👧‍👦🏳️‍🌈 emoji 🎉👩‍👩‍👧‍👦🏳️‍🌈",
        "=?utf-8?q?already?= looks encoded",
        "two  spaces and \ttab",
        "Привет, мир",
    ];

    private static MailDraft Draft() => new()
    {
        From = new MailAddress("Support", "help@example.com"),
        To = [new MailAddress("Mina", "mina@example.org")],
        Subject = "Hello",
        Date = new DateTimeOffset(2025, 5, 3, 14, 5, 6, TimeSpan.FromHours(2)),
        MessageId = "1.2@example.com",
    };

    private static string Shape(MailDraft draft) => Shape(PythonMail.Read(MessageComposer.Compose(draft)));

    private static string Shape(JsonElement part)
    {
        Assert.That(part.GetProperty("defects").GetArrayLength(), Is.Zero);
        string type = part.GetProperty("type").GetString()!;
        return part.TryGetProperty("parts", out JsonElement parts) ? $"{type}({string.Join(',', parts.EnumerateArray().Select(Shape))})" : type;
    }

    private static string Header(JsonElement mail, string name) => mail.GetProperty("headers").GetProperty(name).GetString()!;

    private static string[] Lines(byte[] mail)
    {
        string text = Encoding.Latin1.GetString(mail);
        Assert.That(text.Replace("\r\n", "", StringComparison.Ordinal), Does.Not.Contain('\r').And.Not.Contain('\n'));
        return text.Split("\r\n");
    }

    private static IEnumerable<string> HeaderLines(byte[] mail) => Lines(mail).TakeWhile(line => line.Length > 0);

    private static string Unfolded(byte[] mail, string name)
    {
        string text = "\r\n" + Encoding.Latin1.GetString(mail);
        int start = text.LastIndexOf($"\r\n{name}: ", StringComparison.Ordinal) + name.Length + 4;
        int end = text.IndexOf("\r\n", start, StringComparison.Ordinal);
        while (text[end + 2] == ' ') end = text.IndexOf("\r\n", end + 2, StringComparison.Ordinal);
        return text[start..end].Replace("\r\n", "", StringComparison.Ordinal);
    }

    /// <summary>The value in RFC 2231, read plainly: Python prefers the substitute when both are there.</summary>
    private static string? Rfc2231(string header)
    {
        string[] pieces = [.. header.Split("; ").Where(piece => piece.StartsWith("filename*", StringComparison.Ordinal)).Select(piece => piece[(piece.IndexOf('=', StringComparison.Ordinal) + 1)..])];
        return pieces.Length == 0 ? null : Uri.UnescapeDataString(string.Concat(pieces)["utf-8''".Length..]);
    }
}
