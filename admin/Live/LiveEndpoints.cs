using System.Globalization;
using MailInbox.Admin.SignIn;
using MailInbox.Inbox.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;

namespace MailInbox.Admin.Live;

/// <summary>The address of the live stream (server-sent events).</summary>
internal static class LiveEndpoints
{
    public static void Map(RouteGroupBuilder group) => group.MapGet("/live", Stream);

    private static async Task Stream(HttpContext context, string? since, ChangeLog changes, LiveRooms rooms, IHostApplicationLifetime host)
    {
        string seen = context.Request.Headers["Last-Event-ID"] is [{ Length: > 0 } last, ..] ? last : since ?? "";
        long from = long.TryParse(seen, NumberStyles.None, CultureInfo.InvariantCulture, out long id) ? id : changes.Newest;
        context.Response.ContentType = "text/event-stream";
        context.Response.Headers.CacheControl = "no-cache, no-store";
        context.Response.Headers.ContentEncoding = "identity";
        context.Response.Headers["X-Accel-Buffering"] = "no";
        context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        using CancellationTokenSource ends = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, host.ApplicationStopping);
        try
        {
            await using LiveStream stream = new(rooms, context.Viewer(), context.Response.Body);
            await stream.Run(from, ends.Token);
        }
        catch (OperationCanceledException)
        {
            // The reader left or the gateway stops: both are how a stream ends.
        }
        catch (IOException)
        {
            // The connection broke under a write.
        }
    }
}
