using MailInbox.Admin.Conversations.Messages;
using MailInbox.Admin.Layout;
using MailInbox.Admin.SignIn;
using MailInbox.Inbox.Intake;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace MailInbox.Admin.Settings;

/// <summary>Mail that could not be filed: to be seen, downloaded and tried again.</summary>
internal static class QuarantineEndpoints
{
    public static void Map(RouteGroupBuilder members)
    {
        RouteGroupBuilder group = members.MapGroup("/quarantine").RequireAuthorization(Session.Administrators);
        group.MapGet("", (HttpContext context) => new RazorComponentResult<QuarantinePage>(new { Viewer = context.Viewer() }));
        group.MapPost("/{id:long}/retry", async (long id, Quarantine quarantine, CancellationToken cancel) =>
            await quarantine.Retry(id, cancel) ? Place.To("/quarantine") : Results.NotFound());
        group.MapGet("/{id:long}/raw", async (HttpContext context, long id, Quarantine quarantine, CancellationToken cancel) =>
            await quarantine.Raw(id, cancel) is { } bytes
                ? MessageEndpoints.Download(context, bytes, $"quarantine-{id}.eml", "application/octet-stream")
                : Results.NotFound());
    }
}
