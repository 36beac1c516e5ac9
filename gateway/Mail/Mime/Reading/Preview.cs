using System.Globalization;
using System.Text;

namespace MailInbox.Mail.Mime.Reading;

/// <summary>The beginning of a message for a list row.</summary>
public static class Preview
{
    /// <summary>Characters (UTF-16 units) at most, the ellipsis not counted.</summary>
    public const int MaxLength = 160;

    /// <summary>The newest words of a mail: without what it quotes and its signature, unless it says nothing else.</summary>
    public static string Of(MimeMessage mail)
    {
        string text = BodyText.Of(mail);
        int cut = QuotedText.Cut(text);
        string preview = Of(text.AsSpan(0, cut), MaxLength);
        return preview.Length > 0 ? preview : Of(text.AsSpan(cut), MaxLength);
    }

    /// <param name="most">Characters at most, for what is not a list row: a subject, a name.</param>
    /// <summary>One line: white space folded, nothing invisible that could reorder the row, whole characters, <c>…</c> when there is more.</summary>
    public static string Of(string visibleText, int most = MaxLength) => Of(visibleText.AsSpan(), most);

    private static string Of(ReadOnlySpan<char> visibleText, int most)
    {
        var line = new StringBuilder(Math.Min(most, visibleText.Length) + 1);
        bool space = false, joined = false;
        char joiner = default;
        foreach (Rune rune in visibleText.EnumerateRunes())
        {
            if (Rune.IsWhiteSpace(rune)) (space, joined) = (line.Length > 0, false);
            else if (rune.Value is 0x200C or 0x200D) (joiner, joined) = ((char)rune.Value, !space && line.Length > 0);
            else if (!IsInvisible(rune))
            {
                int length = rune.Utf16SequenceLength + (space || joined ? 1 : 0);
                if (line.Length + length > most) return line.Append('…').ToString();
                if (space) line.Append(' ');
                else if (joined) line.Append(joiner);
                (space, joined) = (false, false);
                line.Append(rune.ToString());
            }
        }
        return line.ToString();
    }

    /// <summary>Controls, bidirectional marks and overrides, the fillers with which newsletters push their text out of a preview; the two joiners that scripts and emoji need stay between characters.</summary>
    private static bool IsInvisible(Rune rune) => rune.Value is 0x034F or 0x115F or 0x1160 or 0x17B4 or 0x17B5 or 0x2800 or 0x3164 or 0xFFA0 or 0xFFFD or (>= 0xFE00 and <= 0xFE0E) || Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.Control => true,
        UnicodeCategory.Format => rune.Value < 0xE0000,
        _ => false,
    };
}
