using FsCheck;
using FsCheck.Fluent;
using MailInbox.Mail.Imap.Dialogue;

namespace MailInbox.Tests.Imap;

public class MailboxNameTests
{
    [TestCase("INBOX", "INBOX")]
    [TestCase("Entwürfe", "Entw&APw-rfe")]
    [TestCase("A & B", "A &- B")]
    [TestCase("~peter/mail/台北/日本語", "~peter/mail/&U,BTFw-/&ZeVnLIqe-")]
    [TestCase("😀", "&2D3eAA-")]
    [TestCase("a\tb", "a&AAk-b")]
    public void Names_travel_in_modified_UTF7(string name, string wire)
    {
        Assert.That(MailboxName.Encode(name), Is.EqualTo(wire));
        Assert.That(MailboxName.Decode(wire), Is.EqualTo(name));
    }

    [TestCase("a&b")]
    [TestCase("&")]
    [TestCase("&AP-")]
    [TestCase("&AP/8-")]
    [TestCase("&APw=-")]
    [TestCase("&A P-")]
    [TestCase("ü")]
    public void What_is_no_modified_UTF7_is_none(string wire) => Assert.That(MailboxName.Decode(wire), Is.Null);

    [Test]
    public void Any_name_comes_back() =>
        Prop.ForAll(Names, name => MailboxName.Decode(MailboxName.Encode(name)) == name && MailboxName.Encode(name).All(letter => letter is >= ' ' and <= '~')).Check(Config.QuickThrowOnFailure.WithMaxTest(5000));

    [Test]
    public void Any_writing_of_a_server_is_given_back_to_it() =>
        Prop.ForAll(Wires, wire =>
        {
            FolderNames names = new();
            string name = names.Read(wire);
            return !FolderNames.Possible(name) || name == "INBOX" || names.Wire(name).AsSpan().SequenceEqual(wire);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(5000));

    [TestCase("1,2,3,5,9,10", "1:3,5,9:10")]
    [TestCase("7,7,6", "6:7")]
    [TestCase("4294967295,1", "1,4294967295")]
    public void Sets_are_short_and_ascending(string uids, string expected) =>
        Assert.That(UidSet.Split(uids.Split(',').Select(uint.Parse)).Single().Text, Is.EqualTo(expected));

    [Test]
    public void Nothing_makes_no_set() => Assert.That(UidSet.Split([]), Is.Empty);

    [Test]
    public void A_long_range_is_cut_up()
    {
        UidRun[] runs = [.. UidSet.Split(Enumerable.Range(1, 1200).Select(uid => (uint)uid))];
        Assert.That(runs.Select(run => run.Text), Is.EqualTo((string[])["1:500", "501:1000", "1001:1200"]));
        Assert.That(runs.Sum(run => run.Uids.Count), Is.EqualTo(1200));
    }

    private static readonly Arbitrary<string> Names = Gen.Elements("a", "B", " ", "&", "-", "/", ",", "~", "+", "ü", "ß", "台", "😀", "\t").ArrayOf().Select(string.Concat).ToArbitrary();

    private static readonly Arbitrary<byte[]> Wires = Gen.Elements("aB&-,+APw/ \\\"\u00c3\u00bc\u00ff".Select(letter => (byte)letter).ToArray()).ArrayOf().ToArbitrary();
}
