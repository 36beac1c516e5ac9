using System.Globalization;
using System.Security.Claims;
using MailInbox.Inbox.Team;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace MailInbox.Admin.SignIn;

/// <summary>The signed-in session: a cookie with the agent's id and stamp, checked against the team on each request.</summary>
internal static class Session
{
    /// <summary>Policy: may change something.</summary>
    public const string Agents = "agents";

    /// <summary>Policy: may look after people, sources and jobs.</summary>
    public const string Administrators = "administrators";

    private const string Stamp = "stamp";

    public static void Add(IServiceCollection services)
    {
        services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme).AddCookie(o =>
        {
            o.Cookie.Name = "session";
            o.Cookie.HttpOnly = true;
            o.Cookie.SameSite = SameSiteMode.Lax;
            o.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            o.ExpireTimeSpan = TimeSpan.FromDays(14);
            o.SlidingExpiration = true;
            o.Events.OnValidatePrincipal = Validate;
            o.Events.OnRedirectToLogin = AskToSignIn;
            o.Events.OnRedirectToAccessDenied = Refuse;
        });
        services.AddAuthorizationBuilder()
            .AddPolicy(Agents, p => p.RequireRole(nameof(Role.Agent), nameof(Role.Administrator)))
            .AddPolicy(Administrators, p => p.RequireRole(nameof(Role.Administrator)));
    }

    /// <summary>Who looks at the page.</summary>
    public static Agent Viewer(this HttpContext context) => (Agent)context.Items[typeof(Agent)]!;

    /// <summary>As whom the history names the viewer.</summary>
    public static Actor Actor(this HttpContext context) => new(context.Viewer().Id, context.Viewer().Name);

    public static Task Begin(HttpContext context, Agent agent) => context.SignInAsync(new ClaimsPrincipal(new ClaimsIdentity(
        [
            new Claim(ClaimTypes.NameIdentifier, agent.Id.ToString(CultureInfo.InvariantCulture)),
            new Claim(ClaimTypes.Name, agent.Name),
            new Claim(ClaimTypes.Role, agent.Role.ToString()),
            new Claim(Stamp, agent.Stamp),
        ], CookieAuthenticationDefaults.AuthenticationScheme)), new AuthenticationProperties { IsPersistent = true });

    private static async Task Validate(CookieValidatePrincipalContext context)
    {
        AgentStore agents = context.HttpContext.RequestServices.GetRequiredService<AgentStore>();
        Agent? agent = long.TryParse(context.Principal?.FindFirstValue(ClaimTypes.NameIdentifier), CultureInfo.InvariantCulture, out long id)
            ? agents.Find(id)
            : null;
        if (agent is { Active: true } && agent.Stamp == context.Principal!.FindFirstValue(Stamp))
        {
            context.HttpContext.Items[typeof(Agent)] = agent;
            return;
        }
        context.RejectPrincipal();
        await context.HttpContext.SignOutAsync();
    }

    /// <summary>Scripts and streams get a status; only whole pages are led to the form.</summary>
    private static Task AskToSignIn(RedirectContext<CookieAuthenticationOptions> context)
    {
        HttpRequest request = context.Request;
        bool script = request.Headers.ContainsKey("HX-Request");
        if (!script && request.Path != "/live")
        {
            context.Response.Redirect(FormAddress(HttpMethods.IsGet(request.Method) ? request.Path + request.QueryString : "/"));
            return Task.CompletedTask;
        }
        // What somebody wrote stays on its page: after signing in elsewhere it can be sent.
        bool written = HttpMethods.IsPost(request.Method) && request.Headers["HX-Target"] == "composer";
        if (script && !written)
            context.Response.Headers["HX-Redirect"] = FormAddress(Uri.TryCreate(request.Headers["HX-Current-URL"], UriKind.Absolute, out Uri? page) ? page.PathAndQuery : "/");
        context.Response.StatusCode = StatusCodes.Status401Unauthorized;
        return Task.CompletedTask;
    }

    private static string FormAddress(string back) => back == "/" ? "/sign-in" : "/sign-in?back=" + Uri.EscapeDataString(back);

    private static Task Refuse(RedirectContext<CookieAuthenticationOptions> context)
    {
        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        return Task.CompletedTask;
    }
}
