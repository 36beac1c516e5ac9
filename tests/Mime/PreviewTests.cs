using System.Text;
using FsCheck;
using FsCheck.Fluent;
using MailInbox.Mail.Mime;
using MailInbox.Mail.Mime.Reading;

namespace MailInbox.Tests.Mime;

public sealed class PreviewTests
{
    [TestCase("", "")]
    [TestCase("  Hello\r\n\r\n  Mina\u00A0!\t", "Hello Mina !")]
    [TestCase("a\u202Eevil\u202C\u2066b\u2069\u200F\u061C\u0007\u001b[0m", "aevilb[0m")]
    [TestCase("\u200C \u00A0\u200C \u034F\u00AD\uFEFF text", "text")]
    [TestCase("Sale\u00A0\u200C\u00A0\u200C\u2007\u00AD\u034F \u2800\u3164\u115F\u180E\u200B ends\uFE0E", "Sale ends")]
    [TestCase("👩‍👧 ok", "👩‍👧 ok")]
    [TestCase("x\uD83D", "x")]
    public void A_preview_is_one_harmless_line(string text, string expected) => Assert.That(Preview.Of(text), Is.EqualTo(expected));

    [TestCase("text/plain", "Thanks,\nit works.\n\n-- \nJo\n\nOn 1 May 2023 at 10:00 Mina <a@b.example> wrote:\n> Try it.\n", "Thanks, it works.")]
    [TestCase("text/html", "<div style='display:none'>hidden &zwnj;&nbsp;</div><p>Thanks,</p><div class=x>On 1 May 2023 at 10:00 Mina &lt;a@b.example&gt; wrote:</div><blockquote>Try it.</blockquote>", "Thanks,")]
    [TestCase("text/plain", "> only a quote\n", "> only a quote")]
    [TestCase("image/png", "x", "")]
    public void A_mail_is_previewed_by_its_newest_words(string type, string body, string expected)
    {
        MimeMessage mail = MimeParser.Parse(Encoding.UTF8.GetBytes($"Content-Type: {type}; charset=utf-8\n\n{body}"));
        Assert.That(Preview.Of(mail), Is.EqualTo(expected));
    }

    [Test]
    public void Characters_are_not_cut()
    {
        string preview = Preview.Of(new string('a', 159) + "🎉🎉");
        Assert.That(preview, Is.EqualTo(new string('a', 159) + "…"));
        Assert.That(Preview.Of(new string('b', 160)), Is.EqualTo(new string('b', 160)));
    }

    [Test]
    public void Any_text_gives_a_short_well_formed_line() => Prop.ForAll<string?>(text =>
    {
        string preview = Preview.Of(text ?? "");
        return preview.Length <= Preview.MaxLength + 1
            && preview == preview.Trim()
            && !preview.Any(char.IsControl)
            && new UTF8Encoding(false, true).GetByteCount(preview) >= 0;
    }).QuickCheckThrowOnFailure();
}
