using MailInbox.Inbox.RawMail;

namespace MailInbox.Host;

/// <summary><c>/health</c>: 200 while both databases answer and the listener listens, else 503; no content of mail.</summary>
internal static class Health
{
    public static void MapHealth(this WebApplication app) => app.MapGet("/health", (RawMailStore raw, MailInbox.Inbox.Outbox.OutboxStore outbox, ILogger<Gateway> logger) =>
    {
        try
        {
            // Anybody may ask, as often as he likes: nothing that goes through a table.
            return Results.Json(new { status = "ok", waiting = raw.CountWaiting(), queued = outbox.Queued() });
        }
        catch (Exception failure)
        {
            logger.LogError(failure, "The health check failed");
            return Results.Json(new { status = "failing" }, statusCode: StatusCodes.Status503ServiceUnavailable);
        }
    });
}
