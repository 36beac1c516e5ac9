using System.Net;
using MailInbox.Inbox.Jobs;
using MailInbox.Inbox.Team;
using MailInbox.Tests.Support;

namespace MailInbox.Tests.Admin;

/// <summary>Who may see jobs and sources, and who may act on them.</summary>
public sealed class SystemPagesTests
{
    private static readonly string[] Pages = ["/jobs", "/jobs/rows", "/sources", "/sources/rows", "/sources/held/1/raw"];

    private static readonly string[] Acts = ["/jobs/routing/run", "/sources/check", "/sources/test", "/sources/held/1/retry", "/sources/held/1/dismiss"];

    [TestCase(Role.Agent)]
    [TestCase(Role.Observer)]
    public async Task Only_administrators_see_them_and_act(Role role)
    {
        await using TestGateway gateway = await TestGateway.Start();
        using ScreenClient tor = await ScreenClient.Join(gateway, "tor@example.com", role);
        foreach (string page in Pages)
            Assert.That((await tor.Get(page)).StatusCode, Is.EqualTo(HttpStatusCode.Forbidden), page);
        foreach (string act in Acts)
            Assert.That((await tor.Post(act, ("source", "support/smtp"))).StatusCode, Is.EqualTo(HttpStatusCode.Forbidden), act);
        Assert.That(gateway.Get<JobLog>().Of("routing").Last.Where(r => r.By.Length > 0), Is.Empty);
    }

    [Test]
    public async Task Who_is_not_signed_in_is_led_to_the_form()
    {
        await using TestGateway gateway = await TestGateway.Start();
        using ScreenClient stranger = new(gateway.Web);
        foreach (string page in Pages)
            Assert.That((await stranger.Get(page)).Headers.Location?.ToString(), Does.StartWith("/sign-in"), page);
    }

    [Test]
    public async Task Nothing_is_done_without_the_form_token()
    {
        await using TestGateway gateway = await TestGateway.Start();
        using ScreenClient mina = await ScreenClient.Join(gateway, "mina@example.com", Role.Administrator);
        mina.ForgetToken();
        foreach (string act in Acts)
            Assert.That((await mina.Post(act)).StatusCode, Is.EqualTo(HttpStatusCode.BadRequest), act);
        Assert.That(gateway.Get<JobLog>().Of("routing").Last.Where(r => r.By.Length > 0), Is.Empty);
    }

    [Test]
    public async Task What_is_not_there_is_not_found()
    {
        await using TestGateway gateway = await TestGateway.Start();
        using ScreenClient mina = await ScreenClient.Join(gateway, "mina@example.com", Role.Administrator);
        await mina.Get("/sources");
        foreach (string act in Acts.Skip(1))
            Assert.That((await mina.Post(act, ("source", "support/nowhere/nobody"))).StatusCode, Is.EqualTo(HttpStatusCode.NotFound), act);
        Assert.That((await mina.Get("/sources/held/1/raw")).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
    }
}
