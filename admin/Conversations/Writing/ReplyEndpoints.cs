using MailInbox.Admin.Inbox;
using MailInbox.Admin.Layout;
using MailInbox.Admin.SignIn;
using MailInbox.Inbox.Conversations;
using MailInbox.Inbox.Outbox;
using MailInbox.Inbox.Views;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace MailInbox.Admin.Conversations.Writing;

/// <summary>Writing: the composer as a fragment, and what it hands in.</summary>
internal static class ReplyEndpoints
{
    public static void Map(RouteGroupBuilder members)
    {
        RouteGroupBuilder group = members.MapGroup("").RequireAuthorization(Session.Agents);
        group.MapGet("/conversations/{id:long}/write", Write);
        group.MapPost("/conversations/{id:long}/reply", Send);
        group.MapPost("/conversations/{id:long}/forward", Send);
        group.MapGet("/inboxes/{inbox}/compose", (HttpContext context, string inbox, InboxList inboxes, Reply reply) =>
            NewMessage(context, inbox, inboxes, reply) is { } screen ? InboxEndpoints.Page(context, screen) : Results.NotFound());
        group.MapPost("/inboxes/{inbox}/compose", Compose);
    }

    private static IResult Write(HttpContext context, long id, string kind, long? message, string? view, string? after, [AsParameters] WritingRooms rooms)
    {
        if (rooms.Screen(context, id, view, after) is not { } screen || Composing.Start(rooms.Reply, screen, kind, message) is not { } composing)
            return Results.NotFound();
        return Fragment(screen, composing, StatusCodes.Status200OK);
    }

    private static async Task<IResult> Send(HttpContext context, long id, [AsParameters] WritingRooms rooms, CancellationToken cancel)
    {
        IFormCollection form = await context.Request.ReadFormAsync(cancel);
        if (rooms.Screen(context, id, form["view"], form["after"]) is not { } screen)
            return Results.NotFound();
        ReplyDraft draft = await ReplyForm.Read(form, cancel) with { Inbox = screen.Inbox.Key, ConversationId = id };
        ReplyResult result = ReplyForm.Refuse(draft) ?? await rooms.Reply.Send(draft, context.Actor(), cancel);
        if (result.Problems.Count == 0)
            return Place.To(screen.AddressOf(id));
        long newest = screen.Thread!.Messages.Max(m => m.Message.Id);
        return Again(context, screen with { Composing = new Composing(draft with { LastSeenId = newest }, result.Problems) });
    }

    private static async Task<IResult> Compose(HttpContext context, string inbox, InboxList inboxes, Reply reply, CancellationToken cancel)
    {
        if (NewMessage(context, inbox, inboxes, reply) is not { } screen)
            return Results.NotFound();
        ReplyDraft draft = await ReplyForm.Read(await context.Request.ReadFormAsync(cancel), cancel) with { Kind = ReplyKind.Compose, Inbox = inbox };
        ReplyResult result = ReplyForm.Refuse(draft) ?? await reply.Send(draft, context.Actor(), cancel);
        if (result.Problems.Count > 0)
            return Again(context, screen with { Composing = new Composing(draft, result.Problems) });
        string sent = $"/inboxes/{inbox}/{View.Sent.Key}/{result.ConversationId}";
        if (!context.Request.Headers.ContainsKey("HX-Request"))
            return Place.To(sent);
        context.Response.Headers["HX-Redirect"] = sent;
        return Results.NoContent();
    }

    /// <summary>The composer once more with all that was typed; the whole page when no script asked.</summary>
    private static IResult Again(HttpContext context, InboxScreen screen) => context.Request.Headers.ContainsKey("HX-Request")
        ? Fragment(screen, screen.Composing!, StatusCodes.Status422UnprocessableEntity)
        : InboxEndpoints.Page(context, screen, StatusCodes.Status422UnprocessableEntity);

    private static RazorComponentResult<Composer> Fragment(InboxScreen screen, Composing composing, int status) =>
        new(new { Screen = screen, screen.Thread, Composing = composing }) { StatusCode = status };

    private static InboxScreen? NewMessage(HttpContext context, string inbox, InboxList inboxes, Reply reply)
    {
        if (inboxes.Find(inbox) is not { } place)
            return null;
        ReplyDraft draft = reply.Start(ReplyKind.Compose, inbox, null, null) ?? new ReplyDraft { Kind = ReplyKind.Compose, Inbox = inbox };
        return new InboxScreen(context.Viewer(), place, View.Open) { Composing = new Composing(draft, Composing.NoProblems) };
    }
}

/// <summary>What writing into a conversation needs to know.</summary>
internal sealed record WritingRooms(InboxList Inboxes, ThreadQuery Threads, Reply Reply)
{
    public InboxScreen? Screen(HttpContext context, long id, string? view, string? after) =>
        Threads.Load(id) is { } thread && Inboxes.Find(thread.Conversation.Inbox) is { } inbox
            ? new InboxScreen(context.Viewer(), inbox, View.Find(view ?? "") ?? View.Open) { Thread = thread, After = string.IsNullOrEmpty(after) ? null : after }
            : null;
}
