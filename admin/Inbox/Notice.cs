using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace MailInbox.Admin.Inbox;

/// <summary>Says on the next page what was just done, and how to take it back. It travels in a cookie that lives for one page.</summary>
/// <param name="Act">The word of the act.</param>
/// <param name="Ids">What it changed.</param>
public sealed record Notice(string Act, IReadOnlyList<long> Ids)
{
    private const string Cookie = "notice";
    private const int MaxIds = 200;

    public void Leave(HttpContext context)
    {
        string ids = string.Join('.', Ids.Take(MaxIds).Select(id => id.ToString(CultureInfo.InvariantCulture)));
        context.Response.Cookies.Append(Cookie, Act + "." + ids, Options(context));
    }

    public static Notice? Take(HttpContext context)
    {
        if (context.Request.Cookies[Cookie] is not { Length: > 0 } value)
            return null;
        context.Response.Cookies.Delete(Cookie, Options(context));
        string[] pieces = value.Split('.');
        List<long> ids = [];
        foreach (string piece in pieces.Skip(1).Take(MaxIds))
        {
            if (long.TryParse(piece, NumberStyles.None, CultureInfo.InvariantCulture, out long id))
                ids.Add(id);
        }
        return ids.Count == 0 ? null : new Notice(pieces[0], ids);
    }

    private static CookieOptions Options(HttpContext context) => new()
    {
        HttpOnly = true,
        IsEssential = true,
        MaxAge = TimeSpan.FromMinutes(1),
        SameSite = SameSiteMode.Lax,
        Secure = context.Request.IsHttps,
    };
}
