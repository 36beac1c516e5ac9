using System.Text;
using MailInbox.Mail.Mime;

namespace MailInbox.Tests.Mime;

/// <summary>The hard cases of frames: delimiters, types and encodings that are not as they should be. A tree is written as <c>mixed(plain html)</c>.</summary>
public sealed class MimeFrameTests
{
    private const string Head = "Content-Type: multipart/mixed; boundary=b\n\n";
    private const string Typed = "Content-Type: text/plain\n\n";

    [TestCase("prefix inside", "boundary=a", "--a\nContent-Type: multipart/mixed; boundary=ab\n\n--ab\n\none\n--ab--\n--a\n\ntwo\n--a--\n", "mixed(mixed(one) two)")]
    [TestCase("prefix outside", "boundary=ab", "--ab\nContent-Type: multipart/mixed; boundary=a\n\n--a\n\none\n--a--\n--ab\n\ntwo\n--ab--\n", "mixed(mixed(one) two)")]
    [TestCase("looks like an end", "boundary=\"a--\"", "--a--\n\none\n--a----\n", "mixed(one)")]
    [TestCase("trailing blanks", "boundary=\"b  \"", "--b \t\n\none\n--b  \n\ntwo\n--b-- \n", "mixed(one two)")]
    [TestCase("colon and quotes", "boundary=\"a:'b c?\"", "--a:'b c?\n\none\n--a:'b c?--\n", "mixed(one)")]
    [TestCase("same name at two levels", "boundary=b", "--b\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\none\n--b--\n--b\n\ntwo\n--b--\n", "mixed(mixed(one) two)")]
    [TestCase("outer ends inner", "boundary=b", "--b\nContent-Type: multipart/mixed; boundary=c\n\n--c\n\none\n--b\n\ntwo\n--b--\n", "mixed(mixed(one) two)")]
    [TestCase("outer ends a message", "boundary=b", "--b\nContent-Type: message/rfc822\n\nSubject: in\nContent-Type: multipart/mixed; boundary=c\n\n--c\n\none\n--b\n\ntwo\n--b--\n", "mixed([mixed(one)] two)")]
    [TestCase("end and more parts", "boundary=b", "--b\n\none\n--b--\nepilogue\n--b\n\ntwo\n--b--\n", "mixed(one two)")]
    [TestCase("end missing", "boundary=b", "--b\n\none\n--b\n\ntwo", "mixed(one two)")]
    [TestCase("end on the last line", "boundary=b", "--b\n\none\n--b\n\ntwo--b--\n\n", "mixed(one two)")]
    [TestCase("end on the last line of an inner one", "boundary=b", "--b\nContent-Type: multipart/mixed; boundary=c\n\n--c\n\none--c--\n--b\n\ntwo\n--b--", "mixed(mixed(one) two)")]
    [TestCase("cut off at a delimiter", "boundary=b", "--b\n\none\n--b\n", "mixed(one)")]
    [TestCase("no boundary", "", "preamble\n--q\nContent-Type: text/plain\n\none\n--q\n\ntwo\n--q--\n", "mixed(one two)")]
    [TestCase("empty boundary", "boundary=\"\"", "--\nContent-Type: text/plain\n\none\n----\n", "mixed(one)")]
    [TestCase("boundary with its dashes", "boundary=\"--q\"", "--q\nContent-Type: text/plain\n\none\n--q--\n", "mixed(one)")]
    [TestCase("boundary with its dashes, nothing typed", "boundary=\"--q\"", "--q\n\none\n--q\n\ntwo\n--q--\n", "mixed(one two)")]
    [TestCase("boundary without its dashes", "boundary=q", "----q\n\none\n----q--\n", "mixed(one)")]
    [TestCase("boundary in single quotes", "boundary='q'", "--q\n\none\n--q--\n", "mixed(one)")]
    [TestCase("boundary in other letters", "boundary=Q", "--q\n\none\n--q--\n", "mixed(one)")]
    [TestCase("boundary and nearly the boundary", "boundary=q", "--Q\n\nno\n--q\n\none\n--q--\n", "mixed(one)")]
    [TestCase("a lost fold", "\nboundary=\"b:c\"", "--b:c\n\none\n--b:c--\n", "mixed(one)")]
    [TestCase("another boundary", "boundary=Q", "--q\nContent-Type: text/plain\n\none\n--q\n\ntwo\n--q--\n", "mixed(one two)")]
    [TestCase("another boundary inside", "boundary=b", "--b\nContent-Type: multipart/mixed; boundary=c\n\n--q\nContent-Type: text/plain\n\none\n--q--\n--b\n\ntwo\n--b--\n", "mixed(mixed(one) two)")]
    [TestCase("first delimiter lost", "boundary=b\nContent-Type: text/plain", "one\n--b\n\ntwo\n--b--\n", "mixed(one two)")]
    [TestCase("a rule of dashes", "boundary=b", "--b\n\none\n--\n-- \n--bb\n--b-\n--b--\n", "mixed(one|--|-- |--bb|--b-)")]
    public void Delimiters_are_read_leniently(string name, string boundary, string body, string tree)
    {
        foreach (string end in (string[])["\n", "\r\n", "\r", "\r\r\n"])
        {
            var message = Mails.Parse($"Subject: {name}\nContent-Type: multipart/mixed; {boundary}\n\n{body}".Replace("\n", end, StringComparison.Ordinal));
            Mails.CheckOffsets(message);
            Assert.That(Tree(message.Root), Is.EqualTo(tree), end);
        }
    }

    [TestCase(71)]
    [TestCase(2_048)]
    public void Boundaries_may_be_longer_than_allowed(int length)
    {
        string boundary = new('q', length);
        Assert.That(Tree(Mails.Parse($"Content-Type: multipart/mixed; boundary={boundary}\n\n--{boundary}\n\none\n--{boundary}--\n").Root), Is.EqualTo("mixed(one)"));
    }

    [TestCase("text", "text/plain")]
    [TestCase("html", "text/html")]
    [TestCase("multipart/multipart/mixed; boundary=b", "multipart/mixed")]
    [TestCase("text/html\nContent-Type: image/png", "text/html")]
    [TestCase("", "text/plain")]
    [TestCase("; charset=utf-8", "text/plain")]
    [TestCase("!!", "application/octet-stream")]
    public void The_first_type_counts_and_half_a_type_is_completed(string value, string media)
    {
        var message = Mails.Parse($"Content-Type: {value}\n\n--b\n\none\n--b--\n");
        Assert.That(message.Root.Type.Media, Is.EqualTo(media));
    }

    [TestCase("base64")]
    [TestCase("quoted-printable")]
    public void An_encoded_multipart_is_opened(string encoding)
    {
        string inner = "--=b\n" + Typed + "one\n--=b\nContent-Type: text/html\n\ntwo\n--=b--\n";
        string body = encoding == "base64" ? Convert.ToBase64String(Mails.Bytes(inner), Base64FormattingOptions.InsertLineBreaks) : inner.Replace("=", "=3D", StringComparison.Ordinal);
        string part = $"Content-Type: multipart/alternative; boundary=\"=b\"\nContent-Transfer-Encoding: {encoding}\n\n{body}\n";
        foreach (var message in (MimeMessage[])[Mails.Parse(part), Mails.Parse($"{Head}--b\n{part}--b\n\nthree\n--b--\n")])
        {
            Mails.CheckOffsets(message);
            Assert.That(message.TextBody[0].Text(), Is.EqualTo("one"));
            Assert.That(message.HtmlBody[0].Text(), Is.EqualTo("two"));
            Assert.That(message.Attachments, Is.Empty);
            Assert.That(message.Defects.Select(d => d.Code), Is.EqualTo((string[])[DefectCodes.EncodedMultipart]));
        }
    }

    [Test]
    public void A_multipart_that_only_says_it_is_encoded_is_read_as_it_stands()
    {
        var message = Mails.Parse("Content-Transfer-Encoding: quoted-printable\n" + Head + "--b\n\na=20b\n--b--\n");
        Assert.That(Tree(message.Root), Is.EqualTo("mixed(a=20b)"));
        Assert.That(message.Root.Encoding, Is.EqualTo("8bit"));
    }

    [Test]
    public void Encoded_multiparts_in_encoded_multiparts_end_at_a_limit()
    {
        string mail = Typed + "core";
        for (int i = 0; i < 12; i++)
            mail = $"Content-Type: multipart/mixed; boundary=b{i}\nContent-Transfer-Encoding: base64\n\n" + Convert.ToBase64String(Mails.Bytes($"--b{i}\n{mail}\n--b{i}--\n"));
        var message = Mails.Parse(mail);
        Assert.That(message.AllParts().Last().Type.Media, Is.EqualTo("application/octet-stream"));
        Assert.That(message.Defects.Select(d => d.Code), Does.Contain(DefectCodes.TooDeep));
    }

    [TestCase("text/plain", "garbage!!!!!", false)]
    [TestCase("text/plain", "This was never encoded.", true)]
    [TestCase("text/plain", "SGVsbG8=", true)]
    [TestCase("image/png", "This was never encoded.", false)]
    [TestCase("image/png", "iVBORw0KGgo=", true)]
    public void What_says_base64_and_is_none_is_shown_when_it_reads_as_text(string type, string body, bool shown)
    {
        var message = Mails.Parse($"Content-Type: {type}\nContent-Transfer-Encoding: base64\n\n{body}\n");
        Assert.That(message.TextBody, Has.Count.EqualTo(shown ? 1 : 0));
        Assert.That(message.Attachments, Has.Count.EqualTo(shown ? 0 : 1));
    }

    [TestCase("message/partial; id=a; number=1; total=2", false)]
    [TestCase("message/external-body; access-type=url", false)]
    [TestCase("message/delivery-status", false)]
    [TestCase("message/global", true)]
    [TestCase("message/rfc822", true)]
    public void Only_whole_messages_are_opened(string type, bool opened)
    {
        var part = Mails.Parse($"{Head}--b\nContent-Type: {type}\n\nSubject: inner\n\ntext\n--b--\n").Root.Parts[0];
        Assert.That(part.Message?.Subject, Is.EqualTo(opened ? "inner" : null));
        Assert.That(Encoding.ASCII.GetString(part.RawBody.Span), Is.EqualTo("Subject: inner\n\ntext"));
    }

    [Test]
    public void A_message_without_header_is_a_file_with_all_its_bytes()
    {
        var message = Mails.Parse($"{Head}--b\n\nsee below\n--b\nContent-Type: message/rfc822\nContent-Disposition: attachment; filename=a.eml\n\nnot a mail\n--b--\n");
        var file = message.Attachments.Single();
        Assert.That(file.Message, Is.Null);
        Assert.That(file.FileName, Is.EqualTo("a.eml"));
        Assert.That(Encoding.ASCII.GetString(file.Decode()), Is.EqualTo("not a mail"));
    }

    [TestCase("Subject: a\nHTTP/1.1 200 OK\nFrom: b@example.org\n\nbody", "b@example.org", "body")]
    [TestCase("Subject: a\nline one\n folded\nline two\nFrom: b@example.org\n\nbody", "b@example.org", "body")]
    [TestCase("garbage\nSubject: a\nFrom: b@example.org\n\nbody", "b@example.org", "body")]
    [TestCase("Subject: a\nHello Bob,\nplease note: this is text\n\nFrom: b@example.org\n", "", "Hello Bob,\nplease note: this is text\n\nFrom: b@example.org\n")]
    public void A_line_that_is_no_field_is_skipped_when_fields_follow(string mail, string from, string body)
    {
        var message = Mails.Parse(mail);
        Assert.Multiple(() =>
        {
            Assert.That(message.Subject, Is.EqualTo("a"));
            Assert.That(string.Join(' ', message.From), Is.EqualTo(from));
            Assert.That(message.Root.Text(), Is.EqualTo(body));
        });
    }

    [Test]
    public void The_text_of_a_part_without_header_is_not_eaten()
    {
        var message = Mails.Parse(Head + "--b\nDear Bob,\nFrom: here on it rains.\n--b--\n");
        Assert.That(message.TextBody.Single().Text(), Is.EqualTo("Dear Bob,\nFrom: here on it rains."));
    }

    [Test]
    public void Headers_end_at_their_limit_and_the_rest_is_body()
    {
        string mail = "Subject: a\n" + string.Concat(Enumerable.Repeat("X-Long: " + new string('x', 90) + "\n", 120_000)) + "\nbody";
        var message = Mails.Parse(mail);
        Assert.That(message.Root.HeadersEnd, Is.InRange(MimeLimits.Default.HeaderBlock - 200, MimeLimits.Default.HeaderBlock));
        Assert.That(message.Headers, Has.Count.LessThanOrEqualTo(MimeLimits.Default.Fields));
        Assert.That(message.Defects.Select(d => d.Code), Does.Contain(DefectCodes.HeaderTooLong));
        Assert.That(message.Root.End, Is.EqualTo(mail.Length));
    }

    private static string Tree(MimePart part)
    {
        if (part.Message != null)
            return $"[{Tree(part.Message.Root)}]";
        return part.Parts.Count == 0 ? part.Text().Replace('\n', '|') : $"{part.Type.Subtype}({string.Join(' ', part.Parts.Select(Tree))})";
    }
}
