using System.Text;
using MailInbox.Mail.Mime;
using MailInbox.Mail.Mime.Decoding;

namespace MailInbox.Tests.Mime;

public sealed class DecodingTests
{
    [TestCase("base64", "aGVsbG8=", "hello")]
    [TestCase("BASE64 ", "aGVs\r\nbG8", "hello")]
    [TestCase("base64", "aGVsbG8=aGVsbG8=", "hellohello")]
    [TestCase("base64", "aGV!sbG8=", "hello")]
    [TestCase("base64", "aGVsbG8=abc", "hello")]
    [TestCase("base64", "this was never base64, was it?", "this was never base64, was it?")]
    [TestCase("quoted-printable", "a=3Db=\r\nc =\nd", "a=bc d")]
    [TestCase("qp;", "a=3db", "a=b")]
    [TestCase("quoted-printable", "=ZZ=4", "=ZZ=4")]
    [TestCase("quoted-printable", "end=", "end")]
    [TestCase("quoted-printable", "blank  \r\nx", "blank\r\nx")]
    [TestCase("x-uuencode", "begin 644 a.txt\n%:&5L;&\\ \n`\nend\n", "hello")]
    [TestCase("7-bit", "as is", "as is")]
    [TestCase("x-nonsense", "as is", "as is")]
    public void Transfer_encodings_are_undone(string encoding, string body, string expected)
    {
        var part = Mails.Parse($"Content-Transfer-Encoding: {encoding}\n\n{body}").Root;
        Assert.That(Encoding.UTF8.GetString(part.Decode()), Is.EqualTo(expected));
    }

    [Test]
    public void Base64_decodes_as_the_framework_does()
    {
        var random = new Random(7);
        for (int length = 0; length < 300; length++)
        {
            byte[] bytes = new byte[length];
            random.NextBytes(bytes);
            string text = Convert.ToBase64String(bytes, Base64FormattingOptions.InsertLineBreaks);
            Assert.That(Base64Decoder.Decode(Encoding.ASCII.GetBytes(text)), Is.EqualTo(bytes));
        }
    }

    [TestCase("utf-8", new byte[] { 0xC3, 0xA4 }, "ä")]
    [TestCase("iso-8859-1", new byte[] { 0xE4, 0x80 }, "ä€")]
    [TestCase("us-ascii", new byte[] { 0xC3, 0xA4 }, "ä")]
    [TestCase("us-ascii", new byte[] { 0xE4 }, "ä")]
    [TestCase("x-unknown", new byte[] { 0xE4 }, "ä")]
    [TestCase("\"\"utf-8\"\"", new byte[] { 0xC3, 0xA4 }, "ä")]
    [TestCase("1251", new byte[] { 0xE4 }, "д")]
    [TestCase("cp-850", new byte[] { 0x84 }, "ä")]
    [TestCase("iso8859-2", new byte[] { 0xB1 }, "ą")]
    [TestCase("windows-1250", new byte[] { 0xB9 }, "ą")]
    [TestCase("koi8-r", new byte[] { 0xC4 }, "д")]
    [TestCase("gb2312", new byte[] { 0xD6, 0xD0 }, "中")]
    [TestCase("x-gbk", new byte[] { 0xD6, 0xD0 }, "中")]
    [TestCase("big5", new byte[] { 0xA4, 0xA4 }, "中")]
    [TestCase("ks_c_5601-1987", new byte[] { 0xC7, 0xD1 }, "한")]
    [TestCase("shift_jis", new byte[] { 0x93, 0xFA }, "日")]
    [TestCase("euc-jp", new byte[] { 0xC6, 0xFC }, "日")]
    [TestCase("iso-2022-jp", new byte[] { 27, (byte)'$', (byte)'B', 0x46, 0x7C, 27, (byte)'(', (byte)'B' }, "日")]
    [TestCase("hz-gb-2312", new byte[] { (byte)'~', (byte)'{', 0x56, 0x50, (byte)'~', (byte)'}' }, "中")]
    [TestCase("utf-7", new byte[] { (byte)'+', (byte)'A', (byte)'O', (byte)'Q', (byte)'-', (byte)'+', (byte)'-' }, "ä+")]
    [TestCase("utf-16", new byte[] { 0xFE, 0xFF, 0, 0x41 }, "A")]
    [TestCase("utf-16le", new byte[] { 0x41, 0 }, "A")]
    [TestCase("utf-8", new byte[] { 0xEF, 0xBB, 0xBF, 0x41, 0, 0x0D, 0x0A }, "A\n")]
    [TestCase("utf-8", new byte[] { 0x63, 0x61, 0x66, 0xE9 }, "café")]
    public void Charsets_are_told_by_label_and_by_bytes(string label, byte[] bytes, string expected) =>
        Assert.That(Charsets.Text(bytes, label, 100), Is.EqualTo(expected));

    [Test]
    public void A_page_may_name_its_own_charset()
    {
        byte[] page = [.. "Content-Type: text/html\n\n<meta charset=\"koi8-r\">"u8, 0xC4];
        Assert.That(MimeParser.Parse(page).Root.Text(), Does.EndWith("д"));
    }

    [Test]
    public void Long_text_is_cut_between_characters()
    {
        var part = Mails.Parse("Content-Type: text/plain; charset=utf-8\n\n" + string.Concat(Enumerable.Repeat("😀", 100))).Root;
        Assert.That(part.Text(9), Is.EqualTo("😀😀😀😀"));
    }

    [TestCase("../../etc/passwd", "passwd")]
    [TestCase("C:\\temp\\x.exe", "x.exe")]
    [TestCase("a\u202Egpj.exe", "agpj.exe")]
    [TestCase("a\0b\r\n.txt", "ab.txt")]
    [TestCase("name. . ", "name")]
    [TestCase("..", "")]
    [TestCase("what?.txt", "what_.txt")]
    public void File_names_are_made_harmless(string name, string expected) =>
        Assert.That(FileNames.Clean(name), Is.EqualTo(expected));

    [Test]
    public void Long_file_names_keep_their_extension()
    {
        string clean = FileNames.Clean(new string('a', 500) + ".pdf");
        Assert.That(clean, Has.Length.EqualTo(MimeLimits.FileName));
        Assert.That(clean, Does.EndWith("a.pdf"));
    }
}
