using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace MailInbox.Admin.Layout;

/// <summary>Lets a POST through only with the form token, and only up to a size.</summary>
internal static class FormGuard
{
    /// <summary>Bytes of a whole form: 25 MB of attachments, and what is written around them.</summary>
    public const long MaxForm = 28_000_000;

    public static async ValueTask<object?> Judge(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        HttpContext http = context.HttpContext;
        if (!HttpMethods.IsPost(http.Request.Method))
            return await next(context);
        if (http.Request.ContentLength > MaxForm)
            return Failure.Page(413, "Too large", "Attachments may have 25 MB together. Go back and send fewer or smaller files.");
        if (await Unreadable(http.Request))
            return Failure.Page(400, "This form cannot be read", "It has too many fields, a text that is too long, or characters that are none. Go back and try again.");
        if (!await http.RequestServices.GetRequiredService<IAntiforgery>().IsRequestValidAsync(http))
            return Failure.Page(400, "This form is too old", "It was made before you signed in, or in another browser. Go back, reload the page and try again.");
        return await next(context);
    }

    /// <summary>Read here first, since the form token's own reading makes an exception of a bug of the sender's mistake.</summary>
    private static async Task<bool> Unreadable(HttpRequest request)
    {
        try
        {
            if (request.HasFormContentType)
                await request.ReadFormAsync(request.HttpContext.RequestAborted);
            return false;
        }
        catch (InvalidDataException)
        {
            return true;
        }
    }
}
