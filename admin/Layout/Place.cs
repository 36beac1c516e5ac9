using Microsoft.AspNetCore.Http;

namespace MailInbox.Admin.Layout;

/// <summary>Where a form leads after it was taken.</summary>
internal static class Place
{
    /// <summary>A redirect that is always followed by GET.</summary>
    public static IResult To(string address) => new SeeOther(address);

    /// <summary>To an address the form named, when it is one of ours.</summary>
    public static IResult Back(string? address) => To(Local(address));

    /// <summary>The address when it stays on this site, else the front door.</summary>
    public static string Local(string? address) =>
        address is ['/', ..] && !address.StartsWith("//", StringComparison.Ordinal) && !address.StartsWith("/\\", StringComparison.Ordinal)
        && !address.Any(char.IsControl)
            ? address
            : "/";

    private sealed class SeeOther(string address) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.StatusCode = StatusCodes.Status303SeeOther;
            httpContext.Response.Headers.Location = address;
            return Task.CompletedTask;
        }
    }
}
