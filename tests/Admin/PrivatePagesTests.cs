using System.Net;
using MailInbox.Inbox.Team;
using MailInbox.Tests.Support;

namespace MailInbox.Tests.Admin;

public sealed class PrivatePagesTests
{
    [TestCase("/messages/1/body")]
    [TestCase("/conversations/1/thread")]
    [TestCase("/inboxes/support/open/1")]
    public async Task What_mails_say_is_not_stored_by_browsers(string path)
    {
        await using TestGateway gateway = await TestGateway.Start();
        await gateway.File(Sample.Mail());
        using ScreenClient observer = await ScreenClient.Join(gateway, "olga@example.com", Role.Observer);
        HttpResponseMessage page = await observer.Get(path);
        Assert.That(page.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(page.Headers.CacheControl?.NoStore, Is.True);
    }

    [Test]
    public async Task Assets_say_themselves_how_long_they_are_kept()
    {
        await using TestGateway gateway = await TestGateway.Start();
        using ScreenClient client = new(gateway.Web);
        HttpResponseMessage script = await client.Get("/_admin/dist/app.js");
        Assert.That(script.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(script.Headers.CacheControl?.NoStore, Is.False);
    }

    [Test]
    public async Task A_form_that_cannot_be_read_is_the_senders_mistake()
    {
        await using TestGateway gateway = await TestGateway.Start();
        using ScreenClient client = new(gateway.Web);
        await client.Get("/sign-in");
        HttpResponseMessage many = await client.Post("/sign-in", [.. Enumerable.Range(0, 1_100).Select(i => ($"field{i}", "x"))]);
        HttpResponseMessage controls = await client.Post("/sign-in", ("email", "a\0b@example.com"), ("password", "a long password"));
        Assert.That(many.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(controls.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
    }

    [TestCase("/people/77/deactivate")]
    [TestCase("/people/77/activate")]
    [TestCase("/people/77/role")]
    public async Task Somebody_unknown_is_not_found(string path)
    {
        await using TestGateway gateway = await TestGateway.Start();
        using ScreenClient administrator = await ScreenClient.Join(gateway, "mina@example.com", Role.Administrator);
        HttpResponseMessage answer = await administrator.Post(path, ("role", nameof(Role.Agent)));
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
    }
}
