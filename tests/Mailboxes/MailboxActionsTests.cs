using MailInbox.Inbox.Intake;
using MailInbox.Tests.Support;

namespace MailInbox.Tests.Mailboxes;

/// <summary>What happens on the server once mail is filed.</summary>
public sealed class MailboxActionsTests
{
    [Test]
    public async Task Filed_mail_is_marked_as_read_and_what_others_have_read_or_unread_stays()
    {
        await using PolledMailbox polled = await PolledMailbox.Prepare("\"start\": \"now\", \"afterwards\": \"seen\"");
        await polled.Inbox.Deliver(PolledMailbox.Mails(1, 3));
        await polled.Start();
        await polled.Looked();
        await polled.Inbox.Deliver(PolledMailbox.Mails(4, 20));
        await polled.Filed(20);
        await Settled(polled);
        using (ImapWire other = await polled.Server.Connect())
        {
            await other.Select("INBOX");
            await other.Ask("UID STORE 5 -FLAGS (\\Seen)");
        }

        await polled.Looked();
        IReadOnlyDictionary<string, string> flags = polled.Inbox.Flags();
        Assert.Multiple(() =>
        {
            Assert.That(Enumerable.Range(1, 3).Select(n => flags[$"m{n}@kunde.example"]), Is.All.EqualTo(""), "not ours");
            Assert.That(flags.Count(f => f.Value == "S"), Is.EqualTo(19), "all but the one that somebody wants to read again");
        });
    }

    [Test]
    public async Task Filed_mail_is_moved_into_a_folder_that_is_made_for_it()
    {
        await using PolledMailbox polled = await PolledMailbox.Prepare("\"start\": \"all\", \"afterwards\": \"move:Done\"");
        await polled.Inbox.Deliver(PolledMailbox.Mails(1, 12));
        await polled.Start();
        await polled.Filed(12);
        await Settled(polled);
        await polled.Looked();
        Assert.Multiple(() =>
        {
            Assert.That(polled.Server.Maildir("Done").Flags(), Has.Count.EqualTo(12));
            Assert.That(polled.Inbox.Flags(), Is.Empty);
            Assert.That(polled.Outcome(FilingOutcome.Filed), Is.EqualTo(12));
        });
    }

    [Test]
    public async Task Filed_mail_is_deleted_and_what_others_have_marked_for_deletion_is_not()
    {
        await using PolledMailbox polled = await PolledMailbox.Prepare("\"start\": \"now\", \"afterwards\": \"delete\"");
        await polled.Inbox.Deliver(PolledMailbox.Mails(1, 2));
        await polled.Start();
        await polled.Looked();
        using (ImapWire other = await polled.Server.Connect())
        {
            await other.Select("INBOX");
            await other.Ask("UID STORE 1 +FLAGS (\\Deleted)");
        }

        await polled.Inbox.Deliver(PolledMailbox.Mails(3, 5));
        await polled.Filed(5);
        await Settled(polled);
        Assert.That(polled.Inbox.Flags().OrderBy(f => f.Key), Is.EqualTo(new Dictionary<string, string> { ["m1@kunde.example"] = "T", ["m2@kunde.example"] = "" }));
    }

    [Test]
    public async Task Of_a_message_whose_header_alone_was_taken_the_whole_is_never_deleted()
    {
        await using PolledMailbox polled = await PolledMailbox.Prepare("\"start\": \"all\", \"afterwards\": \"delete\", \"maxSize\": \"100kb\"");
        await polled.Inbox.Deliver([PolledMailbox.Mail(1, string.Concat(Enumerable.Repeat(new string('x', 70) + "\r\n", 3_000))), PolledMailbox.Mail(2)]);
        await polled.Start();
        await polled.Filed(2);
        await Settled(polled);
        Assert.That(polled.Inbox.Flags(), Is.EqualTo(new Dictionary<string, string> { ["m1@kunde.example"] = "" }));
    }

    [Test]
    public async Task What_was_filed_before_a_new_numbering_is_marked_under_its_new_number()
    {
        await using PolledMailbox polled = await PolledMailbox.Prepare("\"start\": \"all\", \"afterwards\": \"seen\"");
        await polled.Inbox.Deliver(PolledMailbox.Mails(1, 6));
        await polled.Start();
        await polled.Filed(6);
        await Settled(polled);

        // Ordered and not yet done when the numbers change.
        await polled.Gateway.Inbox.Write(t => t.Execute("INSERT INTO server_action (raw_id, source, next_at) SELECT raw_id, 'support/127.0.0.1/support', 4102444800000 FROM message WHERE message_id = 'm3@kunde.example'"));
        await polled.Stop();
        using (ImapWire other = await polled.Server.Connect())
        {
            await other.Select("INBOX");
            await other.Ask("UID STORE 1:* -FLAGS (\\Seen)");
        }

        await polled.Inbox.ChangeUidValidity(new Random(7));
        await polled.Start();
        await polled.Gateway.Inbox.Write(t => t.Execute("UPDATE server_action SET next_at = 0"));
        await polled.Looked();
        await Settled(polled);
        Assert.That(polled.Inbox.Flags().Where(f => f.Value == "S").Select(f => f.Key), Is.EqualTo(["m3@kunde.example"]));
    }

    private static async Task Settled(PolledMailbox polled)
    {
        await Eventually.Holds(() => polled.Gateway.Inbox.Read(r => r.First<long>("SELECT count(*) FROM server_action")) == 0, "all that was ordered is done");
    }
}
