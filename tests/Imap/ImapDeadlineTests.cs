using MailInbox.Mail.Imap;
using MailInbox.Mail.Wire;
using MailInbox.Tests.Support;

namespace MailInbox.Tests.Imap;

/// <summary>How long a server is waited for, by a clock that is moved.</summary>
public class ImapDeadlineTests
{
    [TestCase("")]
    [TestCase("* SEARCH 1 2")]
    [TestCase("* OK Still here\r\n* 5 EXISTS\r\n")]
    [TestCase("* 1 FETCH (UID 9 BODY[] {500}\r\nhel")]
    public async Task A_command_ends_after_a_minute(string begun)
    {
        ManualClock clock = new();
        await using ScriptedPeer peer = ImapPeer.Play(begun);
        await using ImapClient client = await ImapPeer.Dial(peer, clock);
        Assert.That(await Fails(clock, () => client.Search("ALL", CancellationToken.None)), Is.InRange(60, 90));
        Assert.That(client.Usable, Is.False);
    }

    [Test]
    public async Task A_server_that_always_talks_ends_too()
    {
        ManualClock clock = new();
        await using ScriptedPeer peer = ScriptedPeer.Play(async peer =>
        {
            await ImapPeer.LogIn(peer);
            while (true)
                await peer.Say("* OK Still here\r\n");
        });
        await using ImapClient client = await ImapPeer.Dial(peer, clock);
        Assert.That(await Fails(clock, () => client.Noop(CancellationToken.None)), Is.InRange(60, 90));
    }

    [TestCase(WireSecurity.None)]
    [TestCase(WireSecurity.Tls)]
    public async Task A_server_that_says_nothing_at_all_ends_after_a_minute(WireSecurity security)
    {
        ManualClock clock = new();
        await using ScriptedPeer peer = ScriptedPeer.Play(async peer =>
        {
            while (await peer.Hear() is not null)
            {
            }
        });
        ImapClientOptions options = ImapPeer.Options(peer) with { Security = security };
        Assert.That(await Fails(clock, () => ImapClient.Connect(options, clock, CancellationToken.None)), Is.InRange(60, 90));
    }

    [Test]
    public async Task Bytes_of_a_message_earn_time()
    {
        ManualClock clock = new();
        string half = new('x', 100 * 5 * 1024);
        TaskCompletionSource more = new();
        await using ScriptedPeer peer = ScriptedPeer.Play(async peer =>
        {
            await ImapPeer.LogIn(peer);
            string tag = await ImapPeer.Answer(peer, $"* 1 FETCH (UID 7 BODY[] {{{half.Length * 2}}}\r\n{half}");
            await more.Task;
            await peer.Say($"{half})\r\n{tag} OK done\r\n");
            await peer.Hear();
        });
        await using ImapClient client = await ImapPeer.Dial(peer, clock);
        Counting mails = new();
        Task fetched = client.FetchBodies([7], mails, CancellationToken.None);
        await Eventually.Holds(() => mails.Bytes == half.Length, "the first half");
        clock.Advance(TimeSpan.FromSeconds(110));
        Assert.That(fetched.IsCompleted, Is.False);
        more.SetResult();
        await fetched;
        Assert.That(mails.Bytes, Is.EqualTo(half.Length * 2));
    }

    [Test]
    public async Task Many_quick_bytes_do_not_let_a_server_be_silent_for_long()
    {
        ManualClock clock = new();
        string begun = new('x', 4 << 20);
        await using ScriptedPeer peer = ImapPeer.Play($"* 1 FETCH (UID 7 BODY[] {{{begun.Length * 2}}}\r\n{begun}");
        await using ImapClient client = await ImapPeer.Dial(peer, clock);
        Counting mails = new();
        Task fetched = client.FetchBodies([7], mails, CancellationToken.None);
        await Eventually.Holds(() => mails.Bytes == begun.Length, "the first half");
        DateTimeOffset before = clock.GetUtcNow();
        await clock.AdvanceUntil(fetched.ContinueWith(_ => { }, TaskScheduler.Default), TimeSpan.FromSeconds(5));
        Assert.That(clock.GetUtcNow() - before, Is.InRange(TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(150)));
        Assert.That((await Assert.ThrowsAsync<ImapBroken>(() => fetched))!.Fault, Is.EqualTo(ImapFault.Silent));
    }

    [Test]
    public async Task Bytes_that_were_only_promised_earn_none()
    {
        ManualClock clock = new();
        await using ScriptedPeer peer = ImapPeer.Play("* 1 FETCH (UID 7 BODY[] {999999999999}\r\nx");
        await using ImapClient client = await ImapPeer.Dial(peer, clock);
        Assert.That(await Fails(clock, () => client.FetchBodies([7], new Counting(), CancellationToken.None)), Is.InRange(60, 90));
    }

    [Test]
    public async Task The_receivers_time_is_not_the_servers()
    {
        ManualClock clock = new();
        await using ScriptedPeer peer = ImapPeer.Play("* 1 FETCH (UID 7 BODY[] {1}\r\nx)\r\n% OK\r\n");
        await using ImapClient client = await ImapPeer.Dial(peer, clock);
        Counting slow = new() { Work = () => clock.Advance(TimeSpan.FromMinutes(10)) };
        await client.FetchBodies([7], slow, CancellationToken.None);
        Assert.That((slow.Bytes, client.Usable), Is.EqualTo((1, true)));
    }

    [Test]
    public async Task Each_of_several_commands_has_its_own_minute()
    {
        ManualClock clock = new();
        TaskCompletionSource first = new();
        await using ScriptedPeer peer = ScriptedPeer.Play(async peer =>
        {
            await ImapPeer.LogIn(peer);
            await peer.Hear();
            await peer.Hear();
            await first.Task;
            await peer.Say("* 1 FETCH (UID 7 BODY[] {1}\r\nx)\r\nA2 OK\r\n");
            await peer.Hear();
        });
        await using ImapClient client = await ImapPeer.Dial(peer, clock);
        Counting mails = new();
        Task fetched = client.FetchBodies([7, 8], mails, CancellationToken.None);
        clock.Advance(TimeSpan.FromSeconds(50));
        first.SetResult();
        await Eventually.Holds(() => mails.Ended == 1, "the first message");
        Assert.That(await Fails(clock, () => fetched), Is.InRange(60, 90));
    }

    [Test]
    public async Task A_message_that_the_server_does_not_read_ends_by_its_size()
    {
        ManualClock clock = new();
        TaskCompletionSource over = new();
        await using ScriptedPeer peer = ScriptedPeer.Play(async peer =>
        {
            await ImapPeer.LogIn(peer);
            await ImapPeer.Answer(peer, "+ go\r\n");
            await over.Task;
        });
        await using ImapClient client = await ImapPeer.Dial(peer, clock);
        byte[] mail = new byte[64 << 20];
        int seconds = await Fails(clock, () => client.Append("Sent", [], null, mail, CancellationToken.None));
        over.SetResult();
        Assert.That(seconds, Is.InRange(60, 60 + mail.Length / (5 * 1024)));
    }

    [Test]
    public async Task A_farewell_is_short()
    {
        ManualClock clock = new();
        await using ScriptedPeer peer = ImapPeer.Play("");
        await using ImapClient client = await ImapPeer.Dial(peer, clock);
        long before = clock.GetTimestamp();
        await clock.AdvanceUntil(client.Logout(CancellationToken.None), TimeSpan.FromSeconds(1));
        Assert.That(clock.GetElapsedTime(before).TotalSeconds, Is.InRange(5, 10));
    }

    [Test]
    public async Task A_command_that_is_cancelled_leaves_the_connection_of_no_use()
    {
        await using ScriptedPeer peer = ImapPeer.Play("");
        await using ImapClient client = await ImapPeer.Dial(peer);
        using CancellationTokenSource cancel = new();
        Task<IReadOnlyList<uint>> search = client.Search("ALL", cancel.Token);
        await Eventually.Holds(() => peer.Heard.Count == 2, "the command");
        await cancel.CancelAsync();
        await Assert.ThrowsAsync(Is.InstanceOf<OperationCanceledException>(), () => search);
        Assert.That(client.Usable, Is.False);
    }

    [Test]
    public async Task A_command_that_is_cancelled_before_it_begins_does_no_harm()
    {
        await using ScriptedPeer peer = ImapPeer.Play("% OK\r\n");
        await using ImapClient client = await ImapPeer.Dial(peer);
        await Assert.ThrowsAsync(Is.InstanceOf<OperationCanceledException>(), () => client.Search("ALL", new CancellationToken(true)));
        await client.Noop(CancellationToken.None);
        Assert.That(peer.Heard[^1], Is.EqualTo("A2 NOOP"));
    }

    /// <summary>After how many seconds of the clock the server was given up as silent.</summary>
    private static async Task<int> Fails(ManualClock clock, Func<Task> step)
    {
        long before = clock.GetTimestamp();
        Task work = Task.Run(step);
        await clock.AdvanceUntil(Task.WhenAny(work), TimeSpan.FromSeconds(1));
        ImapBroken broken = (await Assert.ThrowsAsync<ImapBroken>(() => work))!;
        Assert.That(broken.Fault, Is.EqualTo(ImapFault.Silent));
        return (int)clock.GetElapsedTime(before).TotalSeconds;
    }

    private sealed class Counting : IImapReceiver
    {
        public int Bytes { get; private set; }

        public int Ended { get; private set; }

        public Action? Work { get; init; }

        public ValueTask Begin(uint uid, CancellationToken cancel) => ValueTask.CompletedTask;

        public ValueTask Write(ReadOnlyMemory<byte> bytes, CancellationToken cancel)
        {
            Work?.Invoke();
            Bytes += bytes.Length;
            return ValueTask.CompletedTask;
        }

        public ValueTask End(ImapFetched fetched, CancellationToken cancel)
        {
            Ended++;
            return ValueTask.CompletedTask;
        }
    }
}
