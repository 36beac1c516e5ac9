using System.Buffers.Binary;
using System.Buffers.Text;
using System.Text;

namespace MailInbox.Mail.Imap.Dialogue;

/// <summary>Modified UTF-7 (RFC 3501 §5.1.3): how names of folders travel where UTF-8 is not agreed on.</summary>
internal static class MailboxName
{
    public static string Encode(string name)
    {
        StringBuilder text = new();
        for (int at = 0; at < name.Length;)
        {
            int end = at;
            while (end < name.Length && name[end] is < ' ' or > '~')
                end++;
            if (end > at)
                text.Append('&').Append(Shift(name[at..end])).Append('-');
            else
                text.Append(name[end++] is var plain and not '&' ? plain.ToString() : "&-");
            at = end;
        }
        return text.ToString();
    }

    /// <summary>Null: not modified UTF-7.</summary>
    public static string? Decode(string text)
    {
        StringBuilder name = new();
        for (int at = 0; at < text.Length; at++)
        {
            if (text[at] is < ' ' or > '~')
                return null;
            if (text[at] != '&')
            {
                name.Append(text[at]);
                continue;
            }
            int end = text.IndexOf('-', at);
            if (end < 0)
                return null;
            string? shifted = end == at + 1 ? "&" : Unshift(text[(at + 1)..end]);
            if (shifted is null)
                return null;
            name.Append(shifted);
            at = end;
        }
        return name.ToString();
    }

    private static string Shift(string letters) =>
        Convert.ToBase64String(Encoding.BigEndianUnicode.GetBytes(letters)).TrimEnd('=').Replace('/', ',');

    private static string? Unshift(string text)
    {
        string base64 = text.Replace(',', '/').PadRight((text.Length + 3) / 4 * 4, '=');
        if (text.Contains('/', StringComparison.Ordinal) || text.Contains('=', StringComparison.Ordinal) || !Base64.IsValid(base64))
            return null;
        byte[] bytes = Convert.FromBase64String(base64);
        if (bytes.Length % 2 != 0)
            return null;
        char[] letters = new char[bytes.Length / 2];
        for (int at = 0; at < letters.Length; at++)
            letters[at] = (char)BinaryPrimitives.ReadUInt16BigEndian(bytes.AsSpan(at * 2));
        return new string(letters);
    }
}
