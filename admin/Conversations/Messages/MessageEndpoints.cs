using System.Text;
using MailInbox.Inbox.Conversations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;

namespace MailInbox.Admin.Conversations.Messages;

/// <summary>What is inside messages: bodies in their frame, parts, raw bytes. All of it comes from strangers.</summary>
internal static class MessageEndpoints
{
    private const string FramePolicy =
        "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:{0}; frame-ancestors 'self'; form-action 'none'; " +
        "sandbox allow-same-origin allow-popups allow-popups-to-escape-sandbox";

    private const string PartPolicy = "default-src 'none'; frame-ancestors 'none'; sandbox";

    private static readonly HashSet<string> InlineTypes = new(StringComparer.OrdinalIgnoreCase) { "image/png", "image/gif", "image/jpeg", "image/jpg", "image/pjpeg", "image/webp" };

    private static readonly HashSet<string> DownloadTypes = new(InlineTypes, StringComparer.OrdinalIgnoreCase) { "application/pdf", "application/zip", "text/plain", "text/csv" };

    public static void Map(RouteGroupBuilder group)
    {
        group.MapGet("/messages/{id:long}/body", (long id, bool? images, ThreadQuery threads) => threads.Message(id) is { } message
            ? new RazorComponentResult<MessageBody>(new { It = message, Images = images == true })
            : Results.NotFound());
        group.MapGet("/messages/{id:long}/html", Html);
        group.MapGet("/messages/{id:long}/parts/{part}", Part);
        group.MapGet("/messages/{id:long}/raw", Raw);
    }

    /// <summary>Pictures that browsers show and that can do nothing else.</summary>
    public static bool CanShow(string type) => InlineTypes.Contains(type);

    /// <summary>Where the frame finds an image of its own message.</summary>
    public static string InlineAddress(long messageId, string part) => $"/messages/{messageId}/parts/{Uri.EscapeDataString(part)}?inline=1";

    private static async Task<IResult> Html(HttpContext context, long id, string? images, MessageReader reader, CancellationToken cancel)
    {
        bool remote = images == "1";
        if (await reader.Read(id, part => InlineAddress(id, part), remote, cancel) is not { Html: { } html })
            return Results.NotFound();
        IHeaderDictionary headers = context.Response.Headers;
        headers.ContentSecurityPolicy = FramePolicy.Replace("{0}", remote ? " https: http:" : "", StringComparison.Ordinal);
        headers["Referrer-Policy"] = "no-referrer";
        // Names that browsers look up ahead for links tell their owner that the mail is read.
        headers["X-DNS-Prefetch-Control"] = "off";
        headers.CacheControl = "private, no-cache";
        return Results.Text(FrameDocument.Around(html), "text/html", Encoding.UTF8);
    }

    private static async Task<IResult> Part(HttpContext context, long id, string part, string? inline, MessageReader reader, CancellationToken cancel)
    {
        if (await reader.Part(id, part, cancel) is not { } found)
            return Results.NotFound();
        if (inline != "1")
            return Download(context, found.Bytes, FileNames.Of(found.FileName, found.Type), DownloadTypes.Contains(found.Type) ? found.Type : "application/octet-stream");
        if (!CanShow(found.Type))
            return Results.NotFound();
        context.Response.Headers.ContentSecurityPolicy = PartPolicy;
        context.Response.Headers.CacheControl = "private, max-age=3600";
        return Results.Bytes(found.Bytes, found.Type);
    }

    private static async Task<IResult> Raw(HttpContext context, long id, MessageReader reader, CancellationToken cancel) =>
        await reader.Raw(id, cancel) is { } bytes ? Download(context, bytes, $"message-{id}.eml", "application/octet-stream") : Results.NotFound();

    /// <summary>Always as a file: nothing from a mail is opened as a page of this site.</summary>
    public static IResult Download(HttpContext context, byte[] bytes, string fileName, string type)
    {
        AsFile(context.Response, fileName);
        return Results.Bytes(bytes, type);
    }

    /// <summary>The same for an answer that is written piece by piece.</summary>
    public static void AsFile(HttpResponse response, string fileName)
    {
        ContentDispositionHeaderValue disposition = new("attachment");
        disposition.SetHttpFileName(FileNames.Safe(fileName));
        response.Headers.ContentDisposition = disposition.ToString();
        response.Headers.ContentSecurityPolicy = PartPolicy;
        response.Headers.CacheControl = "private, no-cache";
    }
}
