using System.Text;
using MailInbox.Mail.Mime;

namespace MailInbox.Tests.Mime;

public sealed class MimeParserTests
{
    [Test]
    public void A_plain_mail_has_one_part_that_is_its_text()
    {
        var message = Mails.Parse(Mails.Plain);
        Assert.Multiple(() =>
        {
            Assert.That(message.Subject, Is.EqualTo("Printer"));
            Assert.That(message.From.Single().ToString(), Is.EqualTo("Anna Example <anna@example.org>"));
            Assert.That(message.Date, Is.EqualTo(new DateTimeOffset(2025, 11, 3, 10, 20, 30, TimeSpan.FromHours(1))));
            Assert.That(message.MessageId, Is.EqualTo("one@example.org"));
            Assert.That(message.TextBody.Single().Text(), Is.EqualTo("The printer is on fire.\n"));
            Assert.That(message.HtmlBody, Is.EqualTo(message.TextBody));
            Assert.That(message.Root.Id, Is.EqualTo("1"));
            Assert.That(message.Defects, Is.Empty);
            Assert.That(Encoding.ASCII.GetString(message.RawBody.Span), Is.EqualTo("The printer is on fire.\n"));
        });
    }

    [TestCase("\n")]
    [TestCase("\r\n")]
    [TestCase("\r")]
    [TestCase("\r\r\n")]
    public void Structure_is_the_same_with_every_line_end(string lineEnd)
    {
        var message = Mails.Parse(Mails.Mixed.Replace("\n", lineEnd, StringComparison.Ordinal));
        Mails.CheckOffsets(message);
        var inner = message.Attachments[1].Message!;
        Assert.Multiple(() =>
        {
            Assert.That(message.Subject, Is.EqualTo("Grüße"));
            Assert.That(message.AllParts().Select(p => $"{p.Id} {p.Type}"), Is.EqualTo((string[])
                ["TEXT multipart/mixed", "1 multipart/alternative", "1.1 text/plain", "1.2 text/html", "2 application/pdf", "3 message/rfc822"]));
            Assert.That(message.TextBody.Single().Text(), Is.EqualTo("Grüß Gott"));
            Assert.That(message.HtmlBody.Single().Text(), Is.EqualTo("<p>Hello</p>"));
            Assert.That(message.Attachments.Select(a => a.FileName), Is.EqualTo((string[])["bill.pdf", "Inner mail.eml"]));
            Assert.That(message.Attachments[0].Decode(), Is.EqualTo("%PDF-1"u8.ToArray()));
            Assert.That(inner.AllParts().Select(p => p.Id), Is.EqualTo((string[])["3.TEXT", "3.1", "3.2"]));
            Assert.That(inner.Root.Parts[1].ContentId, Is.EqualTo("logo@x"));
            Assert.That(message.Find("3.2"), Is.SameAs(inner.Root.Parts[1]));
            Assert.That(message.Defects.Select(d => d.Code), Is.EqualTo((string[])(lineEnd switch { "\r" => ["bare-return"], "\r\r\n" => ["double-return"], _ => [] })));
        });
    }

    [Test]
    public void An_encoded_message_is_opened_in_its_own_bytes()
    {
        var inner = Mails.Parse(Mails.Encoded).Attachments.Single().Message!;
        Assert.That(inner.Subject, Is.EqualTo("inner"));
        Assert.That(inner.Root.Id, Is.EqualTo("2.1"));
        Assert.That(inner.TextBody.Single().Text(), Is.EqualTo("hello\n"));
    }

    [Test]
    public void Mailbox_lines_blank_lines_and_odd_spellings_are_read_over()
    {
        var message = Mails.Parse(Mails.Odd);
        Assert.Multiple(() =>
        {
            Assert.That(message.Defects.Select(d => d.Code), Is.EqualTo((string[])["nul", "leading-blank-lines", "mbox-from"]));
            Assert.That(message.From.Select(a => a.ToString()), Is.EqualTo((string[])["Doe, Jane <jane@example.org>", "x@y.example", "Jörg <j@z.example>"]));
            Assert.That(message.Subject, Is.EqualTo("résumé é"));
            Assert.That(message.References, Is.EqualTo((string[])["a@b", "c@d"]));
            Assert.That(message.Root.FileName, Is.EqualTo("naïve.txt"));
            Assert.That(message.Root.Text(), Is.EqualTo("body\n--b\nmore\n"));
        });
    }

    [TestCase("Subject: a\nno colon here\n\nx", "no-blank-line", "no colon here\n\nx")]
    [TestCase("Subject: a\n", "", "")]
    [TestCase("", "", "")]
    [TestCase("\n\n\n", "", "\n\n")]
    [TestCase("just text\nand more", "no-blank-line", "just text\nand more")]
    [TestCase("Subject: a\r\r\n\r\r\nbody", "double-return", "body")]
    [TestCase("Subject: a\rX-B: b\r\rbody", "bare-return", "body")]
    [TestCase("Content-Type: multipart/mixed\n\n--b\n\nx", "boundary-missing", "--b\n\nx")]
    [TestCase("Content-Type: multipart/mixed; boundary=q\n\nnothing here", "boundary-not-found", "nothing here")]
    public void Broken_frames_lose_no_text(string mail, string defect, string body)
    {
        var message = Mails.Parse(mail);
        Assert.That(string.Join(' ', message.Defects.Select(d => d.Code)), Is.EqualTo(defect));
        Assert.That(message.TextBody.Single().Text(), Is.EqualTo(body));
    }

    [Test]
    public void An_outer_boundary_ends_what_is_open_inside()
    {
        var message = Mails.Parse("Content-Type: multipart/mixed; boundary=a\n\n--a\nContent-Type: multipart/mixed; boundary=ab\n\n--ab\n\none\n--a\n\ntwo\n--a--\n");
        Assert.That(message.Root.Parts.Select(p => p.Parts.Count), Is.EqualTo((int[])[1, 0]));
        Assert.That(message.TextBody.Select(p => p.Text()), Is.EqualTo((string[])["one", "two"]));
        Assert.That(message.Defects.Single().Code, Is.EqualTo("boundary-end-missing"));
    }

    [Test]
    public void A_delimiter_ends_a_header_and_may_contain_a_colon()
    {
        var message = Mails.Parse("Content-Type: multipart/mixed; boundary=\"x:y\"\n\n--x:y\nContent-Type: text/plain\n--x:y\n\ntwo\n--x:y--\n");
        Assert.That(message.TextBody.Select(p => p.Text()), Is.EqualTo((string[])["", "two"]));
    }

    [Test]
    public void Parts_behind_the_end_still_belong_to_the_multipart()
    {
        var message = Mails.Parse("Content-Type: multipart/mixed; boundary=a\n\n--a\n\none\n--a--\n--a\n\ntwo\n--a--\n");
        Assert.That(message.TextBody.Select(p => p.Text()), Is.EqualTo((string[])["one", "two"]));
    }

    [Test]
    public void Parts_of_a_digest_are_messages()
    {
        var message = Mails.Parse("Content-Type: multipart/digest; boundary=a\n\n--a\n\nSubject: one\n\nx\n--a\nContent-Type: text/plain\n\ny\n--a--\n");
        Assert.That(message.Root.Parts[0].Message?.Subject, Is.EqualTo("one"));
        Assert.That(message.Root.Parts[1].Message, Is.Null);
    }

    [Test]
    public void The_first_header_of_a_kind_decides_and_all_are_kept()
    {
        var headers = Mails.Parse("Content-Type: text/html\nSUBJECT: a\nsubject :b\ncontent-type: image/png\nX-Long: one\n two\n\n").Headers;
        Assert.Multiple(() =>
        {
            Assert.That(headers.Text("Subject"), Is.EqualTo("a"));
            Assert.That(headers.Texts("Subject"), Is.EqualTo((string[])["a", "b"]));
            Assert.That(headers.All("content-TYPE").Select(f => f.Text), Is.EqualTo((string[])["text/html", "image/png"]));
            Assert.That(Encoding.ASCII.GetString(headers.RawOf("x-long").Span), Is.EqualTo("X-Long: one\n two\n"));
            Assert.That(headers.First("subject")!.Name, Is.EqualTo("SUBJECT"));
            Assert.That(headers, Has.Count.EqualTo(5));
            Assert.That(headers.Has("nothing"), Is.False);
        });
    }

    [Test]
    public void Limits_leave_the_rest_in_one_part()
    {
        var deep = new StringBuilder();
        for (int i = 0; i < 20; i++)
            deep.Append("Content-Type: multipart/mixed; boundary=b").Append(i).Append("\n\n--b").Append(i).Append('\n');
        var nested = Mails.Parse(deep.ToString(), new MimeLimits { Depth = 5 });
        Assert.That(nested.AllParts().Last().Depth, Is.EqualTo(5));
        Assert.That(nested.Defects.Select(d => d.Code), Does.Contain("too-deep"));

        string many = "Content-Type: multipart/mixed; boundary=b\n\n" + string.Concat(Enumerable.Repeat("--b\n\nx\n", 50));
        var wide = Mails.Parse(many, new MimeLimits { Parts = 10 });
        Assert.That(wide.Root.Parts, Has.Count.EqualTo(10));
        Assert.That(wide.Root.Parts[^1].End, Is.EqualTo(many.Length));
        Assert.That(wide.Defects.Select(d => d.Code), Does.Contain("too-many-parts"));

        var tall = Mails.Parse(string.Concat(Enumerable.Repeat("A: b\n", 50)) + "\nbody", new MimeLimits { Fields = 10 });
        Assert.That(tall.Headers, Has.Count.EqualTo(10));
        Assert.That(tall.Root.Text(), Is.EqualTo("body"));
    }
}
