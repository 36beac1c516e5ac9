using System.Buffers;
using System.Text;

namespace MailInbox.Mail.Smtp.Dialogue;

/// <summary>Reads the path of MAIL and RCPT (RFC 5321 §4.1.2), forgiving about brackets, strict about relaying.</summary>
internal static class SmtpPathParser
{
    /// <summary>Reads <c>&lt;path&gt;</c> at the start of <paramref name="text"/>; <paramref name="rest"/> is what stands behind it.</summary>
    /// <exception cref="SmtpRefusal">No path, one that asks for relaying, or one beyond ASCII.</exception>
    public static SmtpPath Read(ReadOnlySpan<byte> text, out ReadOnlySpan<byte> rest)
    {
        text = text.TrimStart((byte)' ');
        bool bracket = text.StartsWith("<"u8);
        if (bracket)
            text = text[1..];
        if (bracket && text.StartsWith(">"u8))
        {
            rest = Behind(text[1..]);
            return SmtpPath.Null;
        }
        if (text.StartsWith("@"u8))
            throw new SmtpRefusal(550, "5.7.1", "Source routes are not accepted");
        string local = text.StartsWith("\""u8) ? Quoted(ref text) : Plain(ref text);
        string domain = "";
        if (text.StartsWith("@"u8))
        {
            text = text[1..];
            domain = text.StartsWith("["u8) ? Literal(ref text) : Domain(ref text);
        }
        if (bracket && !text.StartsWith(">"u8))
            throw Malformed();
        rest = Behind(bracket ? text[1..] : text);
        return new SmtpPath(local, domain);
    }

    private const int MaxLocalPart = 256;
    private const int MaxDomain = 255;

    private static readonly SearchValues<byte> _localPart = SearchValues.Create(
        "!#$%&'*+-./0123456789=?ABCDEFGHIJKLMNOPQRSTUVWXYZ^_`abcdefghijklmnopqrstuvwxyz{|}~"u8);

    private static readonly SearchValues<byte> _domain = SearchValues.Create(
        "-.0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz"u8);

    private static readonly SearchValues<byte> _literal = SearchValues.Create(
        "-.0123456789:ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"u8);

    private static string Plain(ref ReadOnlySpan<byte> text) => Take(ref text, _localPart, MaxLocalPart);

    private static string Quoted(ref ReadOnlySpan<byte> text)
    {
        StringBuilder local = new();
        for (int at = 1; at < text.Length && local.Length <= MaxLocalPart; at++)
        {
            if (text[at] == '"')
            {
                text = text[(at + 1)..];
                return local.ToString();
            }
            if (text[at] == '\\' && ++at == text.Length)
                break;
            if (text[at] is < 32 or > 126)
                throw BeyondAscii(text[at]);
            local.Append((char)text[at]);
        }
        throw Malformed();
    }

    private static string Domain(ref ReadOnlySpan<byte> text)
    {
        string domain = Take(ref text, _domain, MaxDomain);
        if (domain.EndsWith('.'))
            domain = domain[..^1];
        if (domain.Length == 0 || domain[0] == '.' || domain.Contains("..", StringComparison.Ordinal) || domain.EndsWith('.'))
            throw Malformed();
        return domain.ToLowerInvariant();
    }

    private static string Literal(ref ReadOnlySpan<byte> text)
    {
        text = text[1..];
        string inside = Take(ref text, _literal, MaxDomain);
        if (!text.StartsWith("]"u8))
            throw Malformed();
        text = text[1..];
        return $"[{inside.ToLowerInvariant()}]";
    }

    private static string Take(ref ReadOnlySpan<byte> text, SearchValues<byte> allowed, int max)
    {
        int length = text.IndexOfAnyExcept(allowed);
        length = length < 0 ? text.Length : length;
        if (length == 0 || length > max)
            throw length < text.Length ? BeyondAscii(text[length]) : Malformed();
        if (length < text.Length && text[length] > 127)
            throw BeyondAscii(text[length]);
        string taken = Encoding.ASCII.GetString(text[..length]);
        text = text[length..];
        return taken;
    }

    private static ReadOnlySpan<byte> Behind(ReadOnlySpan<byte> text) =>
        text.IsEmpty || text[0] == ' ' ? text.TrimStart((byte)' ') : throw Malformed();

    private static SmtpRefusal Malformed() => new(501, "5.1.3", "Bad address syntax");

    private static SmtpRefusal BeyondAscii(byte letter) =>
        letter > 127 ? new(553, "5.6.7", "Internationalized addresses are not supported") : Malformed();
}
