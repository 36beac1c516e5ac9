using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace MailInbox.Admin.Layout;

/// <summary>Pages that say what went wrong.</summary>
internal static class Failure
{
    public static RazorComponentResult<FailurePage> Page(int status, string title, string text) =>
        new(new { Title = title, Text = text }) { StatusCode = status };

    /// <summary>Gives words to bare status codes and to exceptions.</summary>
    public static void UseFailurePages(this WebApplication app)
    {
        app.UseExceptionHandler(handler => handler.Run(Unexpected));
        app.UseStatusCodePages(context => ForStatus(context.HttpContext).ExecuteAsync(context.HttpContext));
    }

    private static Task Unexpected(HttpContext context)
    {
        bool tooLarge = context.Features.Get<IExceptionHandlerFeature>()?.Error is BadHttpRequestException { StatusCode: 413 };
        return (tooLarge ? ForStatus(413) : ForStatus(500)).ExecuteAsync(context);
    }

    private static RazorComponentResult<FailurePage> ForStatus(HttpContext context) => ForStatus(context.Response.StatusCode);

    private static RazorComponentResult<FailurePage> ForStatus(int status) => status switch
    {
        403 => Page(403, "Not for you", "Your role does not allow this. Ask an administrator if it should."),
        404 => Page(404, "Not here", "There is nothing at this address. It may have been deleted for ever."),
        413 => Page(413, "Too large", "Attachments may have 25 MB together. Go back and send fewer or smaller files."),
        >= 500 => Page(status, "Something went wrong", "It has been written to the log. Nothing was lost; try again."),
        _ => Page(status, "That did not work", "The request was not understood. Go back, reload the page and try again."),
    };
}
