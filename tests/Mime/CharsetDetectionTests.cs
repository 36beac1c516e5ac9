using System.Text;
using MailInbox.Mail.Mime;
using MailInbox.Mail.Mime.CodePages;
using MailInbox.Mail.Mime.Decoding;
using MailInbox.Tests.Support;

namespace MailInbox.Tests.Mime;

/// <summary>Undeclared and wrongly labelled 8-bit text is read by what the bytes say; Latin text is never taken for anything else.</summary>
public sealed class CharsetDetectionTests
{
    [Test]
    public void Western_text_stays_western()
    {
        List<string> wrong = [.. Wrong(CharsetSentences.Western).Select(w => $"{w.Page}: {w.Text}")];
        Assert.That(wrong, Is.Empty);
    }

    [Test]
    public void Western_text_stays_western_in_any_mixture()
    {
        var random = new Random(5);
        string[][] words = [.. CharsetSentences.Western.Select(l => l.Sentences.SelectMany(s => s.Split(' ')).ToArray())];
        var wrong = new List<string>();
        for (int i = 0; i < 5_000; i++)
        {
            string text = string.Join(' ', random.GetItems(words[i % words.Length], random.Next(1, 12)));
            byte[] bytes = CodePagesEncodingProvider.Instance.GetEncoding(1252)!.GetBytes(text);
            int page = CharsetDetector.Detect(bytes);
            if (CharsetDecoder.Of(page).Text(bytes) != text)
                wrong.Add($"{page} {text}");
            Assert.That(page, Is.Not.AnyOf(932, 949, 950, 51932, 54936), text);
        }
        Figures.Say($"western words in any mixture: {wrong.Count} of 5000 not western: {string.Join(" | ", wrong.Take(20))}");
        Assert.That(wrong, Has.Count.LessThanOrEqualTo(25));
    }

    [Test]
    public void Other_languages_are_told()
    {
        var lines = new List<string>();
        int all = 0, right = 0;
        foreach (var language in CharsetSentences.Others)
        {
            foreach (int page in language.Pages)
            {
                var encoded = language.Encoded().Where(e => e.Page == page).ToList();
                var wrong = Wrong([language]).Where(w => w.Page == page).ToList();
                lines.Add($"{language.Name} {page}: {encoded.Count - wrong.Count} of {encoded.Count}{string.Concat(wrong.Select(w => $" | {w.Found} {(w.Text.Length > 40 ? w.Text[..40] : w.Text).Replace("\r\n", " ", StringComparison.Ordinal)}"))}");
                all += encoded.Count;
                right += encoded.Count - wrong.Count;
            }
        }
        Figures.Say($"charset detection: {right} of {all}\n{string.Join('\n', lines)}");
        Assert.That(right, Is.GreaterThanOrEqualTo(all * 0.93), string.Join('\n', lines));
    }

    [Test]
    public void Whole_letters_are_always_told()
    {
        IEnumerable<string> wrong = from language in CharsetSentences.Others
                                    from text in language.Encoded()
                                    where text.Text.Contains('\n', StringComparison.Ordinal)
                                    let read = Charsets.Decode(text.Bytes, "")
                                    where read != text.Text
                                    select $"{language.Name} {text.Page}";
        Assert.That(wrong, Is.Empty);
    }

    [TestCase("us-ascii")]
    [TestCase("unknown-8bit")]
    [TestCase("x-unknown")]
    [TestCase("utf-8")]
    [TestCase("iso-2022-jp")]
    public void A_label_that_cannot_be_true_does_not_count(string label)
    {
        const string Text = "Здравствуйте, мы хотели бы узнать, когда будет доставлен стол.";
        byte[] bytes = CodePagesEncodingProvider.Instance.GetEncoding(20866)!.GetBytes(Text);
        Assert.That(Charsets.Decode(bytes, label), Is.EqualTo(Text));
    }

    [TestCase("koi8-r", "koi8-r", "windows-1251", "Дорогие друзья")]
    [TestCase("", "windows-1251", "windows-1251", "Да")]
    [TestCase("utf-8", "windows-1251", "windows-1251", "Да")]
    [TestCase("us-ascii", "gb2312", "gb2312", "在")]
    [TestCase("", "utf-16", "utf-8", "ä")]
    [TestCase("iso-8859-2", "iso-8859-2", "utf-8", "ąę")]
    public void The_header_wins_over_the_page_unless_it_is_absent_or_impossible(string header, string real, string meta, string text)
    {
        byte[] bytes = Encoding.Latin1.GetBytes($"<meta http-equiv=\"Content-Type\" content=\"text/html; charset={meta}\">");
        bytes = [.. bytes, .. real == "utf-16" ? Encoding.UTF8.GetBytes(text) : CodePagesEncodingProvider.Instance.GetEncoding(real)!.GetBytes(text)];
        string type = header.Length == 0 ? "text/html" : $"text/html; charset={header}";
        var part = MimeParser.Parse((byte[])[.. Encoding.ASCII.GetBytes($"Content-Type: {type}\n\n"), .. bytes]).Root;
        Assert.That(part.Text(), Does.EndWith(text));
    }

    [Test]
    public void Header_values_are_told_too()
    {
        byte[] subject = CodePagesEncodingProvider.Instance.GetEncoding(1251)!.GetBytes("Subject: Срочно: счёт на оплату\n\n");
        Assert.That(MimeParser.Parse(subject).Subject, Is.EqualTo("Срочно: счёт на оплату"));
    }

    [Test]
    public void UTF_8_with_lost_bytes_stays_UTF_8()
    {
        byte[] bytes = Encoding.UTF8.GetBytes("Grüße aus München, schöne Grüße");
        Assert.That(Charsets.Decode(bytes.AsSpan(0, bytes.Length - 2), ""), Does.StartWith("Grüße aus München, schöne Gr").And.EndsWith("\uFFFD"));
    }

    private static IEnumerable<(int Page, int Found, string Text)> Wrong(IEnumerable<CharsetSentences.Language> languages) =>
        from language in languages
        from text in language.Encoded()
        let found = CharsetDetector.Detect(text.Bytes)
        where found != text.Page && CharsetDecoder.Of(found).Text(text.Bytes) != text.Text
        select (text.Page, found, text.Text);
}
