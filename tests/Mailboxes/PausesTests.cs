using MailInbox.Inbox.Mailboxes;
using MailInbox.Inbox.Mailboxes.Ledger;

namespace MailInbox.Tests.Mailboxes;

public sealed class PausesTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    [Test]
    public void Connections_are_tried_again_at_once_then_ever_later_up_to_five_minutes() =>
        Assert.That(new[] { 1, 2, 3, 4, 9, 11, 1_000 }.Select(n => Pauses.Connection(n, 1).TotalSeconds), Is.EqualTo([0.25, 1, 2, 4, 128, 300, 300]));

    [Test]
    public void A_refused_login_waits_five_minutes_to_an_hour() =>
        Assert.That(new[] { 1, 2, 3, 4, 5, 1_000 }.Select(n => Pauses.Login(n, 1).TotalMinutes), Is.EqualTo([5, 10, 20, 40, 60, 60]));

    [TestCase(false, 3)]
    [TestCase(true, 6)]
    public void A_message_is_held_after_tries_over_at_least_fourteen_minutes(bool broken, int tries)
    {
        DateTimeOffset now = Now;
        int tried = 0;
        for (DateTimeOffset? next = Now; next is { } at; next = Pauses.Message(new SeenMessage { Tries = tried++ }, broken, now))
        {
            now = at;
        }

        Assert.Multiple(() =>
        {
            Assert.That(tried, Is.EqualTo(tries));
            Assert.That(now - Now, Is.InRange(TimeSpan.FromMinutes(14), TimeSpan.FromMinutes(16)));
        });
    }

    [Test]
    public void A_server_that_breaks_at_every_message_is_ill_itself()
    {
        MailboxMemory memory = new();
        for (int i = 0; i < 8; i++)
        {
            Assert.That(memory.BlamesMessages, Is.True);
            memory.Struck();
        }

        Assert.That(memory.BlamesMessages, Is.False);
        memory.Forward();
        Assert.That(memory.BlamesMessages, Is.True);
    }

    [Test]
    public void The_number_that_breaks_a_server_is_found_in_few_steps()
    {
        MailboxMemory memory = new();
        List<uint> numbers = [.. Enumerable.Range(1, 500).Select(n => (uint)n)];
        int breaks = 0;
        uint found = 0;
        for (int at = 0; at < numbers.Count;)
        {
            List<uint> batch = [.. numbers.Skip(at).Take(memory.BatchFrom("INBOX", numbers[at]))];
            if (!batch.Contains(321) || found == 321)
            {
                at += batch.Count;
            }
            else if (breaks++ < 10 && memory.Narrow("INBOX", batch))
            {
                found = batch[0];
                at++;
            }
        }

        Assert.Multiple(() =>
        {
            Assert.That(found, Is.EqualTo(321));
            Assert.That(breaks, Is.EqualTo(4));
            Assert.That(memory.BatchFrom("INBOX", 501), Is.EqualTo(500));
        });
    }
}
