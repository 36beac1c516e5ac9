using System.Globalization;
using System.Text;

namespace MailInbox.Mail.Mime;

/// <summary>Names of files in foreign mail.</summary>
public static class FileNames
{
    /// <summary>What a file is called that has no name, by its media type: <c>invite.ics</c>, <c>image.png</c>; <c>attachment</c> when the type says nothing.</summary>
    public static string Unnamed(string media) => media switch
    {
        "text/calendar" or "application/ics" => "invite.ics",
        "text/plain" => "text.txt",
        "text/html" => "page.html",
        "text/rfc822-headers" => "headers.txt",
        "message/delivery-status" => "delivery-status.txt",
        "message/disposition-notification" => "receipt.txt",
        "message/feedback-report" => "complaint.txt",
        "message/rfc822" or "message/global" => "message.eml",
        "image/png" or "image/gif" or "image/webp" => $"image.{media[6..]}",
        "image/jpeg" or "image/jpg" or "image/pjpeg" => "image.jpg",
        "application/pdf" => "document.pdf",
        "application/pgp-signature" => "signature.asc",
        _ => "attachment",
    };

    /// <summary>Cuts folders, removes control and direction characters and what file systems refuse, and shortens before the extension.</summary>
    internal static string Clean(string name)
    {
        int folder = name.AsSpan().LastIndexOfAny('/', '\\');
        var kept = new StringBuilder(Math.Min(name.Length, MimeLimits.FileName));
        foreach (char c in name.AsSpan(folder + 1))
        {
            if (char.IsControl(c) || char.GetUnicodeCategory(c) is UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator)
                continue;
            kept.Append("<>:\"|?*".Contains(c) ? '_' : c);
        }
        string clean = kept.ToString().Trim().TrimEnd('.', ' ');
        return clean.Length <= MimeLimits.FileName ? clean : Shorten(clean);
    }

    private static string Shorten(string name)
    {
        int dot = name.LastIndexOf('.');
        string extension = dot >= 0 && name.Length - dot <= 20 ? name[dot..] : "";
        int length = MimeLimits.FileName - extension.Length;
        if (char.IsHighSurrogate(name[length - 1]))
            length--;
        return name[..length] + extension;
    }
}
