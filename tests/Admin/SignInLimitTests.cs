using System.Net;
using MailInbox.Admin.SignIn;

namespace MailInbox.Tests.Admin;

public class SignInLimitTests
{
    private static readonly IPAddress Here = IPAddress.Parse("192.0.2.1");

    [Test]
    public void Ten_failures_end_the_attempts_on_an_account_from_there_and_do_not_lock_its_owner_out()
    {
        SignInLimit limit = new(new Clock());
        for (int i = 0; i < 10; i++)
            limit.Begin("mina@example.com", Here);
        Assert.That(limit.Begin("MINA@example.com ", Here), Is.False);
        Assert.That(limit.Begin("mina@example.com", IPAddress.Parse("198.51.100.7")), Is.True);
        Assert.That(limit.Begin("tor@example.com", Here), Is.True);
    }

    [Test]
    public void A_hundred_failures_end_the_attempts_on_an_account_from_anywhere()
    {
        SignInLimit limit = new(new Clock());
        for (int i = 0; i < 100; i++)
            limit.Begin("mina@example.com", IPAddress.Parse($"192.0.2.{i}"));
        Assert.That(limit.Begin("mina@example.com", IPAddress.Parse("198.51.100.7")), Is.False);
    }

    [Test]
    public void Many_failures_end_the_attempts_from_a_network_on_any_account()
    {
        SignInLimit limit = new(new Clock());
        for (int i = 0; i < 50; i++)
            limit.Begin($"person{i}@example.com", IPAddress.Parse($"2001:db8:1:2::{i:x}"));
        Assert.That(limit.Begin("mina@example.com", IPAddress.Parse("2001:db8:1:2:ffff::1")), Is.False);
        Assert.That(limit.Begin("mina@example.com", IPAddress.Parse("2001:db8:1:3::1")), Is.True);
    }

    [Test]
    public void After_ten_minutes_one_may_try_again()
    {
        Clock clock = new();
        SignInLimit limit = new(clock);
        for (int i = 0; i < 10; i++)
            limit.Begin("mina@example.com", Here);
        clock.Now += TimeSpan.FromMinutes(10);
        Assert.That(limit.Begin("mina@example.com", Here), Is.True);
    }

    [Test]
    public void A_good_password_clears_the_account()
    {
        SignInLimit limit = new(new Clock());
        for (int i = 0; i < 9; i++)
            limit.Begin("mina@example.com", Here);
        limit.Succeeded("mina@example.com", Here);
        limit.Begin("mina@example.com", Here);
        Assert.That(limit.Begin("mina@example.com", Here), Is.True);
    }

    [Test]
    public void Good_passwords_do_not_use_the_network_up()
    {
        SignInLimit limit = new(new Clock());
        for (int i = 0; i < 100; i++)
        {
            Assert.That(limit.Begin($"person{i}@example.com", Here), Is.True);
            limit.Succeeded($"person{i}@example.com", Here);
        }
    }

    private sealed class Clock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
