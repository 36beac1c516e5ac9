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
}
