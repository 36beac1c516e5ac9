using MailInbox.Inbox.Conversations;
using MailInbox.Inbox.Intake;
using MailInbox.Inbox.Mailboxes;
using MailInbox.Inbox.Mailboxes.Ledger;
using MailInbox.Inbox.Outbox;
using MailInbox.Inbox.RawMail;
using MailInbox.Inbox.Team;
using MailInbox.Inbox.Views;
using MailInbox.Mail.Imap;
using MailInbox.Tests.Support;

namespace MailInbox.Tests.Mailboxes;

/// <summary>Against a real server: each message once, whatever happens in between.</summary>
public sealed class ImapMailboxTests
{
    [Test]
    public async Task Every_message_is_filed_once_and_nothing_changes_by_looking()
    {
        await using PolledMailbox polled = await PolledMailbox.Prepare();
        await polled.Inbox.Deliver(PolledMailbox.Mails(1, 120));
        await polled.Start();
        await polled.Filed(120);
        await polled.Inbox.Deliver(PolledMailbox.Mails(121, 10));
        await polled.Filed(130);
        await polled.Looked();
        Assert.Multiple(() =>
        {
            Assert.That(polled.Outcome(FilingOutcome.Duplicate), Is.Zero);
            Assert.That(polled.Rows(SeenState.Taken), Is.EqualTo(130));
            Assert.That(polled.Inbox.Flags().Values, Has.Exactly(130).EqualTo(""));
        });
    }

    [Test]
    public async Task The_bytes_are_kept_as_the_server_has_them_and_the_trace_tells_where_they_came_from()
    {
        await using PolledMailbox polled = await PolledMailbox.Prepare();
        byte[] mail = PolledMailbox.Mail(1, string.Concat(Enumerable.Repeat("å bare line\r\n", 100_000)));
        await polled.Inbox.Deliver([mail]);
        await polled.Start();
        await polled.Filed(1);
        RawMessage raw = polled.Gateway.Raw.After(0, 10).Single();
        Assert.Multiple(() =>
        {
            Assert.That(polled.Gateway.Raw.Bytes(raw.Id), Is.EqualTo(mail));
            Assert.That(polled.Gateway.Thread(1).Trace[0].Text, Is.EqualTo("Fetched from support at 127.0.0.1"));
            Assert.That(polled.Gateway.Thread(1).Trace[0].Source, Does.StartWith("INBOX;UIDVALIDITY=").And.EndsWith(";UID=1"));
        });
    }

    [Test]
    public async Task Mail_that_was_there_before_is_left_alone_and_backfill_fetches_it()
    {
        await using PolledMailbox polled = await PolledMailbox.Prepare("\"start\": \"now\"");
        await polled.Inbox.Deliver(PolledMailbox.Mails(1, 5), new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
        await polled.Inbox.Deliver(PolledMailbox.Mails(6, 5), new DateTimeOffset(2026, 6, 1, 12, 0, 0, TimeSpan.Zero));
        await polled.Start();
        await polled.Looked();
        await polled.Inbox.Deliver(PolledMailbox.Mails(11, 1));
        await polled.Filed(1);
        Assert.That(polled.Rows(SeenState.Before), Is.EqualTo(10));

        await polled.Gateway.Get<Reconciliation>().Backfill("support", new DateOnly(2026, 5, 1), CancellationToken.None);
        await polled.Filed(6);
        Conversation old = polled.Gateway.Thread(polled.Gateway.In(View.Open)[^1]).Conversation;
        Assert.Multiple(() =>
        {
            Assert.That(polled.Rows(SeenState.Before), Is.EqualTo(5));
            Assert.That(old.LastAt, Is.EqualTo(new DateTimeOffset(2026, 6, 1, 12, 0, 0, TimeSpan.Zero)), "old mail is dated by the server");
        });
    }

    [Test]
    public async Task Mail_that_is_fetched_late_joins_its_conversation_without_reopening_or_ending_it()
    {
        await using PolledMailbox polled = await PolledMailbox.Prepare("\"start\": \"now\"");
        await polled.Inbox.Deliver(PolledMailbox.Mails(1, 1), new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
        await polled.Start();
        await polled.Looked();
        byte[] answer = System.Text.Encoding.ASCII.GetBytes("From: Mina <mina@kunde.example>\r\nTo: support@example.com\r\nSubject: Re: Order 1\r\nMessage-ID: <later@kunde.example>\r\nIn-Reply-To: <m1@kunde.example>\r\n\r\nAny news?\r\n");
        await polled.Inbox.Deliver([answer]);
        await polled.Filed(1);
        await polled.Gateway.Actions.Close([1], TestGateway.Nobody, CancellationToken.None);
        await polled.Gateway.Get<Reconciliation>().Backfill("support", new DateOnly(2026, 1, 1), CancellationToken.None);
        await polled.Filed(2);
        MailInbox.Inbox.Conversations.Thread thread = polled.Gateway.Thread(1);
        Assert.Multiple(() =>
        {
            Assert.That(thread.Messages.Select(m => m.Message.MessageId), Is.EqualTo(["m1@kunde.example", "later@kunde.example"]), "oldest first");
            Assert.That(thread.Conversation.Status, Is.EqualTo(ConversationStatus.Closed));
            Assert.That(thread.Conversation.Preview, Is.EqualTo("Any news?"));
        });
    }

    [Test]
    public async Task A_start_day_decides_what_counts()
    {
        await using PolledMailbox polled = await PolledMailbox.Prepare("\"start\": \"2026-05-01\"");
        await polled.Inbox.Deliver(PolledMailbox.Mails(1, 5), new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
        await polled.Inbox.Deliver(PolledMailbox.Mails(6, 3), new DateTimeOffset(2026, 6, 1, 12, 0, 0, TimeSpan.Zero));
        await polled.Start();
        await polled.Filed(3);
        Assert.That(polled.Rows(SeenState.Before), Is.EqualTo(5));
    }

    [Test]
    public async Task A_new_numbering_doubles_nothing_and_loses_nothing()
    {
        await using PolledMailbox polled = await PolledMailbox.Prepare("\"start\": \"now\"");
        await polled.Inbox.Deliver(PolledMailbox.Mails(1, 30), new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
        await polled.Start();
        await polled.Looked();
        await polled.Inbox.Deliver(PolledMailbox.Mails(31, 30));
        await polled.Filed(30);
        for (int epoch = 0; epoch < 3; epoch++)
        {
            await polled.Stop();
            await polled.Inbox.ChangeUidValidity(new Random(epoch));
            await polled.Inbox.Deliver(PolledMailbox.Mails(61 + epoch, 1));
            await polled.Start();
            await polled.Filed(31 + epoch);
            await polled.Looked();
        }

        Assert.Multiple(() =>
        {
            Assert.That(polled.Outcome(FilingOutcome.Duplicate), Is.Zero);
            Assert.That(polled.Gateway.Raw.Counts().All, Is.EqualTo(33), "no bytes are kept twice");
            Assert.That(polled.Rows(SeenState.Before), Is.EqualTo(30));
            Assert.That(polled.Rows(SeenState.Taken), Is.EqualTo(33));
        });
    }

    [Test]
    public async Task What_was_deleted_for_ever_does_not_come_back_under_a_new_number()
    {
        await using PolledMailbox polled = await PolledMailbox.Prepare();
        await polled.Inbox.Deliver(PolledMailbox.Mails(1, 3));
        await polled.Start();
        await polled.Filed(3);
        await polled.Gateway.Inbox.Write(t => t.Execute("UPDATE conversation SET disposition = 'trash', delete_at = 1 WHERE id = 2"));
        await polled.Gateway.Get<Erasure>().DeleteDue(TimeProvider.System.GetUtcNow(), CancellationToken.None);
        await polled.Looked();
        await polled.Stop();
        await polled.Inbox.ChangeUidValidity(new Random(1));
        await polled.Start();
        await polled.Looked();
        Assert.Multiple(() =>
        {
            Assert.That(polled.Gateway.In(View.Open), Has.Count.EqualTo(2));
            Assert.That(polled.Rows(SeenState.Taken), Is.EqualTo(3));
            Assert.That(polled.Gateway.Raw.Counts().All, Is.EqualTo(3));
        });
    }

    [Test]
    public async Task Of_a_message_over_the_limit_the_header_is_taken_and_words_say_so()
    {
        await using PolledMailbox polled = await PolledMailbox.Prepare("\"start\": \"all\", \"maxSize\": \"100kb\"");
        await polled.Inbox.Deliver([PolledMailbox.Mail(1, string.Concat(Enumerable.Repeat(new string('x', 70) + "\r\n", 3_000))), PolledMailbox.Mail(2)]);
        await polled.Start();
        await polled.Filed(2);
        IReadOnlyList<Message> messages = [.. polled.Gateway.In(View.Open).Select(id => polled.Gateway.Thread(id).Messages[0].Message)];
        Message stub = messages.Single(m => m.MessageId == "m1@kunde.example");
        Assert.Multiple(() =>
        {
            Assert.That(polled.Rows(SeenState.Stub), Is.EqualTo(1));
            Assert.That(stub.Subject, Is.EqualTo("Order 1"));
            Assert.That(stub.FromAddress, Is.EqualTo("mina@kunde.example"));
            Assert.That(stub.Preview, Does.StartWith("This message has 0.2 MB, more than the 0.1 MB that are fetched."));
        });
    }

    [Test]
    public async Task A_number_below_the_cursor_without_a_row_is_found_on_the_next_connection()
    {
        await using PolledMailbox polled = await PolledMailbox.Prepare();
        await polled.Inbox.Deliver(PolledMailbox.Mails(1, 10));
        using (ImapWire other = await polled.Server.Connect())
        {
            await other.Select("INBOX");
        }

        // As if the server had not listed the fourth when it listed the later ones.
        polled.Wire.Faults = new WireFaults(WireState.Refusing);
        await polled.Start();
        FolderRow folder = await polled.Ledger.Open(polled.Mailbox.Source.Key, "INBOX", polled.Inbox.Numbering().UidValidity, 10);
        await polled.Ledger.Note(folder, [.. Enumerable.Range(1, 10).Where(n => n != 4).Select(n => new ImapMail((uint)n, null, null, []))], 10, _ => true);
        polled.Wire.Faults = WireFaults.None;
        await polled.Filed(10);
    }

    [Test]
    public async Task New_mail_is_told_by_the_server_and_filed_without_being_asked_for()
    {
        await using PolledMailbox polled = await PolledMailbox.Run();
        await polled.Looked();
        await Eventually.Holds(() => polled.Status.Doing == "listening in INBOX (IDLE)", "it listens");
        using ImapWire other = await polled.Server.Connect();
        await other.Append("INBOX", PolledMailbox.Mail(1));
        await Eventually.Holds(() => polled.Outcome(FilingOutcome.Filed) == 1, "it is filed");
        Assert.That(polled.Status.Lag, Is.Not.Null);
    }

    [Test]
    public async Task Sent_mail_gets_its_copy_once()
    {
        await using MailSink sink = MailSink.Start();
        await using PolledMailbox polled = await PolledMailbox.Prepare("\"start\": \"all\", \"sent\": \"auto\"", sink.Port);
        await polled.Inbox.Deliver(PolledMailbox.Mails(1, 1));
        await polled.Start();
        await polled.Filed(1);
        Agent agent = await polled.Gateway.AddAgent("lea@example.com");
        Reply reply = polled.Gateway.Get<Reply>();
        ReplyDraft draft = reply.Start(ReplyKind.Reply, "support", 1, polled.Gateway.Thread(1).Messages[0].Message.Id)!;
        await reply.Send(draft with { Text = "It is on its way." }, new Actor(agent.Id, agent.Name), CancellationToken.None);
        await Eventually.Holds(() => sink.Mails.Count == 1, "it is sent");
        Maildir sent = polled.Server.Maildir("Sent");
        await Eventually.Holds(() => Count(sent) == 1, "the copy is there");
        await polled.Looked();
        Assert.That(sent.Flags().Values.Single(), Is.EqualTo("S"));
    }

    private static int Count(Maildir folder)
    {
        try
        {
            return folder.Flags().Count;
        }
        catch (DirectoryNotFoundException)
        {
            return 0;
        }
    }
}
