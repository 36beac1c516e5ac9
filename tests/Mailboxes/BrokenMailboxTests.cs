using MailInbox.Inbox.Intake;
using MailInbox.Inbox.Mailboxes.Ledger;
using MailInbox.Inbox.Mailboxes.Watching;
using MailInbox.Tests.Support;

namespace MailInbox.Tests.Mailboxes;

/// <summary>Messages that the server cannot give, wires that break, peers that die.</summary>
public sealed class BrokenMailboxTests
{
    [Test]
    public async Task Messages_that_the_server_cannot_give_keep_nobody_waiting_and_are_held_in_the_end()
    {
        await using PolledMailbox polled = await PolledMailbox.Prepare();
        await polled.Inbox.Deliver(PolledMailbox.Mails(1, 20));
        foreach (Poison poison in Enum.GetValues<Poison>())
        {
            await polled.Inbox.Deliver(poison, PolledMailbox.Mail(100 + (int)poison));
        }

        await polled.Inbox.Deliver(PolledMailbox.Mails(21, 20));
        await using MailboxByHand mailbox = await polled.StartByHand();
        await mailbox.Until(() => polled.Outcome(FilingOutcome.Filed) == 40, "the others are filed", TimeSpan.FromMilliseconds(20));
        TimeSpan time = await mailbox.Until(() => polled.Rows(SeenState.Held) == 5, "they are held", TimeSpan.FromSeconds(5));
        Assert.That(time, Is.GreaterThan(TimeSpan.FromMinutes(13)), "the tries are spread");

        Sources sources = polled.Gateway.Get<Sources>();
        Assert.Multiple(() =>
        {
            Assert.That(sources.Held(), Has.Count.EqualTo(5));
            Assert.That(sources.Held().Select(h => h.Reason), Is.All.Not.Empty);
            Assert.That(sources.Alarming, Is.True);
            Assert.That(polled.Outcome(FilingOutcome.Filed), Is.EqualTo(40));
        });

        Assert.That(await sources.Dismiss(sources.Held()[0].Id, CancellationToken.None), Is.True);
        Assert.That(await sources.Retry(sources.Held()[0].Id, CancellationToken.None), Is.True);
        Assert.That(sources.Held(), Has.Count.EqualTo(3));
    }

    [Test]
    public async Task Connections_that_break_anywhere_lose_and_double_nothing()
    {
        await using PolledMailbox polled = await PolledMailbox.Prepare();
        await polled.Inbox.Deliver(PolledMailbox.Mails(1, 300));
        Random random = new(4);
        polled.Wire.ResetAfter(random.Next(200, 4_000));
        await polled.Start();
        for (int resets = 1; resets <= 12; resets++)
        {
            // Looking goes on, so that there are bytes to break at when all mail is here.
            await Eventually.Holds(
                () =>
                {
                    polled.Mailbox.Look();
                    return polled.Wire.Resets >= resets;
                },
                $"reset {resets}");
            polled.Wire.ResetAfter(random.Next(200, 8_000));
        }

        polled.Wire.ResetAfter(long.MaxValue);
        await polled.Filed(300);
        Assert.That(polled.Outcome(FilingOutcome.Duplicate), Is.Zero);
    }

    [Test]
    public async Task A_peer_that_died_without_a_word_is_noticed_within_five_minutes()
    {
        await using PolledMailbox polled = await PolledMailbox.Prepare("\"start\": \"all\", \"every\": \"2m\"");
        await using MailboxByHand mailbox = await polled.StartByHand();
        await mailbox.Listens();
        polled.Wire.Faults = new WireFaults(WireState.Swallowing);
        await polled.Inbox.Deliver(PolledMailbox.Mails(1, 1));
        TimeSpan noticed = await mailbox.Until(() => mailbox.Standing.Fault is { Over: false }, "it is noticed", TimeSpan.FromSeconds(5));
        polled.Wire.Faults = WireFaults.None;
        TimeSpan filed = await mailbox.Until(() => polled.Outcome(FilingOutcome.Filed) == 1, "the mail is filed", TimeSpan.FromSeconds(1));
        Assert.That(noticed + filed, Is.LessThan(TimeSpan.FromMinutes(5)));
    }

    [Test]
    public async Task A_server_that_promises_to_tell_and_does_not_is_asked_all_the_same()
    {
        await using PolledMailbox polled = await PolledMailbox.Prepare("\"start\": \"all\", \"every\": \"1d\"");
        await using MailboxByHand mailbox = await polled.StartByHand();
        await mailbox.Listens();

        // Nothing that the server says arrives any more, until the gateway itself says something.
        polled.Wire.Faults = new WireFaults(WireState.Stuck);
        await polled.Inbox.Deliver(PolledMailbox.Mails(1, 1));
        TimeSpan asked = await mailbox.Until(() => mailbox.Standing.Fault is { Over: false }, "it is asked", TimeSpan.FromSeconds(5));
        Assert.That(asked, Is.LessThan(TimeSpan.FromMinutes(5)));
        polled.Wire.Faults = WireFaults.None;
        await mailbox.Until(() => polled.Outcome(FilingOutcome.Filed) == 1, "the mail is filed", TimeSpan.FromSeconds(1));
    }

    [Test]
    public async Task A_wrong_password_is_told_with_a_hint_and_not_tried_again_soon()
    {
        await using PolledMailbox polled = await PolledMailbox.Prepare();
        await polled.StartRefused();
        SourceFault fault = polled.Status.Fault!;
        Assert.Multiple(() =>
        {
            Assert.That(fault.Words, Does.Contain("AUTHENTICATIONFAILED"));
            Assert.That(fault.Hint, Does.Contain("password"));
            Assert.That(fault.NextTry, Is.GreaterThan(fault.Since + TimeSpan.FromMinutes(4)));
            Assert.That(polled.Gateway.Get<Sources>().Alarming, Is.True);
        });

        // It is put right on the server, and asked for by hand.
        await polled.Server.Stop();
        polled.Server.SetPassword(Dovecot.User, "wrong");
        await polled.Server.Start();
        await polled.Looked();
        Assert.That(polled.Status.Fault!.Over, Is.True);
    }

    [Test]
    public async Task A_folder_that_is_missing_does_not_keep_the_others_waiting()
    {
        await using PolledMailbox polled = await PolledMailbox.Prepare("\"start\": \"all\", \"folders\": [\"Missing\", \"INBOX\"]");
        await polled.Inbox.Deliver(PolledMailbox.Mails(1, 3));
        await polled.Start();
        await polled.Filed(3);
        await Eventually.Holds(() => polled.Status.State == SourceState.Failing, "the missing one is told");
        Assert.That(polled.Status.Fault!.Words, Does.Contain("Missing"));
    }
}
