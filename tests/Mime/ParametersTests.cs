using FsCheck;
using FsCheck.Fluent;
using MailInbox.Mail.Mime.Headers;

namespace MailInbox.Tests.Mime;

/// <summary>Parameters of Content-Type and Content-Disposition (RFC 2045 §5.1, RFC 2231), right and wrong.</summary>
public sealed class ParametersTests
{
    [TestCase("x=1", "x=1")]
    [TestCase("X = 1 ;Y= \"2\"", "x=1 y=2")]
    [TestCase("x=1;;;; y=2;", "x=1 y=2")]
    [TestCase("x=1 y=2\tz=3", "x=1 y=2 z=3")]
    [TestCase("x=1, y=2", "x=1 y=2")]
    [TestCase("x=(comment)1", "x=1")]
    [TestCase("x=1 (comment; y=3); y=2", "x=1 y=2")]
    [TestCase("(comment) x (comment) = (comment) \"1\"", "x=1")]
    [TestCase("x", "")]
    [TestCase("x=", "")]
    [TestCase("x=; y=2", "y=2")]
    [TestCase("x=\"\"", "x=")]
    [TestCase("=1; y=2", "y=2")]
    [TestCase("x=\"a;b=c\"; y=2", "x=a;b=c y=2")]
    [TestCase("x=\"a\\\"b\"", "x=a\"b")]
    [TestCase("x=\"a\\\\b\"", "x=a\\b")]
    [TestCase("name=\"C:\\dir\\new.txt\"", "name=C:\\dir\\new.txt")]
    [TestCase("x=\"unclosed", "x=unclosed")]
    [TestCase("x=\"  blanks  \"", "x=  blanks  ")]
    [TestCase("x=''", "x=''")]
    [TestCase("name=a b c.pdf", "name=a b c.pdf")]
    [TestCase("name=a b c.pdf; size=3", "name=a b c.pdf size=3")]
    [TestCase("name=a (1).pdf", "name=a (1).pdf")]
    [TestCase("name=a.pdf size=3", "name=a.pdf size=3")]
    [TestCase("name=a=b.pdf", "name=a=b.pdf")]
    [TestCase("charset=\"\"utf-8\"\"", "charset=utf-8")]
    [TestCase("charset=utf-8;charset=us-ascii", "charset=utf-8")]
    [TestCase("name=\"=?utf-8?Q?=C3=A4?=.txt\"", "name=ä.txt")]
    [TestCase("name==?utf-8?Q?=C3=A4?=.txt", "name=ä.txt")]
    [TestCase("name=\"=?utf-8?B?w6Q=?= =?utf-8?B?w6Q=?=\"", "name=ää")]
    [TestCase("name=\"=?utf-8?B?w6?= =?utf-8?B?Q=?=.txt\"", "name=ä.txt")]
    [TestCase("name=\"=?iso-8859-1?Q?=E4?= =?utf-8?B?w6Q=?=\"", "name=ä ä")]
    [TestCase("name==?iso-8859-1?Q?=E4?= =?utf-8?B?w6Q=?=", "name=ää")]
    [TestCase("name=ä.txt", "name=ä.txt")]
    [TestCase("name*=utf-8''%C3%A4.txt", "name=ä.txt")]
    [TestCase("name*=UTF-8'de'%c3%a4.txt", "name=ä.txt")]
    [TestCase("name*=\"utf-8''%C3%A4.txt\"", "name=ä.txt")]
    [TestCase("name*=iso-8859-1''%E4.txt", "name=ä.txt")]
    [TestCase("name*=gb2312''%D6%D0.txt", "name=中.txt")]
    [TestCase("name*=iso-2022-jp''%1B%24B%46%7C%1B%28B", "name=日")]
    [TestCase("name*=x-unknown''%E4.txt", "name=ä.txt")]
    [TestCase("name*=''%C3%A4.txt", "name=ä.txt")]
    [TestCase("name*=%C3%A4.txt", "name=ä.txt")]
    [TestCase("name*=utf-8'%C3%A4.txt", "name=ä.txt")]
    [TestCase("name*=don't%20ask.txt", "name=don't ask.txt")]
    [TestCase("name*0*=utf-8''a; name*1*=utf-8''b; name*2*=utf-8'c", "name=abc")]
    [TestCase("name*0*=iso-2022-jp''%1B$B%24; name*1*=%22%1B(B.txt", "name=あ.txt")]
    [TestCase("filename*=utf-8''a (1).pdf; size=3", "filename=a (1).pdf size=3")]
    [TestCase("name*0=\"100%25\"; name*1=\" a%20b\"", "name=100%25 a%20b")]
    [TestCase("name=a.txt\"; x=1", "name=a.txt x=1")]
    [TestCase("name*=utf-8''100%", "name=100%")]
    [TestCase("name*=utf-8''a%2", "name=a%2")]
    [TestCase("name*=utf-8''a%GGb", "name=a%GGb")]
    [TestCase("name*=utf-8''a'b'c", "name=a'b'c")]
    [TestCase("name*=utf-8''a%20b%3Bc", "name=a b;c")]
    [TestCase("name*=utf-8''a%00b%0Ac", "name=ab c")]
    [TestCase("name*=utf-8''", "name=")]
    [TestCase("name*=", "")]
    [TestCase("name=a; name*=utf-8''b", "name=b")]
    [TestCase("name*=utf-8''b; name=a", "name=b")]
    [TestCase("name*0=a; name*1=b; name*2=c", "name=abc")]
    [TestCase("name*2=c; name*0=a; name*1=b", "name=abc")]
    [TestCase("name*10=b; name*9=a", "name=ab")]
    [TestCase("name*0=\"a \"; name*1=\"b\"", "name=a b")]
    [TestCase("name*1=b", "name=b")]
    [TestCase("name*0=a; name*2=c", "name=ac")]
    [TestCase("name*0=a; name*0=x; name*1=b", "name=ab")]
    [TestCase("name*0*=utf-8''%C3; name*1*=%A4", "name=ä")]
    [TestCase("name*0*=utf-8''%C3%A4; name*1=%41; name*2*=%41", "name=äAA")]
    [TestCase("name*0=a; name*1*=%C3%A4", "name=aä")]
    [TestCase("name*00=a; name*01=b", "name=ab")]
    [TestCase("name*0=\"=?utf-8?Q?=C3=A4\"; name*1=\"?=.txt\"", "name=ä.txt")]
    [TestCase("name*99999999999=x", "name=x")]
    [TestCase("name*-1=x", "name=x")]
    [TestCase("name*x=1", "name=1")]
    [TestCase("name**=utf-8''%C3%A4", "name=ä")]
    [TestCase("*name=1", "name=1")]
    [TestCase("*=1; *0=2", "0=2")]
    [TestCase("name *0* = utf-8''%C3%A4; name *1 = b", "name=äb")]
    [TestCase("NAME*0=a; name*1=b", "name=ab")]
    public void Parameters_are_read(string value, string expected) =>
        Assert.That(string.Join(' ', Parameters.Parse(value).Select(p => $"{p.Key}={p.Value}")), Is.EqualTo(expected));

    [TestCase("text/plain", "text/plain", "text/plain")]
    [TestCase("TEXT / (x) HTML (y)", "text/html", "text/html")]
    [TestCase("text", "text", "text/plain")]
    [TestCase("html", "html", "text/html")]
    [TestCase("text/", "text", "text/plain")]
    [TestCase("/plain", "", "text/plain")]
    [TestCase("text/plain/x", "text/plain/x", "text/plain")]
    [TestCase("multipart/multipart/mixed", "multipart/multipart/mixed", "multipart/mixed")]
    [TestCase("multipart", "multipart", "multipart/mixed")]
    [TestCase("image", "image", "application/octet-stream")]
    [TestCase("name=x", "name=x", "text/plain")]
    [TestCase("charset=utf-8", "", "text/plain")]
    [TestCase("text/plain,charset=utf-8", "text/plain", "text/plain")]
    [TestCase("\"text/plain\"", "text/plain", "text/plain")]
    [TestCase("\"text/html\"; charset=utf-8", "text/html", "text/html")]
    [TestCase("text/html: charset=utf-8", "text/html", "text/html")]
    [TestCase("=?utf-8?Q?text/html?=; charset=utf-8", "text/html", "text/html")]
    [TestCase("", "", "text/plain")]
    [TestCase("application/vnd.example+json", "application/vnd.example+json", "application/vnd.example+json")]
    [TestCase("text/x-äöü", "text/x-äöü", "text/x-äöü")]
    public void Types_are_kept_as_written_and_made_usable(string value, string written, string media)
    {
        var type = ContentType.Parse(value);
        Assert.That((type.Written, type.Media, $"{type.Kind}/{type.Subtype}"), Is.EqualTo((written, media, media)));
    }

    [Test]
    public void Quoted_blanks_survive_folds()
    {
        var part = Mails.Parse("Content-Type: application/x; name=\"a\r\n    b\r\n\tc\"\r\nContent-Disposition: attachment;\r\n filename=\"d\r\n e\"\r\n\r\n").Root;
        Assert.That(part.Type.Name, Is.EqualTo("a    b c"));
        Assert.That(part.FileName, Is.EqualTo("d e"));
    }

    [Test]
    public void What_is_written_after_RFC_2231_is_read_back() =>
        Prop.ForAll<NonNull<string>, PositiveInt>((text, cut) =>
        {
            string clean = string.Concat(text.Get.Where(c => !char.IsControl(c) && !char.IsSurrogate(c)));
            string escaped = string.Concat(System.Text.Encoding.UTF8.GetBytes(clean).Select(b => $"%{b:X2}"));
            int size = Math.Max(1, cut.Get % 7);
            var pieces = escaped.Chunk(size * 3).Select((piece, i) => $"; name*{i}*={(i == 0 ? "utf-8''" : "")}{new string(piece)}");
            return clean.Length == 0 || Parameters.Find(Parameters.Parse(string.Concat(pieces.Reverse())), "name") == clean;
        }).QuickCheckThrowOnFailure();
}
