using MailInbox.Admin.Layout;
using MailInbox.Admin.SignIn;
using MailInbox.Inbox.Conversations;
using MailInbox.Inbox.Team;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace MailInbox.Admin.Settings;

/// <summary>The team: who is in it, as what, and the links that let people in.</summary>
internal static class PeopleEndpoints
{
    private const string LastAdministrator = "At least one active administrator must remain.";

    public static void Map(RouteGroupBuilder members)
    {
        RouteGroupBuilder group = members.MapGroup("/people").RequireAuthorization(Session.Administrators);
        group.MapGet("", (HttpContext context) => Page(context, new PeopleState()));
        group.MapPost("", Add);
        group.MapPost("/{id:long}/role", SetRole);
        group.MapPost("/{id:long}/deactivate", Deactivate);
        group.MapPost("/{id:long}/activate", async (HttpContext context, long id, AgentStore team, CancellationToken cancel) =>
        {
            if (team.Find(id) is null)
                return Results.NotFound();
            await team.Activate(id, context.Actor(), cancel);
            return Place.To("/people");
        });
        group.MapPost("/{id:long}/link", async (HttpContext context, long id, AgentStore team, Invitations invitations, CancellationToken cancel) =>
            team.Find(id) is { Active: true } agent
                ? Page(context, new PeopleState { Invited = agent, Link = Address(context, await invitations.For(id, cancel)) })
                : Results.NotFound());
    }

    private static async Task<IResult> Add(HttpContext context, AgentStore team, Invitations invitations, CancellationToken cancel)
    {
        IFormCollection form = await context.Request.ReadFormAsync(cancel);
        PeopleState state = new() { Email = form["email"].ToString().Trim(), Name = form["name"].ToString().Trim(), Role = form["role"].ToString() };
        if (state.Problem() is { } problem)
            return Page(context, problem);
        Agent? agent = await team.Add(state.Email, state.Name, Enum.Parse<Role>(state.Role), context.Actor(), cancel);
        if (agent is null)
            return Page(context, state with { Field = "email", Words = "Somebody has this address already." });
        return Page(context, new PeopleState { Invited = agent, Link = Address(context, await invitations.For(agent.Id, cancel)) });
    }

    private static async Task<IResult> SetRole(HttpContext context, long id, AgentStore team, CancellationToken cancel)
    {
        IFormCollection form = await context.Request.ReadFormAsync(cancel);
        if (team.Find(id) is null)
            return Results.NotFound();
        if (!PeopleState.Known(form["role"].ToString()))
            return Results.BadRequest();
        return await team.SetRole(id, Enum.Parse<Role>(form["role"].ToString()), context.Actor(), cancel)
            ? Place.To("/people")
            : Page(context, new PeopleState { Field = "team", Words = LastAdministrator });
    }

    private static async Task<IResult> Deactivate(HttpContext context, long id, AgentStore team, Departure departure, CancellationToken cancel) =>
        team.Find(id) is null ? Results.NotFound()
        : await departure.Deactivate(id, context.Actor(), cancel) ? Place.To("/people")
        : Page(context, new PeopleState { Field = "team", Words = LastAdministrator });

    private static RazorComponentResult<PeoplePage> Page(HttpContext context, PeopleState state) =>
        new(new { Viewer = context.Viewer(), State = state })
        {
            StatusCode = state.Words.Length > 0 ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK,
        };

    private static string Address(HttpContext context, string token)
    {
        AdminOptions options = (AdminOptions)context.RequestServices.GetService(typeof(AdminOptions))!;
        Uri web = options.Web ?? new Uri($"{context.Request.Scheme}://{context.Request.Host}/");
        return new Uri(web, "/welcome/" + token).ToString();
    }
}
