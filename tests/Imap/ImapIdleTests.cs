using MailInbox.Mail.Imap;
using MailInbox.Tests.Support;

namespace MailInbox.Tests.Imap;

public class ImapIdleTests
{
    [TestCase("* 5 EXISTS\r\n")]
    [TestCase("* OK Still here\r\n* 2 EXPUNGE\r\n")]
    [TestCase("* 1 FETCH (FLAGS (\\Seen))\r\n")]
    [TestCase("* 0 RECENT\r\n")]
    public async Task News_end_the_listening(string news)
    {
        await using ScriptedPeer peer = ImapPeer.Play("+ idling\r\n" + news, "% OK done\r\n", "% OK\r\n");
        await using ImapClient client = await ImapPeer.Dial(peer);
        Assert.That(await client.Idle(TimeSpan.FromMinutes(9), CancellationToken.None), Is.True);
        await client.Noop(CancellationToken.None);
        Assert.That(peer.Heard[1..], Is.EqualTo((string[])["A2 IDLE", "DONE", "A3 NOOP"]));
        Assert.That(client.TakeNews(), Is.False, "they were told");
    }

    [Test]
    public async Task News_before_it_begins_count()
    {
        await using ScriptedPeer peer = ImapPeer.Play("* 5 EXISTS\r\n+ idling\r\n", "% OK done\r\n");
        await using ImapClient client = await ImapPeer.Dial(peer);
        Assert.That(await client.Idle(TimeSpan.FromMinutes(9), CancellationToken.None), Is.True);
    }

    [Test]
    public async Task Listening_ends_when_its_time_is_over()
    {
        ManualClock clock = new();
        await using ScriptedPeer peer = ImapPeer.Play("+ idling\r\n* OK Still here\r\n", "* 1 EXISTS\r\n% OK done\r\n", "+ idling\r\n", "% OK\r\n");
        await using ImapClient client = await ImapPeer.Dial(peer, clock);
        long before = clock.GetTimestamp();
        Task<bool> idle = client.Idle(TimeSpan.FromMinutes(9), CancellationToken.None);
        await clock.AdvanceUntil(idle, TimeSpan.FromSeconds(20));
        Assert.That(await idle, Is.True, "news came with the end");
        Assert.That(clock.GetElapsedTime(before).TotalMinutes, Is.InRange(9, 10));
        idle = client.Idle(TimeSpan.FromMinutes(1), CancellationToken.None);
        await clock.AdvanceUntil(idle, TimeSpan.FromSeconds(20));
        Assert.That(await idle, Is.False);
        Assert.That(client.Usable, Is.True);
    }

    [TestCase("", "")]
    [TestCase("* 1 EXISTS\r\n", "")]
    [TestCase("+ idling\r\n", "")]
    [TestCase("+ idling\r\n* 1 EXI", "STS and no more")]
    public async Task A_server_that_falls_silent_is_left(string begun, string late)
    {
        ManualClock clock = new();
        await using ScriptedPeer peer = ImapPeer.Play(begun, late);
        await using ImapClient client = await ImapPeer.Dial(peer, clock);
        Task<bool> idle = client.Idle(TimeSpan.FromMinutes(9), CancellationToken.None);
        await clock.AdvanceUntil(Task.WhenAny(idle), TimeSpan.FromSeconds(20));
        Assert.That((await Assert.ThrowsAsync<ImapBroken>(() => idle))!.Fault, Is.EqualTo(ImapFault.Silent));
        Assert.That(client.Usable, Is.False);
    }

    [Test]
    public async Task Who_stops_listening_may_go_on()
    {
        await using ScriptedPeer peer = ImapPeer.Play("+ idling\r\n", "% OK done\r\n", "* SEARCH 3\r\n% OK\r\n");
        await using ImapClient client = await ImapPeer.Dial(peer);
        using CancellationTokenSource cancel = new();
        Task<bool> idle = client.Idle(TimeSpan.FromMinutes(9), cancel.Token);
        await Eventually.Holds(() => peer.Heard.Count == 2, "the command");
        await cancel.CancelAsync();
        await Assert.ThrowsAsync(Is.InstanceOf<OperationCanceledException>(), () => idle);
        Assert.That(client.Usable, Is.True);
        Assert.That(await client.Search("ALL", CancellationToken.None), Is.EqualTo((uint[])[3]));
        Assert.That(peer.Heard[1..], Is.EqualTo((string[])["A2 IDLE", "DONE", "A3 UID SEARCH ALL"]));
    }

    [TestCase("% NO [UNAVAILABLE] not now\r\n", ImapStatus.No, true)]
    [TestCase("+ idling\r\n* BYE timeout\r\n", ImapStatus.Bye, false)]
    [TestCase("+ idling\r\n% BAD\r\n", ImapStatus.Bad, true)]
    public async Task A_server_may_refuse_to_be_listened_to(string answer, ImapStatus status, bool usable)
    {
        await using ScriptedPeer peer = ImapPeer.Play(answer);
        await using ImapClient client = await ImapPeer.Dial(peer);
        ImapRefusal refusal = (await Assert.ThrowsAsync<ImapRefusal>(() => client.Idle(TimeSpan.FromMinutes(9), CancellationToken.None)))!;
        Assert.That((refusal.Status, client.Usable), Is.EqualTo((status, usable)));
    }

    [Test]
    public async Task A_server_may_end_it_by_itself()
    {
        await using ScriptedPeer peer = ImapPeer.Play("+ idling\r\n% OK enough\r\n", "% OK\r\n");
        await using ImapClient client = await ImapPeer.Dial(peer);
        Assert.That(await client.Idle(TimeSpan.FromMinutes(9), CancellationToken.None), Is.False);
        await client.Noop(CancellationToken.None);
        Assert.That(peer.Heard[^1], Is.EqualTo("A3 NOOP"));
    }
}
