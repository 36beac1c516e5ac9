using System.Net;
using MailInbox.Inbox.Jobs;
using MailInbox.Inbox.Team;
using MailInbox.Tests.Support;

namespace MailInbox.Tests.Admin;

public sealed class JobsPageTests
{
    [Test]
    public async Task Run_now_runs_the_job_and_writes_who_did_it()
    {
        await using TestGateway gateway = await TestGateway.Start();
        using ScreenClient mina = await ScreenClient.Join(gateway, "mina@example.com", Role.Administrator);
        await mina.Get("/jobs");
        HttpResponseMessage answer = await mina.Post("/jobs/intake%20retry/run");
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Redirect));
        Assert.That(answer.Headers.Location?.ToString(), Is.EqualTo("/jobs"));
        await Eventually.Holds(() => gateway.Get<JobLog>().Of("intake retry").Last.Any(r => r.By == "mina"), "the job ran");
        Assert.That(gateway.Inbox.Read(r => r.All<string>("SELECT actor || ' ' || act || ' ' || subject FROM audit")), Does.Contain("mina ran job intake retry"));
        string page = await (await mina.Get("/jobs")).Content.ReadAsStringAsync();
        Assert.That(page, Does.Contain("Every 30 seconds").And.Contain("by hand, mina"));
    }

    [Test]
    public async Task A_job_that_failed_says_why_without_a_stack_trace()
    {
        await using TestGateway gateway = await TestGateway.Start();
        using ScreenClient mina = await ScreenClient.Join(gateway, "mina@example.com", Role.Administrator);
        await gateway.Inbox.Write(t => t.Execute("ALTER TABLE purge RENAME TO lost"));
        await mina.Get("/jobs");
        await mina.Post("/jobs/trash%20retention/run");
        await Eventually.Holds(() => gateway.Get<JobLog>().Of("trash retention").Last is [{ Failed: true }, ..], "the job failed");
        string page = await (await mina.Get("/jobs/rows")).Content.ReadAsStringAsync();
        Assert.That(page, Does.Contain("state bad").And.Contain("no such table: purge"));
        Assert.That(page, Does.Not.Contain("   at ").And.Not.Contain("MailInbox.Inbox."));
    }

    [Test]
    public async Task A_job_that_does_not_exist_is_not_found()
    {
        await using TestGateway gateway = await TestGateway.Start();
        using ScreenClient mina = await ScreenClient.Join(gateway, "mina@example.com", Role.Administrator);
        await mina.Get("/jobs");
        HttpResponseMessage answer = await mina.Post("/jobs/coffee/run");
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
    }
}
