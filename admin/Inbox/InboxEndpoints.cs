using MailInbox.Admin.Conversations.Writing;
using MailInbox.Admin.Layout;
using MailInbox.Admin.SignIn;
using MailInbox.Inbox.Conversations;
using MailInbox.Inbox.Outbox;
using MailInbox.Inbox.Views;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace MailInbox.Admin.Inbox;

/// <summary>The addresses of lists and of conversations in their list.</summary>
internal static class InboxEndpoints
{
    public static void Map(RouteGroupBuilder group)
    {
        group.MapGet("/", (InboxList inboxes) => inboxes.All is [{ } first, ..]
            ? Place.To($"/inboxes/{first.Key}/{View.Unassigned.Key}")
            : Failure.Page(200, "No inbox yet", "Add one to config/inboxes.json; it appears here as soon as the file is saved."));
        group.MapGet("/inboxes/{inbox}", (InboxList inboxes, string inbox) =>
            inboxes.Find(inbox) is null ? Results.NotFound() : Place.To($"/inboxes/{inbox}/{View.Unassigned.Key}"));
        group.MapGet("/inboxes/{inbox}/{view}", List);
        group.MapGet("/inboxes/{inbox}/{view}/{id:long}", Conversation);
        group.MapGet("/conversations/{id:long}", Find);
    }

    /// <summary>Where a conversation is found: the first view that holds it.</summary>
    public static string? PlaceOf(ViewQuery views, long id, long agentId)
    {
        if (views.Rows([id], agentId) is not [{ } row])
            return null;
        string view = ViewQuery.ViewsOf(row, agentId) is [{ } first, ..] ? first : View.Open.Key;
        return $"/inboxes/{row.Inbox}/{view}/{id}";
    }

    /// <summary>The page around a conversation; to htmx only the pane it asked for.</summary>
    public static IResult Page(HttpContext context, InboxScreen screen, int status = StatusCodes.Status200OK)
    {
        context.Response.Headers.Vary = "HX-Target";
        string target = context.Request.Headers["HX-Target"].ToString();
        if (target == "composer")
        {
            context.Response.Headers["HX-Retarget"] = "#conversation";
            context.Response.Headers["HX-Reswap"] = "outerHTML show:none";
        }
        return target switch
        {
            "list" => new RazorComponentResult<ListPart>(new { Screen = screen }) { StatusCode = status },
            "conversation" or "composer" => new RazorComponentResult<ConversationPart>(new { Screen = screen }) { StatusCode = status },
            _ => new RazorComponentResult<InboxPage>(new { Screen = screen }) { StatusCode = status },
        };
    }

    /// <summary>Only what is unread is marked: a mark is a change, and a change makes tabs read anew.</summary>
    public static async Task MarkRead(ConversationActions actions, ViewQuery views, long id, long agentId, CancellationToken cancel)
    {
        if (views.Rows([id], agentId) is [{ Read: false }])
            await actions.MarkRead(id, agentId, cancel);
    }

    private static IResult List(HttpContext context, InboxList inboxes, string inbox, string view, string? after) =>
        inboxes.Find(inbox) is { } place && View.Find(view) is { } shown
            ? Page(context, new InboxScreen(context.Viewer(), place, shown) { After = after, Notice = Notice.Take(context) })
            : Results.NotFound();

    private static async Task<IResult> Conversation(HttpContext context, [AsParameters] ConversationPlace at, CancellationToken cancel)
    {
        if (at.Screen(context) is not { } screen)
            return Results.NotFound();
        if (screen.Thread!.Conversation.Inbox != at.Inbox)
            return Place.To($"/conversations/{at.Id}");
        await MarkRead(at.Actions, at.Views, at.Id, screen.Viewer.Id, cancel);
        Composing? composing = Composing.Start(at.Reply, screen, at.Write, at.Message);
        return Page(context, screen with { Composing = composing, Notice = Notice.Take(context) });
    }

    private static IResult Find(HttpContext context, ViewQuery views, long id) =>
        PlaceOf(views, id, context.Viewer().Id) is { } place ? Place.To(place) : Results.NotFound();
}

/// <summary>The address of a conversation in a list, and who can answer for it.</summary>
internal sealed record ConversationPlace(
    string Inbox, string View, long Id, string? After, string? Write, long? Message, bool? All, bool? Images,
    InboxList Inboxes, ThreadQuery Threads, ConversationActions Actions, ViewQuery Views, Reply Reply)
{
    /// <summary>What the page shows, or null when inbox, view or conversation are unknown.</summary>
    public InboxScreen? Screen(HttpContext context)
    {
        if (Inboxes.Find(Inbox) is not { } inbox || MailInbox.Inbox.Views.View.Find(View) is not { } view || Threads.Load(Id) is not { } thread)
            return null;
        return new InboxScreen(context.Viewer(), inbox, view)
        {
            After = After,
            Thread = thread,
            All = All == true,
            ImagesOf = Images == true ? Message : null,
        };
    }
}
