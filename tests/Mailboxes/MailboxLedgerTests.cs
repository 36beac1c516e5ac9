using MailInbox.Inbox.Mailboxes.Ledger;
using MailInbox.Mail.Imap;
using MailInbox.Tests.Support;

namespace MailInbox.Tests.Mailboxes;

/// <summary>The ledger of mailboxes in a real database.</summary>
public sealed class MailboxLedgerTests
{
    private const string Source = "support/imap.example/support";
    private static readonly DateTimeOffset Day = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Test]
    public async Task What_left_the_server_and_is_there_again_is_wanted_again()
    {
        await using TestGateway gateway = await TestGateway.Start();
        MailboxLedger ledger = gateway.Get<MailboxLedger>();
        FolderRow folder = await ledger.Open(Source, "INBOX", 7, 0);
        await ledger.Note(folder, [Mail(1)], 1, _ => true);
        await ledger.Leave(ledger.Due(folder, Day, 10).Single());
        Assert.That(ledger.Due(folder, Day, 10), Is.Empty);
        Assert.That(ledger.Numbers(folder), Is.Empty);
        Assert.That(await ledger.Want(folder, [1]), Is.EqualTo(1));
        Assert.That(ledger.Due(folder, Day, 10).Single().Uid, Is.EqualTo(1));
    }

    [Test]
    public async Task After_a_new_numbering_what_stood_aside_is_told_by_date_and_size()
    {
        await using TestGateway gateway = await TestGateway.Start();
        MailboxLedger ledger = gateway.Get<MailboxLedger>();
        FolderRow old = await ledger.Open(Source, "INBOX", 7, 4);
        await ledger.Note(old, [Mail(1, 1_000), Mail(2, 1_000), Mail(3, 50_000), Mail(4, 9_000)], 4, _ => false);
        FolderRow folder = await ledger.Open(Source, "INBOX", 8, 6);

        // Two of one size, one that is counted a little otherwise now, and two that were not there: of another size, and of a third with the same size.
        await ledger.Note(folder, [Mail(1, 50_100), Mail(2, 1_000), Mail(3, 1_000), Mail(4, 1_000), Mail(5, 20_000), Mail(6, 9_000)], 6, _ => true);
        Assert.That(ledger.Due(folder, Day, 10).Select(m => m.Uid), Is.EqualTo([4, 5]));
        Assert.That(ledger.Counts(folder)[SeenState.Before], Is.EqualTo(4));
    }

    [Test]
    public async Task A_first_look_that_a_new_numbering_cuts_short_keeps_the_start_policy()
    {
        await using TestGateway gateway = await TestGateway.Start();
        MailboxLedger ledger = gateway.Get<MailboxLedger>();
        FolderRow folder = await ledger.Open(Source, "INBOX", 7, 100);
        await ledger.Note(folder, [Mail(1)], 1, _ => false);
        FolderRow cutShort = await ledger.Open(Source, "INBOX", 8, 120);
        await ledger.Note(cutShort, [], 120, _ => true);
        FolderRow whole = await ledger.Open(Source, "INBOX", 9, 130);
        Assert.That((cutShort.StartTo, whole.StartTo), Is.EqualTo((120L, 0L)));
    }

    [Test]
    public async Task New_mail_comes_before_what_was_there_and_failed_tries_come_last()
    {
        await using TestGateway gateway = await TestGateway.Start();
        MailboxLedger ledger = gateway.Get<MailboxLedger>();
        FolderRow folder = await ledger.Open(Source, "INBOX", 7, 3);
        await ledger.Note(folder, [Mail(1), Mail(2), Mail(3), Mail(4)], 4, _ => true);
        await ledger.Strike(ledger.Due(folder, Day, 10).Single(), "no", Day);
        await ledger.Note(folder, [Mail(5)], 5, _ => true);
        Assert.That(ledger.Due(folder, Day, 10).Select(m => m.Uid), Is.EqualTo([5]));
        await ledger.TakeKnown(ledger.Due(folder, Day, 10)[0], SeenState.Taken, 1);
        Assert.That(ledger.Due(folder, Day, 10).Select(m => m.Uid), Is.EqualTo([1, 2, 3, 4]));
    }

    [Test]
    public async Task A_message_is_taken_once()
    {
        await using TestGateway gateway = await TestGateway.Start();
        MailboxLedger ledger = gateway.Get<MailboxLedger>();
        FolderRow folder = await ledger.Open(Source, "INBOX", 7, 0);
        await ledger.Note(folder, [Mail(1)], 1, _ => true);
        SeenMessage message = ledger.Due(folder, Day, 10).Single();
        await ledger.TakeKnown(message, SeenState.Taken, 1);
        await Assert.ThrowsAsync<InvalidOperationException>(() => ledger.TakeKnown(message, SeenState.Taken, 2));
    }

    private static ImapMail Mail(uint uid, long? size = 1_000) => new(uid, size, Day, []);
}
