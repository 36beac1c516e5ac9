using MailInbox.Mail.Smtp;
using MailInbox.Mail.Smtp.Guard;
using MailInbox.Tests.Support;

namespace MailInbox.Tests.Smtp;

public class SmtpDeadlineTests
{
    [TestCase("", 300)]
    [TestCase("NOOP and no end", 60)]
    [TestCase("MAIL FROM:<a@b.example>\r\nRCPT", 60)]
    public async Task A_silent_session_ends(string begun, int seconds)
    {
        ManualClock clock = new();
        await using LiveServer live = LiveServer.Start(clock: clock);
        using SmtpTalk talk = await live.Greet();
        await talk.Send(begun);
        long before = clock.GetTimestamp();
        Task<List<string>> replies = talk.HearAll();
        await clock.AdvanceUntil(replies, TimeSpan.FromSeconds(1));
        Assert.That((await replies)[^1], Is.EqualTo("421 4.4.2 Timeout, closing connection"));
        Assert.That(clock.GetElapsedTime(before).TotalSeconds, Is.GreaterThanOrEqualTo(seconds));
    }

    [Test]
    public async Task A_busy_session_ends_after_twenty_minutes()
    {
        ManualClock clock = new();
        await using LiveServer live = LiveServer.Start(clock: clock);
        using SmtpTalk talk = await live.Greet();
        string reply = "250";
        while (reply.StartsWith("250", StringComparison.Ordinal) && clock.GetTimestamp() < TimeSpan.FromMinutes(40).Ticks)
        {
            clock.Advance(TimeSpan.FromSeconds(25));
            reply = await talk.Ask("NOOP");
        }
        Assert.That(reply, Does.StartWith("421 4.4.2"));
        Assert.That(clock.GetTimestamp(), Is.InRange(TimeSpan.FromMinutes(20).Ticks, TimeSpan.FromMinutes(23).Ticks));
    }

    [Test]
    public async Task A_trickling_message_ends_after_half_a_minute()
    {
        ManualClock clock = new();
        await using LiveServer live = LiveServer.Start(clock: clock);
        using SmtpTalk talk = await live.OpenData();
        long before = clock.GetTimestamp();
        Task<string> reply = talk.Hear();
        for (int count = 0; count < 200 && !reply.IsCompleted; count++)
        {
            await talk.Send("x");
            await Task.Delay(2);
            clock.Advance(TimeSpan.FromSeconds(1));
        }
        Assert.That(await reply, Does.StartWith("421 4.4.2"));
        Assert.That(clock.GetElapsedTime(before).TotalSeconds, Is.GreaterThanOrEqualTo(30));
        await live.Server.Stop(CancellationToken.None);
        Assert.That((live.Receiver.Mails.Count, live.Receiver.Dropped), Is.EqualTo((0, 1)));
    }

    [Test]
    public void Bytes_that_came_buy_time_at_the_agreed_rate()
    {
        ManualClock clock = new();
        using SmtpDeadline deadline = new(clock, new SmtpLimits());
        deadline.StartData();
        deadline.AllowData(60_000);
        clock.Advance(TimeSpan.FromSeconds(119));
        deadline.Overdue(clock.GetTimestamp());
        Assert.That(deadline.Token.IsCancellationRequested, Is.False);
        clock.Advance(TimeSpan.FromSeconds(2));
        deadline.Overdue(clock.GetTimestamp());
        Assert.That(deadline.Token.IsCancellationRequested, Is.True);
    }

    [Test]
    public void Our_own_work_is_not_the_clients_time()
    {
        ManualClock clock = new();
        using SmtpDeadline deadline = new(clock, new SmtpLimits());
        deadline.Allow(TimeSpan.FromSeconds(1));
        deadline.Suspend();
        clock.Advance(TimeSpan.FromHours(1));
        Assert.That(deadline.Overdue(clock.GetTimestamp()), Is.False);
        Assert.That(deadline.Token.IsCancellationRequested, Is.False);
    }

    [Test]
    public void Who_does_not_take_the_last_words_is_cut()
    {
        ManualClock clock = new();
        using SmtpDeadline deadline = new(clock, new SmtpLimits());
        deadline.Allow(TimeSpan.FromSeconds(1));
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.That(deadline.Overdue(clock.GetTimestamp()), Is.False);
        clock.Advance(TimeSpan.FromSeconds(5));
        Assert.That(deadline.Overdue(clock.GetTimestamp()), Is.True);
    }
}
