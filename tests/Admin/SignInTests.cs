using System.Net;
using MailInbox.Tests.Support;

namespace MailInbox.Tests.Admin;

public sealed class SignInTests
{
    [Test]
    public async Task Attempts_at_once_are_counted_before_their_passwords_are_judged()
    {
        await using TestGateway gateway = await TestGateway.Start();
        using ScreenClient client = new(gateway.Web);
        await client.Get("/sign-in");
        HttpResponseMessage[] answers = await Task.WhenAll(Enumerable.Range(0, 60)
            .Select(i => client.Post("/sign-in", ("email", "mina@example.com"), ("password", $"a guess number {i}"))));
        Assert.That(answers.Count(a => a.StatusCode == HttpStatusCode.Unauthorized), Is.EqualTo(10));
        Assert.That(answers.Count(a => a.StatusCode == HttpStatusCode.TooManyRequests), Is.EqualTo(50));
    }

    [Test]
    public async Task Cookies_stay_on_https_where_people_come_by_https()
    {
        await using TestGateway gateway = await TestGateway.Start(publicUrl: new Uri("https://inbox.example"));
        using ScreenClient client = new(gateway.Web);
        HttpResponseMessage form = await client.Get("/sign-in");
        Assert.That(form.Headers.GetValues("Set-Cookie"), Has.All.Contains("; secure").And.All.Contains("; httponly"));
    }

    [Test]
    public async Task Behind_a_proxy_on_this_machine_each_network_has_its_own_count()
    {
        await using TestGateway gateway = await TestGateway.Start();
        using ScreenClient client = new(gateway.Web);
        await client.Get("/sign-in");
        // Too long to be hashed, so that fifty of them are quick.
        string wrong = new('x', 300);
        for (int i = 0; i < 50; i++)
            await client.PostFrom("192.0.2.1", "/sign-in", ("email", $"person{i}@example.com"), ("password", wrong));
        HttpResponseMessage same = await client.PostFrom("192.0.2.1", "/sign-in", ("email", "mina@example.com"), ("password", wrong));
        HttpResponseMessage other = await client.PostFrom("198.51.100.7", "/sign-in", ("email", "mina@example.com"), ("password", wrong));
        Assert.That(same.StatusCode, Is.EqualTo(HttpStatusCode.TooManyRequests));
        Assert.That(other.StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
    }
}
