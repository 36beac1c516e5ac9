using System.Globalization;

namespace MailInbox.Inbox.Configuration;

/// <summary>What an administrator may write as an address (RFC 5321 §4.1.2 without quoted local parts, RFC 6531 letters allowed).</summary>
internal static class AddressSyntax
{
    private const int MaximumLocalPart = 64;
    private const int MaximumDomain = 253;
    private const int MaximumLabel = 63;
    private static readonly IdnMapping Idn = new();

    public static bool IsAddress(string text)
    {
        int at = text.LastIndexOf('@');
        return at > 0 && IsLocalPart(text[..at]) && IsDomain(text[(at + 1)..]);
    }

    public static bool IsLocalPart(string text)
        => text.Length is > 0 and <= MaximumLocalPart
        && text.Split('.').All(atom => atom.Length > 0 && atom.All(c => IsLetter(c) || "!#$%&'+/=?^_`{|}~-".Contains(c, StringComparison.Ordinal)));

    public static bool IsDomain(string text)
        => text.Length <= MaximumDomain
        && text.Split('.').All(label => label.Length is > 0 and <= MaximumLabel
            && label[0] != '-' && label[^1] != '-'
            && label.All(c => IsLetter(c) || c == '-'));

    /// <summary>Lower case and in the ASCII form of DNS, so that both spellings of a domain meet.</summary>
    public static string Canonical(string domain)
    {
        string lower = domain.ToLowerInvariant();
        if (lower.All(char.IsAscii))
        {
            return lower;
        }

        try
        {
            return Idn.GetAscii(lower).ToLowerInvariant();
        }
        catch (ArgumentException)
        {
            return lower;
        }
    }

    private static bool IsLetter(char c)
        => char.IsAsciiLetterOrDigit(c) || (c >= 128 && !char.IsControl(c) && !char.IsWhiteSpace(c));
}
