using System.Globalization;
using System.Text;

namespace MailInbox.Mail.Mime;

/// <summary>File names out of foreign mail, made harmless.</summary>
internal static class FileNames
{
    /// <summary>Cuts folders, removes control and direction characters and what file systems refuse, and shortens before the extension.</summary>
    public static string Clean(string name)
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
