using Microsoft.AspNetCore.Http;

namespace MailInbox.Admin.Layout;

/// <summary>Where a form leads after it was taken.</summary>
internal static class Place
{
    public static IResult To(string address) => Results.Redirect(address);

    /// <summary>To an address the form named, when it is one of ours.</summary>
    public static IResult Back(string? address) => To(Local(address));

    /// <summary>The address when it stays on this site, else the front door.</summary>
    public static string Local(string? address) =>
        address is ['/', ..] && !address.StartsWith("//", StringComparison.Ordinal) && !address.StartsWith("/\\", StringComparison.Ordinal)
        && address.All(c => c is > ' ' and < '\x7f')
            ? address
            : "/";
}
