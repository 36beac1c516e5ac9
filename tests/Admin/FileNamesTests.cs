using FsCheck;
using FsCheck.Fluent;
using MailInbox.Admin.Conversations.Messages;

namespace MailInbox.Tests.Admin;

public class FileNamesTests
{
    [TestCase("../../etc/passwd", "_.._etc_passwd")]
    [TestCase("C:\\x\\y.exe", "C__x_y.exe")]
    [TestCase("invoice\u202Efdp.exe", "invoicefdp.exe")]
    [TestCase("a\r\nSet-Cookie: x=1.txt", "aSet-Cookie_ x=1.txt")]
    [TestCase("  ..  ", "unnamed")]
    [TestCase("Møte 東京.pdf", "Møte 東京.pdf")]
    public void A_name_leads_nowhere_and_shows_its_true_ending(string name, string safe) => Assert.That(FileNames.Safe(name), Is.EqualTo(safe));

    [TestCase("", "text/calendar", "invite.ics")]
    [TestCase("", "image/pjpeg", "image.jpg")]
    [TestCase("", "application/x-unheard-of", "attachment")]
    [TestCase("a/b", "text/calendar", "a_b")]
    public void A_file_without_a_name_is_called_by_its_type(string name, string type, string shown) => Assert.That(FileNames.Of(name, type), Is.EqualTo(shown));

    [Test]
    public void A_long_name_keeps_its_ending()
    {
        string safe = FileNames.Safe(new string('a', 400) + ".pdf");
        Assert.That(safe, Has.Length.EqualTo(150).And.EndsWith(".pdf"));
    }

    [Test]
    public void No_name_ever_holds_separators_or_control_characters() =>
        Prop.ForAll<string?>(name => !FileNames.Safe(name ?? "").Any(c => c is '/' or '\\' || char.IsControl(c)) && FileNames.Safe(name ?? "").Length > 0)
            .QuickCheckThrowOnFailure();
}
