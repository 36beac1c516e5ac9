using System.Text;
using MailInbox.Tests.Support;

namespace MailInbox.Tests.EndToEnd;

/// <summary>The server that other tests poll does what they count on.</summary>
public sealed class DovecotTests
{
    private const string Bytes = "UID FETCH 1 (UID RFC822.SIZE BODY.PEEK[])";

    [TestCase(Poison.Unreadable, "* BYE FETCH failed")]
    [TestCase(Poison.Unmeasurable, "* BYE FETCH failed")]
    [TestCase(Poison.CutShort, "BODY[] {4100}")]
    [TestCase(Poison.Understated, "BODY[] {5}")]
    [TestCase(Poison.Hollow, "BODY[] NIL")]
    public async Task A_poisoned_message_is_refused_each_time(object poison, string words)
    {
        await using Dovecot server = await Dovecot.Run();
        await server.Maildir().Deliver((Poison)poison, Mail(1));
        await server.Maildir().Deliver([Mail(2)]);
        for (int i = 0; i < 3; i++)
        {
            using ImapWire wire = await server.Connect();
            await wire.Select("INBOX");
            Assert.That(string.Join('\n', await wire.Say(Bytes)), Does.Contain(words).And.Not.Contains("Message-ID: <2@dovecot.example>"));
        }

        using ImapWire other = await server.Connect();
        await other.Select("INBOX");
        Assert.Multiple(async () =>
        {
            Assert.That(await other.Ask("UID SEARCH ALL"), Is.EqualTo(new[] { "* SEARCH 1 2" }), "it is there all the same");
            Assert.That(await other.Ask("UID FETCH 2 (BODY.PEEK[])"), Has.Member("Message-ID: <2@dovecot.example>"), "the one behind it is well");
        });
    }

    [Test]
    public async Task Numbered_anew_the_same_messages_have_other_UIDs()
    {
        await using Dovecot server = await Dovecot.Run();
        Maildir inbox = server.Maildir();
        await inbox.Deliver(Enumerable.Range(0, 40).Select(Mail));
        using ImapWire open = await server.Connect();
        long before = await open.Select("INBOX");
        var (known, uids) = inbox.Numbering();
        long after = await inbox.ChangeUidValidity(new Random(1));
        string end = (await open.Say("NOOP"))[0];
        using ImapWire again = await server.Connect();
        Assert.Multiple(async () =>
        {
            Assert.That(known, Is.EqualTo(before));
            Assert.That(after, Is.Not.EqualTo(before));
            Assert.That(await again.Select("INBOX"), Is.EqualTo(after), "the server says so itself");
            Assert.That(inbox.Numbering().UidValidity, Is.EqualTo(after), "and keeps it");
            Assert.That(inbox.Numbering().MessageIds.Values, Is.EquivalentTo(uids.Values));
            Assert.That(inbox.Numbering().MessageIds, Is.Not.EquivalentTo(uids), "in another order");
            Assert.That(end, Does.StartWith("* BYE"), "a session that had it open ends");
        });
    }

    [Test]
    public async Task Flags_are_read_from_the_files()
    {
        await using Dovecot server = await Dovecot.Run();
        await server.Maildir().Deliver([Mail(1), Mail(2)]);
        using ImapWire wire = await server.Connect();
        await wire.Select("INBOX");
        await wire.Ask(@"UID STORE 2 +FLAGS (\Flagged \Seen)");
        Assert.That(server.Maildir().Flags(), Is.EquivalentTo(new Dictionary<string, string> { ["1@dovecot.example"] = "", ["2@dovecot.example"] = "FS" }));
    }

    [Test]
    public async Task What_was_delivered_stands_in_order_in_its_folder_after_a_restart()
    {
        await using Dovecot server = await Dovecot.Run();
        await server.Maildir("Orders").Deliver(Enumerable.Range(0, 20).Select(Mail));
        using (ImapWire wire = await server.Connect())
        {
            await wire.Append("Orders", Mail(20));
        }

        await server.Restart();
        using ImapWire again = await server.Connect();
        await again.Select("Orders");
        IReadOnlyList<string> lines = await again.Ask("UID FETCH 1:* (BODY.PEEK[])");
        Assert.That(lines.Where(l => l.StartsWith("Message-ID", StringComparison.Ordinal)), Is.EqualTo(Enumerable.Range(0, 21).Select(n => $"Message-ID: <{n}@dovecot.example>")));
    }

    private static byte[] Mail(int number) => Encoding.ASCII.GetBytes($"Message-ID: <{number}@dovecot.example>\r\nSubject: Order {number}\r\n\r\nText\r\n");
}
