using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace MailInbox.Admin.Layout;

/// <summary>Light, dark or as the machine says; kept in a cookie, so that the first paint is right.</summary>
internal static class ThemeEndpoints
{
    public static string Theme(this HttpContext context) => Known(context.Request.Cookies["theme"]);

    public static void Map(RouteGroupBuilder group) => group.MapPost("/theme", async (HttpContext context, CancellationToken cancel) =>
    {
        IFormCollection form = await context.Request.ReadFormAsync(cancel);
        context.Response.Cookies.Append("theme", Known(form["theme"]), new CookieOptions
        {
            HttpOnly = true,
            IsEssential = true,
            MaxAge = TimeSpan.FromDays(400),
            SameSite = SameSiteMode.Lax,
            Secure = context.Request.IsHttps,
        });
        return Place.Back(form["back"]);
    });

    private static string Known(string? theme) => theme is "light" or "dark" ? theme : "auto";
}
