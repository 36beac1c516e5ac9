using System.Text;
using MailInbox.Mail.Mime;
using MailInbox.Mail.Mime.Attached;
using MailInbox.Mail.Mime.Tnef;

namespace MailInbox.Tests.Mime;

public sealed class TnefTests
{
    private const int LongName = 0x3707, Media = 0x370E, ContentId = 0x3712, Flags = 0x3714, PlainBody = 0x1000, HtmlBody = 0x1013, RtfBody = 0x1009, CodePage = 0x3FDE;

    private const string WrappedHtml = @"{\rtf1\ansi\ansicpg1252\fromhtml1 \deff0{\fonttbl{\f0\fswiss Arial;}{\f1\fswiss\fcharset204 Arial;}}{\colortbl\red0\green0\blue0;}\uc1\pard\plain\deftab360 \f0\fs24 {\*\htmltag64}"
        + @"{\*\htmltag19 <html>}{\*\htmltag34 <head>}{\*\mhtmltag84 <base>}{\*\htmltag64 <p class=\'22a\'22>}\htmlrtf {\htmlrtf0 Caf\'e9 {\*\htmltag84 &nbsp;}\htmlrtf \'a0\htmlrtf0 \u8364?\htmlrtf\f1\htmlrtf0 \'c4\'e0\htmlrtf\f0\htmlrtf0 \line\htmlrtf hidden }\htmlrtf0{\*\htmltag72 </p>}{\*\htmltag27 </html>}}";

    [Test]
    public void Files_of_a_winmail_dat_are_attachments_and_it_is_none()
    {
        var writer = new TnefWriter()
            .File("REPORT~1.PDF", "%PDF"u8.ToArray(), TnefWriter.Text16(LongName, "Bericht für März.pdf"), TnefWriter.Text8(Media, "application/x-thing"u8.ToArray()), TnefWriter.Text16(ContentId, "<a@b>"))
            .File("notes.txt", "hello"u8.ToArray());
        var mail = Mails.Parse(writer.Mail("see below"));
        Assert.Multiple(() =>
        {
            Assert.That(mail.Attachments.Select(p => $"{p.Id} {p.FileName} {p.Type} {p.ContentId} {p.Disposition}"), Is.EqualTo(["2.1 Bericht für März.pdf application/x-thing a@b attachment", "2.2 notes.txt text/plain  attachment"]));
            Assert.That(mail.Attachments[0].Decode(), Is.EqualTo("%PDF"u8.ToArray()));
            Assert.That(mail.Find("2.2")!.Text(), Is.EqualTo("hello"));
            Assert.That(mail.Find("2.2"), Is.SameAs(mail.Attachments[1]));
            Assert.That(mail.Find("2.3"), Is.Null);
            Assert.That(mail.TextBody.Single().Id, Is.EqualTo("1"));
            Assert.That(mail.Defects, Is.Empty);
        });
    }

    [Test]
    public void A_name_is_enough_to_be_opened()
    {
        var mail = Mails.Parse(new TnefWriter().File("a.txt", "a"u8.ToArray()).Mail("text", "application/octet-stream; name=\"WINMAIL.DAT\""));
        Assert.That(mail.Attachments.Single().FileName, Is.EqualTo("a.txt"));
    }

    [Test]
    public void Attributes_come_in_any_order()
    {
        var writer = new TnefWriter()
            .Attribute(TnefWriter.From, new byte[24])
            .Begin().Begin().Attribute(TnefWriter.Data, "one"u8.ToArray()).Attribute(TnefWriter.Title, "one.txt\0"u8.ToArray())
            .Attribute(TnefWriter.Title, "two.txt\0"u8.ToArray()).Attribute(TnefWriter.Data, "two"u8.ToArray())
            .Begin().Attribute(TnefWriter.Data, [])
            .Begin().Attribute(TnefWriter.AttachmentProperties, TnefWriter.List(TnefWriter.Binary(0x3701, "four"u8.ToArray()), TnefWriter.Text16(0x3703, ".png")));
        var mail = Mails.Parse(writer.Mail("text"));
        Assert.That(mail.Attachments.Select(p => $"{p.FileName}={p.Text()}"), Is.EqualTo(["one.txt=one", "two.txt=two", "attachment-3=", "attachment-4.png=four"]));
        Assert.That(mail.Defects, Is.Empty);
    }

    [Test]
    public void Names_lead_nowhere()
    {
        var mail = Mails.Parse(new TnefWriter().File("..\\..\\x\u0001.exe", [1], TnefWriter.Text16(LongName, "/etc/pa\u202Esswd")).File("..", [2]).Mail("text"));
        Assert.That(mail.Attachments.Select(p => p.FileName), Is.EqualTo(["passwd", "attachment-2"]));
    }

    [Test]
    public void All_kinds_of_properties_are_stepped_over()
    {
        byte[] guid = new byte[16];
        byte[] list = TnefWriter.List(
            [.. TnefWriter.Tag(0x8001, 0x0003), .. guid, .. TnefWriter.Four(0), .. TnefWriter.Four(7), .. TnefWriter.Four(9)],
            [.. TnefWriter.Tag(0x8002, 0x000B), .. guid, .. TnefWriter.Four(1), .. TnefWriter.Four(6), .. TnefWriter.Padded(Encoding.Unicode.GetBytes("ab\0")), .. TnefWriter.Four(1)],
            [.. TnefWriter.Tag(0x0E06, 0x0040), .. new byte[8]],
            [.. TnefWriter.Tag(0x0001, 0x0002), .. new byte[4]],
            [.. TnefWriter.Tag(0x0002, 0x0048), .. guid],
            [.. TnefWriter.Tag(0x0003, 0x1003), .. TnefWriter.Four(2), .. new byte[8]],
            [.. TnefWriter.Tag(0x0004, 0x101E), .. TnefWriter.Four(2), .. TnefWriter.Four(2), .. "a\0\0\0"u8, .. TnefWriter.Four(6), .. "bcdef\0\0\0"u8],
            [.. TnefWriter.Tag(0x0005, 0x0001)],
            TnefWriter.Text16(PlainBody, "found"));
        var mail = Mails.Parse(new TnefWriter().Attribute(TnefWriter.MessageProperties, list).Mail());
        Assert.That(mail.TextBody.Single().Text(), Is.EqualTo("found"));
        Assert.That(mail.Defects, Is.Empty);
    }

    [Test]
    public void The_text_inside_is_shown_only_where_the_mail_has_none()
    {
        var writer = new TnefWriter().Properties(TnefWriter.Text16(PlainBody, "plain"), TnefWriter.Binary(HtmlBody, "<p>html"u8.ToArray())).File("a.txt", [65]);
        var with = Mails.Parse(writer.Mail("the text"));
        var blank = Mails.Parse(writer.Mail(" "));
        var without = Mails.Parse(writer.Mail());
        Assert.Multiple(() =>
        {
            Assert.That(with.TextBody.Select(p => p.Id), Is.EqualTo(["1"]));
            Assert.That(with.Attachments.Select(p => p.FileName), Is.EqualTo(["a.txt"]));
            Assert.That(blank.TextBody.Single().Text(), Is.EqualTo("plain"));
            Assert.That(blank.HtmlBody.Single().Text(), Is.EqualTo("<p>html"));
            Assert.That(without.TextBody.Select(p => $"{p.Id} {p.Type} {p.Text()}"), Is.EqualTo(["1.1 text/plain plain"]));
            Assert.That(without.HtmlBody.Select(p => $"{p.Id} {p.Type} {p.Text()}"), Is.EqualTo(["1.2 text/html <p>html"]));
            Assert.That(without.Attachments.Select(p => p.FileName), Is.EqualTo(["a.txt"]));
        });
    }

    [Test]
    public void Texts_are_read_in_their_code_pages()
    {
        var cyrillic = new TnefWriter().Attribute(TnefWriter.Body, [0xC4, 0xE0, 0]).Attribute(TnefWriter.OemCodePage, [.. TnefWriter.Four(1251), .. TnefWriter.Four(0)]);
        var utf8 = new TnefWriter().Properties(TnefWriter.Binary(HtmlBody, [.. "<meta charset=koi8-r>"u8, 0xC3, 0xA4]), TnefWriter.Long(CodePage, 65001));
        Assert.That(Mails.Parse(cyrillic.Mail()).TextBody.Single().Text(), Is.EqualTo("Да"));
        Assert.That(Mails.Parse(utf8.Mail()).HtmlBody.Single().Text(), Does.EndWith("ä"));
    }

    [Test]
    public void Html_wrapped_into_rtf_is_unwrapped()
    {
        var mail = Mails.Parse(new TnefWriter().Properties(TnefWriter.Binary(RtfBody, TnefWriter.Rtf(WrappedHtml))).Mail());
        var body = mail.HtmlBody.Single();
        Assert.That(body.Type.Media, Is.EqualTo("text/html"));
        Assert.That(body.Text(), Is.EqualTo("<html><head><p class=\"a\">Café &nbsp;€Да\n</p></html>"));
    }

    [Test]
    public void Rtf_gives_its_text()
    {
        const string rtf = @"{\rtf1\ansi\deff0{\fonttbl{\f0\fnil\fcharset0 Arial;}}{\*\generator Editor;}{\info{\author A}}{\colortbl;\red0\green0\blue0;}\pard Dear \b Anna\b0,\par\par {\pict\pngblip 89504e47}price: 5\~\u8364\'80\tab\{ok\}\uc2\u20320??\bin3 }}}\par}";
        var mail = Mails.Parse(new TnefWriter().Properties(TnefWriter.Binary(RtfBody, TnefWriter.Rtf(rtf))).Mail());
        Assert.That(mail.TextBody.Single().Text(), Is.EqualTo("Dear Anna,\n\nprice: 5\u00A0€\t{ok}你"));
    }

    /// <summary>The two examples of MS-OXRTFCP §4.</summary>
    [TestCase("2d0000002b0000004c5a4675f1c5c7a703000a00726370673132354232 0af32068656c090020627705b06c647d0a800fa0", "{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n")]
    [TestCase("1a0000001c0000004c5a4675e2d44b51410004205758595a0d6e7d010eb0", "{\\rtf1 WXYZWXYZWXYZWXYZWXYZ}")]
    public void Compressed_rtf_is_expanded(string hex, string expected)
    {
        byte[] bytes = Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));
        Assert.That(Encoding.ASCII.GetString(CompressedRtf.Decompress(bytes, 1_000)), Is.EqualTo(expected));
    }

    [Test]
    public void A_message_inside_is_opened_too()
    {
        byte[] inner = new TnefWriter().Properties(TnefWriter.Text16(0x0037, "Re: a/b"), TnefWriter.Text16(PlainBody, "inner")).File("deep.txt", "deep"u8.ToArray()).Bytes;
        var mail = Mails.Parse(new TnefWriter().File("", [], TnefWriter.Message(inner), TnefWriter.Long(0x3705, 5)).Mail("outer"));
        Assert.That(mail.Attachments.Select(p => $"{p.Id} {p.FileName} {p.Text()}"), Is.EqualTo(["2.1.1 Re_ a-b.txt inner", "2.1.2 deep.txt deep"]));
        Assert.That(mail.Find("2.1.2")!.Text(), Is.EqualTo("deep"));
        Assert.That(mail.Find("2.1")!.Extracted, Has.Count.EqualTo(2));
    }

    [Test]
    public void Pictures_of_the_html_are_inline()
    {
        var mail = Mails.Parse(new TnefWriter().File("logo.png", [1], TnefWriter.Text16(ContentId, "logo@x"), TnefWriter.Long(Flags, 4)).Mail("text"));
        Assert.That(mail.Attachments.Single(), Has.Property("Disposition").EqualTo("inline").And.Property("ContentId").EqualTo("logo@x"));
    }

    [Test]
    public void Damage_is_told_and_what_was_read_is_kept()
    {
        var writer = new TnefWriter().File("a.txt", "aaa"u8.ToArray());
        byte[] bytes = writer.File("b.txt", "bbbbbb"u8.ToArray()).Bytes;
        var cut = Wrap(bytes[..^5]);
        var sum = Wrap(new TnefWriter().Begin().Attribute(TnefWriter.Title, "a.txt\0"u8.ToArray(), wrongSum: true).Bytes);
        var none = Wrap("this is something else"u8.ToArray());
        var huge = Wrap(new TnefWriter().Begin().Attribute(TnefWriter.Data, "abc"u8.ToArray(), length: uint.MaxValue).Bytes);
        Assert.Multiple(() =>
        {
            Assert.That(Says(cut), Is.EqualTo("winmail.dat, a.txt=aaa, b.txt=bbb; tnef-truncated"));
            Assert.That(Says(sum), Is.EqualTo("winmail.dat, a.txt=; tnef-checksum"));
            Assert.That(Says(none), Is.EqualTo("winmail.dat; tnef-unreadable"));
            Assert.That(Says(huge), Does.StartWith("winmail.dat, attachment-1=abc").And.EndWith("; tnef-truncated"));
        });
    }

    [Test]
    public void Real_containers_are_opened_whole()
    {
        var mails = Support.Corpus.Files("", "*.eml").Select(f => File.ReadAllBytes(f)).Where(b => b.AsSpan().IndexOf("ms-tnef"u8) >= 0).Select(b => MimeParser.Parse(b)).ToList();
        var containers = mails.SelectMany(m => m.AllParts()).Where(p => p.Parts.Count == 0 && Unpacking.IsTnef(p)).ToList();
        Assert.That(containers, Is.Not.Empty);
        Assert.That(containers.Where(p => !p.IsOpened), Is.Empty);
        TestContext.Out.WriteLine($"{containers.Count} containers, {containers.Sum(p => p.Extracted.Count)} parts in them");
        foreach (var mail in mails)
        {
            // What RTF says, the text beside it says too.
            var words = mail.TextBody.Concat(mail.HtmlBody).SelectMany(p => Words(p.Text())).ToHashSet();
            Assert.That(mail.AllParts().SelectMany(p => p.Extracted).Where(p => p.IsUnpackedBody).SelectMany(p => Words(p.Text())).Where(w => !words.Contains(w)), Is.Empty);
        }
    }

    private static IEnumerable<string> Words(string text) => text.Split((char[])[' ', '\n', '\t'], StringSplitOptions.RemoveEmptyEntries).Where(w => w.All(char.IsAsciiLetter));

    private static MimeMessage Wrap(byte[] stream) =>
        Mails.Parse($"Content-Type: multipart/mixed; boundary=b\n\n--b\n\ntext\n--b\nContent-Type: application/ms-tnef; name=winmail.dat\nContent-Transfer-Encoding: base64\n\n{Convert.ToBase64String(stream)}\n--b--\n");

    private static string Says(MimeMessage mail)
    {
        string files = string.Join(", ", mail.Attachments.Select(p => p.Id == "2" ? p.FileName : $"{p.FileName}={p.Text()}"));
        return $"{files}; {string.Join(',', mail.Defects.Select(d => d.Code))}";
    }
}
