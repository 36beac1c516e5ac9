using System.Text;
using MailInbox.Mail.Mime;
using MailInbox.Mail.Mime.Reading;

namespace MailInbox.Tests.Mime;

public sealed class BodyTextTests
{
    [TestCase("text/plain", "a \nb", "a \nb")]
    [TestCase("text/plain; format=flowed", "a \nb\n> c \n> d", "a b\n> c d")]
    [TestCase("text/plain; Format=\"Flowed\"; DelSp=Yes", "a \nb", "ab")]
    [TestCase("text/html", "<p>a</p><p>b", "a\n\nb")]
    [TestCase("image/png", "a", "")]
    public void A_part_is_read_as_people_read_it(string type, string body, string expected) => Assert.That(BodyText.Of(Mail(type, body)).ReplaceLineEndings("\n").TrimEnd(), Is.EqualTo(expected));

    [Test]
    public void All_parts_of_a_mail_are_its_text() =>
        Assert.That(BodyText.Of(Mail("multipart/mixed; boundary=b", "--b\n\none\n--b\nContent-Type: text/html\n\n<b>two</b>\n--b\nContent-Type: image/png\n\nx\n--b--")), Is.EqualTo("one\n\ntwo"));

    private static MimeMessage Mail(string type, string body) => MimeParser.Parse(Encoding.UTF8.GetBytes($"Content-Type: {type}\n\n{body}"));
}
