using System.Text;

namespace MailInbox.Mail.Mime.Html;

internal enum HtmlImageKind
{
    None,
    Embedded,
    Part,
    Remote,
}

/// <summary>Addresses in links and images, read as browsers read them.</summary>
internal static class HtmlSanitizerAddress
{
    private const int MaxLink = 8192;

    private static readonly string[] LinkSchemes = ["http://", "https://", "mailto:", "tel:"];
    private static readonly string[] ImageTypes = ["png", "gif", "jpeg", "jpg", "webp"];

    /// <summary>The link's address, or null when it leads nowhere a mail may lead.</summary>
    public static string? Link(string address)
    {
        string clean = Absolute(address);
        return clean.Length <= MaxLink && LinkSchemes.Any(scheme => clean.StartsWith(scheme, StringComparison.OrdinalIgnoreCase)) ? clean : null;
    }

    /// <summary>What kind of image this is, with its clean address, or the Content-ID for a part.</summary>
    public static (HtmlImageKind Kind, string Address) Image(string address)
    {
        string clean = Absolute(address);
        if (clean.StartsWith("cid:", StringComparison.OrdinalIgnoreCase)) return (HtmlImageKind.Part, Uri.UnescapeDataString(clean[4..]).Trim('<', '>'));
        if (clean.StartsWith("data:", StringComparison.OrdinalIgnoreCase)) return IsPicture(clean) ? (HtmlImageKind.Embedded, clean) : (HtmlImageKind.None, "");
        return IsRemote(clean) && clean.Length <= MaxLink ? (HtmlImageKind.Remote, clean) : (HtmlImageKind.None, "");
    }

    /// <summary>Loaded from elsewhere.</summary>
    public static bool IsRemote(string address)
    {
        string clean = Absolute(address);
        return clean.StartsWith("http://", StringComparison.OrdinalIgnoreCase) || clean.StartsWith("https://", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>The scheme for the list of what was removed.</summary>
    public static string Scheme(string address)
    {
        string clean = Absolute(address);
        int colon = clean.IndexOf(':', StringComparison.Ordinal);
        bool scheme = colon is > 0 and < 20 && clean.AsSpan(0, colon).IndexOfAnyExceptInRange('0', 'z') < 0;
        return scheme ? clean[..(colon + 1)].ToLowerInvariant() : "";
    }

    /// <summary>Without the white space and controls that browsers pass over; an address without scheme gets https.</summary>
    private static string Absolute(string address)
    {
        var clean = new StringBuilder(address.Length);
        foreach (char c in address)
        {
            if (!char.IsControl(c)) clean.Append(c);
        }
        string text = clean.ToString().Trim();
        return text.StartsWith("//", StringComparison.Ordinal) ? "https:" + text : text;
    }

    private static bool IsPicture(string address)
    {
        int comma = address.IndexOf(',', StringComparison.Ordinal);
        if (comma < 0) return false;
        string type = address[5..comma].ToLowerInvariant();
        if (!ImageTypes.Any(image => type == $"image/{image};base64")) return false;
        foreach (char c in address.AsSpan(comma + 1))
        {
            if (!(char.IsAsciiLetterOrDigit(c) || c is '+' or '/' or '=' or '%' or ' ')) return false;
        }
        return true;
    }
}
