using System.Globalization;

namespace MailInbox.Admin.Conversations.Messages;

internal static class FileNames
{
    private const int MaxLength = 150;

    /// <summary>The name of an attachment; one by its type when it has none.</summary>
    public static string Of(string name, string media) => Safe(name.Length > 0 ? name : MailInbox.Mail.Mime.FileNames.Unnamed(media));

    /// <summary>A name that leads to no other folder and shows its true ending: no separators, control or direction characters.</summary>
    public static string Safe(string name)
    {
        string kept = string.Concat(name.Select(c => c is '/' or '\\' or ':' or '*' or '?' or '"' or '<' or '>' or '|' ? '_' : c).Where(Visible)).Trim(' ', '.');
        if (kept.Length > MaxLength)
        {
            string ending = Path.GetExtension(kept);
            kept = ending.Length < 12 ? string.Concat(kept.AsSpan(0, MaxLength - ending.Length), ending) : kept[..MaxLength];
        }
        return kept.Length == 0 ? "unnamed" : kept;
    }

    private static bool Visible(char c) =>
        CharUnicodeInfo.GetUnicodeCategory(c) is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);
}
