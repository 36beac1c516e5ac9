using MailInbox.Admin.Layout;
using MailInbox.Admin.SignIn;
using MailInbox.Inbox.Jobs;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace MailInbox.Admin.Jobs;

/// <summary>What the gateway does by itself: seen, and started by hand.</summary>
internal static class JobEndpoints
{
    public static void Map(RouteGroupBuilder members)
    {
        RouteGroupBuilder group = members.MapGroup("/jobs").RequireAuthorization(Session.Administrators);
        group.MapGet("", async (HttpContext context, JobBook jobs, CancellationToken cancel) =>
            new RazorComponentResult<JobsPage>(new { Viewer = context.Viewer(), Jobs = await jobs.All(cancel) }));
        group.MapGet("/rows", async (JobBook jobs, CancellationToken cancel) =>
            new RazorComponentResult<JobRows>(new { Jobs = await jobs.All(cancel) }));
        group.MapPost("/{name}/run", async (HttpContext context, string name, JobBook jobs, CancellationToken cancel) =>
            await jobs.Run(name, context.Actor(), cancel) ? Place.To("/jobs") : Results.NotFound());
    }
}
