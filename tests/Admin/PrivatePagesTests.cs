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
}
