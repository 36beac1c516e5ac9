using MailInbox.Admin.Conversations.Messages;
using MailInbox.Admin.Layout;
using MailInbox.Admin.SignIn;
using MailInbox.Inbox.Mailboxes.Access;
using MailInbox.Inbox.Mailboxes.Watching;
using MailInbox.Inbox.Storage;
using MailInbox.Inbox.Team;
using MailInbox.Mail.Imap;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace MailInbox.Admin.Mailboxes;

/// <summary>Where mail comes in: how each source stands, and the messages that it could not hand out.</summary>
internal static class SourceEndpoints
{
    /// <summary>How the places for the results of tests begin; what stands after it is the source's.</summary>
    public const string TestPlace = "test-";

    public static void Map(RouteGroupBuilder members)
    {
        RouteGroupBuilder group = members.MapGroup("/sources").RequireAuthorization(Session.Administrators);
        group.MapGet("", (HttpContext context, Sources sources) => Page(context, StateOf(sources)));
        group.MapGet("/rows", (Sources sources) => new RazorComponentResult<SourceRows>(new { State = StateOf(sources) }));
        group.MapPost("/check", async (HttpContext context, Sources sources, CancellationToken cancel) =>
            sources.Check(await Named(context, cancel)) ? Place.To("/sources") : Results.NotFound());
        group.MapPost("/test", Test);
        group.MapPost("/held/{id:long}/retry", (HttpContext context, long id, Sources sources, Database inbox, CancellationToken cancel) =>
            Act(new HeldAct(context, id, "fetch again"), sources, inbox, sources.Retry, cancel));
        group.MapPost("/held/{id:long}/dismiss", (HttpContext context, long id, Sources sources, Database inbox, CancellationToken cancel) =>
            Act(new HeldAct(context, id, "dismissed"), sources, inbox, sources.Dismiss, cancel));
        group.MapGet("/held/{id:long}/raw", Raw);
    }

    private static SourcesState StateOf(Sources sources) => new(sources.All(), sources.Held());

    private static RazorComponentResult<SourcesPage> Page(HttpContext context, SourcesState state) => new(new { Viewer = context.Viewer(), State = state });

    /// <summary>Keys hold slashes, so they travel in the form.</summary>
    private static async Task<string> Named(HttpContext context, CancellationToken cancel) => (await context.Request.ReadFormAsync(cancel))["source"].ToString();

    private static async Task<IResult> Test(HttpContext context, Sources sources, CancellationToken cancel)
    {
        string key = await Named(context, cancel);
        if (await sources.Test(key, cancel) is not { } test)
            return Results.NotFound();
        return context.Request.Headers["HX-Target"].ToString().StartsWith(TestPlace, StringComparison.Ordinal)
            ? new RazorComponentResult<TestSteps>(new { Test = test })
            : Page(context, StateOf(sources) with { Tested = key, Test = test });
    }

    private static async Task<IResult> Act(HeldAct act, Sources sources, Database inbox, Func<long, CancellationToken, Task<bool>> run, CancellationToken cancel)
    {
        HeldMessage? held = sources.Held().FirstOrDefault(h => h.Id == act.Id);
        if (held is null || !await run(act.Id, cancel))
            return Results.NotFound();
        await AuditLog.Write(inbox, act.Context.Actor(), act.Word, $"message {held.Uid} in {held.Folder} of {held.Source}", cancel);
        return Place.To("/sources");
    }

    /// <summary>Handed on as it comes from the server, so that a message of any size needs no memory.</summary>
    private static async Task<IResult> Raw(HttpContext context, long id, Sources sources, CancellationToken cancel)
    {
        bool begun = false;
        try
        {
            if (!await sources.Raw(id, Write, cancel))
                return Results.NotFound();
            return begun ? Results.Empty : Failure.Page(StatusCodes.Status502BadGateway, "The server did not hand it out", "It lists the message and gives no bytes of it.");
        }
        catch (Exception refused) when (refused is ImapRefusal or ImapBroken or TokenRefusal && !begun)
        {
            return Failure.Page(StatusCodes.Status502BadGateway, "The server did not hand it out", refused.Message);
        }
        catch (Exception refused) when (refused is ImapRefusal or ImapBroken)
        {
            // The browser must not take half a message for a whole one.
            context.Abort();
            return Results.Empty;
        }

        ValueTask Write(ReadOnlyMemory<byte> bytes, CancellationToken stop)
        {
            if (!begun)
            {
                MessageEndpoints.AsFile(context.Response, $"held-{id}.eml");
                context.Response.ContentType = "message/rfc822";
                begun = true;
            }
            return context.Response.Body.WriteAsync(bytes, stop);
        }
    }

    /// <param name="Word">For the audit log.</param>
    private sealed record HeldAct(HttpContext Context, long Id, string Word);
}
