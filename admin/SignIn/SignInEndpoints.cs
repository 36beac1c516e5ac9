using MailInbox.Admin.Layout;
using MailInbox.Inbox.Team;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace MailInbox.Admin.SignIn;

/// <summary>Signing in and out, and taking up an invitation.</summary>
internal static class SignInEndpoints
{
    public static void Map(RouteGroupBuilder group)
    {
        group.MapGet("/sign-in", IResult (HttpContext context, string? back) =>
            context.User.Identity?.IsAuthenticated == true ? Place.Back(back) : Form(200, "", back, ""));
        group.MapPost("/sign-in", SignIn);
        group.MapPost("/sign-out", SignOut);
        group.MapGet("/welcome/{token}", IResult (string token, Invitations invitations) =>
            invitations.Find(token) is { } invitation ? Welcome(200, invitation, new WelcomeForm("", "", "")) : Ended());
        group.MapPost("/welcome/{token}", Accept);
    }

    private static async Task<IResult> SignIn(HttpContext context, Passwords passwords, SignInLimit limit, CancellationToken cancel)
    {
        IFormCollection form = await context.Request.ReadFormAsync(cancel);
        string email = form["email"].ToString().Trim(), back = form["back"].ToString();
        if (!limit.Begin(email, context.Connection.RemoteIpAddress))
            return Form(429, email, back, "Too many attempts. Wait ten minutes, then try again.");
        Agent? agent = await passwords.Check(email, form["password"].ToString(), cancel);
        if (agent is null)
            return Form(401, email, back, "This address and password do not belong together.");
        limit.Succeeded(email, context.Connection.RemoteIpAddress);
        await Session.Begin(context, agent);
        return Place.Back(back);
    }

    private static async Task<IResult> SignOut(HttpContext context, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        await context.SignOutAsync();
        return Place.To("/sign-in");
    }

    private static async Task<IResult> Accept(HttpContext context, string token, Invitations invitations, CancellationToken cancel)
    {
        if (invitations.Find(token) is not { } invitation)
            return Ended();
        IFormCollection form = await context.Request.ReadFormAsync(cancel);
        WelcomeForm filled = new(form["email"].ToString().Trim(), form["name"].ToString().Trim(), form["password"].ToString());
        if (filled.Problems(invitation).Count > 0)
            return Welcome(422, invitation, filled, true);
        Agent? agent = await invitations.Accept(token, new NewPerson(filled.Email, filled.Name, filled.Password), cancel);
        if (agent is null)
            return Ended();
        await Session.Begin(context, agent);
        return Place.To("/");
    }

    private static RazorComponentResult<SignInPage> Form(int status, string email, string? back, string problem) =>
        new(new { Email = email, Back = Place.Local(back), Problem = problem }) { StatusCode = status };

    private static RazorComponentResult<WelcomePage> Welcome(int status, Invitation invitation, WelcomeForm form, bool judged = false) =>
        new(new { Invitation = invitation, Form = form, Judged = judged }) { StatusCode = status };

    private static RazorComponentResult<FailurePage> Ended() =>
        Failure.Page(410, "This link has ended", "It was used already, or is older than seven days. Ask an administrator for a new one.");
}
