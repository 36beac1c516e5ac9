using MailInbox.Inbox.Mailboxes.Watching;
using MailInbox.Tests.Support;

namespace MailInbox.Tests.Mailboxes;

public sealed class SilenceAlarmTests
{
    private static readonly DateTimeOffset Monday = new(2026, 11, 2, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Mail on working days from eight to five, for two weeks.</summary>
    private static readonly DateTimeOffset[] OfficeHours =
        [.. Enumerable.Range(0, 14).Where(day => day % 7 < 5).SelectMany(day => Enumerable.Range(8, 10).Select(hour => Monday.AddDays(day).AddHours(hour)))];

    [Test]
    public void The_silence_of_a_weekend_is_usual_once_one_was_seen()
    {
        DateTimeOffset last = OfficeHours[^1];
        Assert.Multiple(() =>
        {
            Assert.That(SilenceAlarm.Judge(OfficeHours, null, last.AddHours(63)), Is.Null, "until Monday morning");
            Assert.That(SilenceAlarm.Judge(OfficeHours, null, last.AddHours(95)), Is.EqualTo(new SilentSource(last, TimeSpan.FromHours(94.5), true)), "half as long again as the weekend before");
        });
    }

    [Test]
    public void Nothing_is_learned_from_a_few_days() =>
        Assert.That(SilenceAlarm.Judge([.. OfficeHours.Where(h => h < Monday.AddDays(4))], null, Monday.AddDays(6)), Is.Null);

    [Test]
    public void What_is_configured_holds_from_the_first_mail()
    {
        DateTimeOffset last = OfficeHours[0];
        Assert.Multiple(() =>
        {
            Assert.That(SilenceAlarm.Judge([last], TimeSpan.FromHours(8), last.AddHours(8)), Is.Null);
            Assert.That(SilenceAlarm.Judge([last], TimeSpan.FromHours(8), last.AddHours(8.1)), Is.EqualTo(new SilentSource(last, TimeSpan.FromHours(8), false)));
            Assert.That(SilenceAlarm.Judge([], TimeSpan.FromHours(8), last), Is.Null, "nothing ever came");
        });
    }

    [Test]
    public void A_busy_source_is_not_alarmed_over_within_four_hours()
    {
        DateTimeOffset[] always = [.. Enumerable.Range(0, 24 * 10).Select(h => Monday.AddHours(h))];
        Assert.Multiple(() =>
        {
            Assert.That(SilenceAlarm.Judge(always, null, always[^1].AddHours(3.9)), Is.Null);
            Assert.That(SilenceAlarm.Judge(always, null, always[^1].AddHours(4.1)), Is.Not.Null);
        });
    }

    [Test]
    public async Task Mail_is_counted_once_for_each_inbox_that_it_is_for_and_the_last_one_is_known()
    {
        await using TestGateway gateway = await TestGateway.Start();
        await gateway.File(Sample.Mail("One"), to: ["support@example.com", "sales@example.com"]);
        await gateway.File(Sample.Mail("Two"), to: ["support@example.com"]);
        SilenceAlarm alarm = gateway.Get<SilenceAlarm>();
        await alarm.Look(CancellationToken.None);
        await alarm.Look(CancellationToken.None);
        Assert.Multiple(() =>
        {
            Assert.That(alarm.Total(SilenceAlarm.ListenerKey("support")).Mails, Is.EqualTo(2));
            Assert.That(alarm.Total(SilenceAlarm.ListenerKey("sales")).Mails, Is.EqualTo(1));
            Assert.That(alarm.Total(SilenceAlarm.ListenerKey("support")).Last, Is.EqualTo(gateway.Raw.After(0, 10)[^1].ReceivedAt));
        });
    }
}
