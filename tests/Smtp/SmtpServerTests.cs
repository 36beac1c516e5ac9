using MailInbox.Mail.Smtp;
using MailInbox.Tests.Support;

namespace MailInbox.Tests.Smtp;

public class SmtpServerTests
{
    [Test]
    public async Task A_receiver_that_fails_at_the_start_is_a_local_error()
    {
        await using LiveServer live = LiveServer.Start();
        using SmtpTalk talk = await live.Greet();
        await talk.Ask("MAIL FROM:<a@b.example>");
        await talk.Ask("RCPT TO:<support@example.com>");
        live.Receiver.OnBegin = Fail;
        Assert.That(await talk.Ask("DATA"), Does.StartWith("451 4.3.0"));
        live.Receiver.OnBegin = () => { };
        await AcceptsAnother(talk, live);
    }

    [Test]
    public async Task A_receiver_that_fails_while_writing_is_a_local_error()
    {
        await using LiveServer live = LiveServer.Start();
        using SmtpTalk talk = await live.OpenData();
        live.Receiver.OnWrite = Fail;
        Assert.That(await talk.Ask(new string('x', 300_000) + "\r\n."), Does.StartWith("451 4.3.0"));
        Assert.That(live.Receiver.Dropped, Is.EqualTo(1));
        live.Receiver.OnWrite = () => { };
        await AcceptsAnother(talk, live);
    }

    [Test]
    public async Task A_receiver_that_fails_at_the_end_is_a_local_error()
    {
        await using LiveServer live = LiveServer.Start();
        using SmtpTalk talk = await live.OpenData();
        Func<Task<SmtpReply>> good = live.Receiver.OnCommit;
        live.Receiver.OnCommit = () => Task.FromException<SmtpReply>(new IOException("disk"));
        Assert.That(await talk.Ask("x\r\n."), Does.StartWith("451 4.3.0"));
        Assert.That(live.Receiver.Dropped, Is.EqualTo(1));
        live.Receiver.OnCommit = good;
        await AcceptsAnother(talk, live);
    }

    [Test]
    public async Task A_receiver_may_refuse_in_its_own_words()
    {
        await using LiveServer live = LiveServer.Start();
        using SmtpTalk talk = await live.OpenData();
        live.Receiver.OnWrite = () => throw new SmtpRefusal(452, "4.3.1", "Disk full");
        Assert.That(await talk.Ask("x\r\n."), Is.EqualTo("452 4.3.1 Disk full"));
        live.Receiver.OnSender = _ => throw new SmtpRefusal(451, "4.7.1", "Later");
        Assert.That(await talk.Ask("MAIL FROM:<a@b.example>"), Is.EqualTo("451 4.7.1 Later"));
        live.Receiver.OnSender = _ => throw new InvalidOperationException("bug");
        Assert.That(await talk.Ask("MAIL FROM:<a@b.example>"), Does.StartWith("451 4.3.0"));
        Assert.That(live.Receiver.Mails, Is.Empty);
    }

    [Test]
    public async Task Stop_says_goodbye_to_idle_sessions()
    {
        await using LiveServer live = LiveServer.Start();
        using SmtpTalk talk = await live.Greet();
        await live.Server.Stop(CancellationToken.None);
        Assert.That(await talk.HearAll(), Is.EqualTo(new[] { "421 4.3.2 Server is shutting down" }));
        Assert.That(async () => (await SmtpTalk.Connect(live.Server.LocalEndPoint)).Dispose(), Throws.InstanceOf<Exception>());
    }

    [Test]
    public async Task Stop_lets_a_message_be_finished()
    {
        await using LiveServer live = LiveServer.Start();
        using SmtpTalk talk = await live.OpenData();
        Task stop = live.Server.Stop(CancellationToken.None);
        await talk.Send("still here\r\n.\r\n");
        Assert.That(await talk.HearAll(), Is.EqualTo(new[] { "250 2.0.0 Stored", "421 4.3.2 Server is shutting down" }));
        await stop;
        Assert.That(live.Receiver.Mails.Single().Text, Is.EqualTo("still here\r\n"));
    }

    [Test]
    public async Task Stop_cuts_what_does_not_end()
    {
        ManualClock clock = new();
        await using LiveServer live = LiveServer.Start(clock: clock);
        using SmtpTalk talk = await live.OpenData();
        Task stop = live.Server.Stop(CancellationToken.None);
        await clock.AdvanceUntil(stop, TimeSpan.FromMilliseconds(500));
        Assert.That(await talk.Hear(), Is.Empty);
        Assert.That((live.Receiver.Mails.Count, live.Receiver.Dropped), Is.EqualTo((0, 1)));
    }

    [Test]
    public async Task A_client_that_vanishes_leaves_nothing()
    {
        await using LiveServer live = LiveServer.Start();
        using (SmtpTalk talk = await live.OpenData())
            await talk.Send("half a mess");
        await live.Server.Stop(CancellationToken.None);
        Assert.That((live.Receiver.Mails.Count, live.Receiver.Dropped, live.Log.Errors.Count), Is.EqualTo((0, 1, 0)));
    }

    private static void Fail() => throw new InvalidOperationException("the receiver is broken");

    private static async Task AcceptsAnother(SmtpTalk talk, LiveServer live)
    {
        await talk.Send("MAIL FROM:<a@b.example>\r\nRCPT TO:<support@example.com>\r\nDATA\r\nanother\r\n.\r\n");
        for (int count = 0; count < 3; count++)
            await talk.Hear();
        Assert.That(await talk.Hear(), Is.EqualTo("250 2.0.0 Stored"));
        Assert.That(live.Receiver.Mails.Single().Text, Is.EqualTo("another\r\n"));
    }
}
