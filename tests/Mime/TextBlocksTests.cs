using System.Text;
using FsCheck;
using FsCheck.Fluent;
using MailInbox.Mail.Mime;

namespace MailInbox.Tests.Mime;

public sealed class TextBlocksTests
{
    private const string Hello = "begin 644 hello world.txt\n%:&5L;&\\ \n`\nend\n";

    [TestCase("x\n" + Hello + "y\n", "x\ny\n", "hello world.txt=hello")]
    [TestCase("x\n" + Hello + "y\n" + Hello, "x\ny\n", "hello world.txt=hello, hello world.txt=hello")]
    [TestCase("begin 600 ../../a.sh\n%:&5L;&\\\n \nend  \nafter", "after", "a.sh=hello")]
    [TestCase("begin 0644\n%:&5L;&\\\n\nend\n", "", "attachment-1=hello")]
    [TestCase("begin-base64 644 a.txt\naGVsbG8=\n====\nrest", "rest", "a.txt=hello")]
    [TestCase("begin 644 a\n`\nend\n", "", "a=")]
    [TestCase("begin 644 a.txt\n%:&5L;&\\ \n%:&5L;&\\ ", "", "a.txt=hellohello")]
    [TestCase("begin 644 a.txt\n%:&5L;&\\ \nand then words", "and then words", "a.txt=hello")]
    [TestCase("We\nbegin 644 times\nand then we stop.\nend\n", "We\nbegin 644 times\nand then we stop.\nend\n", "")]
    [TestCase("begin 123 IN CAPITALS\nTHE LINE IS LOUD\nNO MORE", "begin 123 IN CAPITALS\nTHE LINE IS LOUD\nNO MORE", "")]
    [TestCase("begin 644 a.txt\nend\n", "begin 644 a.txt\nend\n", "")]
    [TestCase("begin 644 the list --  ;\n.\nend\n", "begin 644 the list --  ;\n.\nend\n", "")]
    [TestCase("begin the day\nM well", "begin the day\nM well", "")]
    [TestCase("We begin 644 a\n%:&5L;&\\ \n`\nend\n", "We begin 644 a\n%:&5L;&\\ \n`\nend\n", "")]
    [TestCase("=ybegin is a keyword\nof yEnc", "=ybegin is a keyword\nof yEnc", "")]
    public void Files_are_taken_out_of_a_text(string body, string text, string files)
    {
        foreach (string breaks in (string[])["\n", "\r\n"])
        {
            var mail = Mails.Parse("Subject: x\n\n" + body.ReplaceLineEndings(breaks));
            Assert.That(mail.TextBody.Single().Text(), Is.EqualTo(text));
            Assert.That(string.Join(", ", mail.Attachments.Select(p => $"{p.FileName}={p.Text()}")), Is.EqualTo(files));
            Assert.That(Encoding.ASCII.GetString(mail.TextBody.Single().Decode()), Is.EqualTo(body.ReplaceLineEndings(breaks)));
        }
    }

    [Test]
    public void A_file_knows_its_place_and_its_type()
    {
        var mail = Mails.Parse("Subject: x\n\nsee\nbegin 644 a.png\n%:&5L;&\\ \n`\nend\nbye");
        var file = mail.Attachments.Single();
        Assert.That(file, Has.Property("Id").EqualTo("1.1").And.Property("Encoding").EqualTo("binary").And.Property("Disposition").EqualTo("attachment"));
        Assert.That(file.Type.Media, Is.EqualTo("image/png"));
        string raw = Encoding.ASCII.GetString(mail.Raw.Span[file.Begin..file.End]);
        Assert.That(raw, Does.StartWith("begin 644").And.EndWith("end\n"));
        Assert.That(mail.Find("1.1"), Is.SameAs(file));
    }

    [TestCase("quoted-printable", "Gr=C3=BC=C3=9Fe\nbegin 644 a.txt\n%:&5L;&\\=20\n`\nend\n", "Grüße\n")]
    [TestCase("base64", "eApiZWdpbiA2NDQgYS50eHQKJTomNUw7JlwgCmAKZW5kCg==", "x\n")]
    public void Encoded_texts_are_looked_into(string encoding, string body, string text)
    {
        var mail = Mails.Parse($"Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: {encoding}\n\n{body}");
        Assert.That(mail.TextBody.Single().Text(), Is.EqualTo(text));
        Assert.That(mail.Attachments.Single().Text(), Is.EqualTo("hello"));
    }

    [Test]
    public void The_beginning_of_a_text_holds_no_half_file()
    {
        var part = Mails.Parse("Subject: x\n\nabc\n" + Hello + "def\n").Root;
        Assert.That(part.Text(20), Is.EqualTo("abc\ndef\n"));
        Assert.That(part.Text(5), Is.EqualTo("abc\nb"));
    }

    [Test]
    public void Files_stand_behind_the_part_that_holds_them()
    {
        var mail = Mails.Parse("Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: application/pdf\n\n1\n--b\n\n" + Hello + "--b\nContent-Type: application/pdf\n\n3\n--b--\n");
        Assert.That(mail.Attachments.Select(p => p.Id), Is.EqualTo(["1", "2.1", "3"]));
    }

    [Test]
    public void Texts_of_embedded_messages_are_opened_there()
    {
        var mail = Mails.Parse("Content-Type: multipart/mixed; boundary=b\n\n--b\n\ntext\n--b\nContent-Type: message/rfc822\n\nSubject: i\n\n" + Hello + "\n--b--\n");
        Assert.That(mail.Attachments.Select(p => p.Id), Is.EqualTo(["2"]));
        Assert.That(mail.Attachments[0].Message!.Attachments.Single().Id, Is.EqualTo("2.1.1"));
        Assert.That(mail.Find("2.1.1")!.Text(), Is.EqualTo("hello"));
    }

    [Test]
    public void YEnc_gives_its_bytes_and_tells_of_damage()
    {
        byte[] data = [.. Enumerable.Range(0, 256).Select(i => (byte)i)];
        var mail = MimeParser.Parse(YEnc(data, "size=256 crc32=29058c73"));
        var wrong = MimeParser.Parse(YEnc(data, "size=256 crc32=29058c74"));
        var shorter = MimeParser.Parse(YEnc(data[..200], "size=256"));
        var piece = MimeParser.Parse(YEnc(data, "size=256 part=1 pcrc32=29058C73 crc32=00000000", "part=1 total=2 ", "=ypart begin=1 end=256\r\n"));
        Assert.Multiple(() =>
        {
            Assert.That(mail.Attachments.Single().Decode(), Is.EqualTo(data));
            Assert.That(mail.Attachments.Single().FileName, Is.EqualTo("all bytes.bin"));
            Assert.That(mail.TextBody.Single().Text(), Is.EqualTo("before\nafter"));
            Assert.That(mail.Defects, Is.Empty);
            Assert.That(wrong.Attachments.Single().Decode(), Is.EqualTo(data));
            Assert.That(wrong.Defects.Single().Code, Is.EqualTo("yenc-damaged"));
            Assert.That(shorter.Attachments.Single().Decode(), Has.Length.EqualTo(200));
            Assert.That(shorter.Defects.Single().Code, Is.EqualTo("yenc-damaged"));
            Assert.That(piece.Attachments.Single().Decode(), Is.EqualTo(data));
            Assert.That(piece.Defects, Is.Empty);
        });
    }

    [Test]
    public void Blanks_lost_at_the_end_of_a_line_are_zeros_in_a_whole_part_too()
    {
        var part = Mails.Parse("Content-Type: application/octet-stream\nContent-Transfer-Encoding: x-uuencode\n\nbegin 644 a\n&86)C\n`\nend\n").Root;
        Assert.That(part.Decode(), Is.EqualTo("abc\0\0\0"u8.ToArray()));
        Assert.That(part.DecodedSize(), Is.EqualTo(6));
        part = Mails.Parse($"Content-Type: application/octet-stream\nContent-Transfer-Encoding: x-uuencode\n\nbegin 644 a\n{string.Concat(Enumerable.Repeat("M\n", 1_000))}`\nend\n").Root;
        Assert.That(part.Decode(), Has.Length.EqualTo(part.DecodedSize()).And.Length.LessThan(2 * part.RawBody.Length));
    }

    [Test]
    public void Any_bytes_come_back_from_uuencode() =>
        Prop.ForAll<byte[], bool>((bytes, trimmed) =>
        {
            var mail = Mails.Parse($"Subject: x\n\nhi\n{Uuencode(bytes, trimmed)}bye\n");
            return mail.Attachments.Single().Decode().SequenceEqual(bytes) && mail.TextBody.Single().Text() == "hi\nbye\n";
        }).QuickCheckThrowOnFailure();

    [Test]
    public void Lines_of_lost_blanks_do_not_make_a_small_mail_large()
    {
        string body = "begin 644 a\n" + string.Concat(Enumerable.Repeat("M\n", 500_000)) + "`\nend\n";
        var mail = Mails.Parse("Subject: x\n\n" + body);
        Assert.That(mail.Attachments.Single().Decode().Length, Is.LessThan(5 * body.Length));
        Assert.That(mail.Defects.Single().Code, Is.EqualTo("uuencode-damaged"));
    }

    private static byte[] YEnc(byte[] data, string end, string begin = "", string part = "")
    {
        var body = new List<byte>();
        foreach (byte b in data)
        {
            byte c = unchecked((byte)(b + 42));
            if (c is 0 or 10 or 13 or (byte)'=')
                body.AddRange([(byte)'=', unchecked((byte)(c + 64))]);
            else
                body.Add(c);
            if (body.Count % 100 == 0)
                body.AddRange("\r\n"u8);
        }
        return [.. Encoding.ASCII.GetBytes($"Content-Transfer-Encoding: 8bit\r\n\r\nbefore\r\n=ybegin {begin}line=128 size=256 name=all bytes.bin\r\n{part}"), .. body, .. Encoding.ASCII.GetBytes($"\r\n=yend {end}\r\nafter")];
    }

    private static string Uuencode(byte[] bytes, bool trimmed)
    {
        var text = new StringBuilder("begin 644 any.bin\n");
        foreach (byte[] line in bytes.Chunk(45))
        {
            var written = new StringBuilder().Append((char)(' ' + line.Length));
            for (int i = 0; i < line.Length; i += 3)
            {
                int bits = (line[i] << 16) | ((i + 1 < line.Length ? line[i + 1] : 0) << 8) | (i + 2 < line.Length ? line[i + 2] : 0);
                for (int shift = 18; shift >= 0; shift -= 6)
                    written.Append((char)(' ' + ((bits >> shift) & 63)));
            }
            text.Append(trimmed ? written.ToString().TrimEnd() : written).Append('\n');
        }
        return text.Append("`\nend\n").ToString();
    }
}
