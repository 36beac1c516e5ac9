using MailInbox.Admin.Conversations;
using MailInbox.Admin.Conversations.Messages;
using MailInbox.Admin.Conversations.Writing;
using MailInbox.Admin.Inbox;
using MailInbox.Admin.Jobs;
using MailInbox.Admin.Layout;
using MailInbox.Admin.Live;
using MailInbox.Admin.Mailboxes;
using MailInbox.Admin.Settings;
using MailInbox.Admin.SignIn;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace MailInbox.Admin;

/// <summary>The two doors of this floor: what it registers, and what it maps.</summary>
public static class AdminSetup
{
    /// <summary>Registers pages, cookie sign-in and form tokens. The rooms of MailInbox.Inbox are the host's to register.</summary>
    public static IServiceCollection AddAdmin(this IServiceCollection services, AdminOptions options)
    {
        services.AddSingleton(options);
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<InboxList>();
        services.AddSingleton<AssetAddresses>();
        services.AddSingleton<SignInLimit>();
        services.AddScoped<LiveRooms>();
        services.AddRazorComponents();
        services.AddAntiforgery(o =>
        {
            o.Cookie.Name = "form";
            o.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        });
        services.AddDataProtection()
            .SetApplicationName("MailInbox")
            .PersistKeysToFileSystem(Directory.CreateDirectory(Path.Combine(options.DataFolder, "keys")));
        Session.Add(services);
        return services;
    }

    /// <summary>Adds the middleware and all addresses of the screen, static assets included. Call it after the host's own middleware.</summary>
    public static WebApplication MapAdmin(this WebApplication app)
    {
        app.UseFailurePages();
        app.UseForwardedHeaders(new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor });
        if (app.Services.GetRequiredService<AdminOptions>().Web is { Scheme: "https" })
            app.Use(ByHttps);
        app.Use(SecurityHeaders.Set);
        app.UseAuthentication();
        app.UseAuthorization();
        app.MapStaticAssets().AllowAnonymous();

        RouteGroupBuilder open = app.MapGroup("").AddEndpointFilter(FormGuard.Judge);
        SignInEndpoints.Map(open);
        ThemeEndpoints.Map(open);

        RouteGroupBuilder members = app.MapGroup("").RequireAuthorization().AddEndpointFilter(FormGuard.Judge);
        InboxEndpoints.Map(members);
        ConversationEndpoints.Map(members);
        ReplyEndpoints.Map(members);
        MessageEndpoints.Map(members);
        LiveEndpoints.Map(members);
        PeopleEndpoints.Map(members);
        SourceEndpoints.Map(members);
        QuarantineEndpoints.Map(members);
        JobEndpoints.Map(members);
        return app;
    }

    /// <summary>The proxy in front speaks TLS with the browser, so cookies must never leave it by plain HTTP.</summary>
    private static Task ByHttps(HttpContext context, RequestDelegate next)
    {
        context.Request.Scheme = Uri.UriSchemeHttps;
        return next(context);
    }
}
