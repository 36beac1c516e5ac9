using System.Globalization;
using MailInbox.Admin.Inbox;
using MailInbox.Admin.Layout;
using MailInbox.Admin.SignIn;
using MailInbox.Inbox.Conversations;
using MailInbox.Inbox.Team;
using MailInbox.Inbox.Views;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace MailInbox.Admin.Conversations;

/// <summary>What people do with conversations, one or many at a time. Each answers with a redirect to where the form stood.</summary>
internal static class ConversationEndpoints
{
    /// <summary>Conversations of one form at most.</summary>
    private const int MaxIds = 500;

    public static void Map(RouteGroupBuilder group)
    {
        group.MapGet("/conversations/{id:long}/thread", Thread);
        RouteGroupBuilder agents = group.MapGroup("").RequireAuthorization(Session.Agents);
        agents.MapGet("/conversations/delete", Confirm);
        agents.MapPost("/conversations/{id:long}/{act}", One);
        agents.MapPost("/conversations/{act}", Many);
    }

    /// <summary>The conversation's pane as it stands now, for a tab that shows it.</summary>
    private static async Task<IResult> Thread(HttpContext context, long id, [AsParameters] ThreadLook look, CancellationToken cancel)
    {
        if (look.Threads.Load(id) is not { } thread || look.Inboxes.Find(thread.Conversation.Inbox) is not { } inbox)
            return Results.NotFound();
        if (look.Seen == true)
            await InboxEndpoints.MarkRead(look.Actions, look.Views, id, context.Viewer().Id, cancel);
        InboxScreen screen = new(context.Viewer(), inbox, View.Find(look.View ?? "") ?? View.Open) { Thread = thread, After = look.After };
        return new RazorComponentResult<ConversationPart>(new { Screen = screen });
    }

    private static async Task<IResult> One(HttpContext context, long id, string act, ConversationActions actions, ViewQuery views, AgentStore agents, CancellationToken cancel)
    {
        if (Act.Find(act) is not { } found)
            return Results.NotFound();
        IFormCollection form = await context.Request.ReadFormAsync(cancel);
        string? back = form["back"];
        if (found == Act.Delete && form["confirmed"] != "true")
            return Place.To(ConfirmAddress([id], back));
        if (!Assignee(found, form, agents, context, out long? assignee))
            return Results.BadRequest();
        await found.Run(actions, new Work([id], assignee, context.Actor()), cancel);
        return back is null ? Place.To(InboxEndpoints.PlaceOf(views, id, context.Viewer().Id) ?? "/") : Place.Back(back);
    }

    private static async Task<IResult> Many(HttpContext context, string act, ConversationActions actions, AgentStore agents, CancellationToken cancel)
    {
        if (Act.Find(act) is not { } found)
            return Results.NotFound();
        IFormCollection form = await context.Request.ReadFormAsync(cancel);
        long[] ids = [.. Numbers(form["ids"])];
        string? back = form["back"];
        if (ids.Length == 0)
            return Place.Back(back);
        if (found == Act.Delete && form["confirmed"] != "true")
            return LeadTo(context, ConfirmAddress(ids, back));
        if (!Assignee(found, form, agents, context, out long? assignee))
            return Place.Back(back);
        int changed = await found.Run(actions, new Work(ids, assignee, context.Actor()), cancel);
        if (changed > 0 && form["undo"] != "true")
            new Notice(found.Word, ids).Leave(context);
        return Place.Back(back);
    }

    private static IResult Confirm(HttpContext context, long[] ids, string? back, ViewQuery views)
    {
        IReadOnlyList<ConversationRow> rows = views.Rows([.. ids.Distinct().Take(MaxIds)], context.Viewer().Id);
        return rows.Count == 0
            ? Results.NotFound()
            : new RazorComponentResult<DeletePage>(new { Rows = rows, Back = Place.Local(back) });
    }

    /// <summary>A whole page, also when a script asked.</summary>
    private static IResult LeadTo(HttpContext context, string address)
    {
        if (!context.Request.Headers.ContainsKey("HX-Request"))
            return Place.To(address);
        context.Response.Headers["HX-Redirect"] = address;
        return Results.NoContent();
    }

    private static string ConfirmAddress(IEnumerable<long> ids, string? back) =>
        "/conversations/delete?" + string.Join('&', ids.Select(id => "ids=" + id.ToString(CultureInfo.InvariantCulture)))
        + "&back=" + Uri.EscapeDataString(Place.Local(back));

    private static IEnumerable<long> Numbers(IEnumerable<string?> values) => values.Take(MaxIds)
        .Select(v => long.TryParse(v, NumberStyles.None, CultureInfo.InvariantCulture, out long id) ? id : 0)
        .Where(id => id > 0)
        .Distinct();

    /// <summary>False when the form is to assign, and names nobody or somebody who cannot take work.</summary>
    private static bool Assignee(Act act, IFormCollection form, AgentStore agents, HttpContext context, out long? assignee)
    {
        assignee = null;
        string? chosen = form["agent"];
        if (act != Act.Assign || chosen == "none")
            return true;
        assignee = chosen == "me" ? context.Viewer().Id : long.TryParse(chosen, NumberStyles.None, CultureInfo.InvariantCulture, out long id) ? id : null;
        return assignee is { } agent && agents.Find(agent) is { Active: true, Role: >= Role.Agent };
    }
}

/// <summary>From where a tab looks at a conversation.</summary>
/// <param name="Seen">The tab is in sight, so what it gets is read.</param>
internal sealed record ThreadLook(
    string? View, string? After, bool? Seen, ThreadQuery Threads, InboxList Inboxes, ConversationActions Actions, ViewQuery Views);
