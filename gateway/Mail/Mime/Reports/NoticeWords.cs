using System.Buffers;
using System.Text;
using MailInbox.Mail.Mime.Headers;

namespace MailInbox.Mail.Mime.Reports;

/// <summary>Makes what a report says fit for people and for comparing.</summary>
internal static class NoticeWords
{
    /// <summary>Characters kept of an address (RFC 5321 §4.5.3.1).</summary>
    private const int MostAddress = 320;

    private static readonly SearchValues<char> NotInDomain = SearchValues.Create(" \t<>;,|/\\");

    /// <summary>One line without control characters and doubled blanks, cut at <see cref="MailReport.MostWords"/>.</summary>
    public static string Line(string text)
    {
        var line = new StringBuilder();
        foreach (char c in HeaderText.Printable(text))
        {
            if (c != ' ' || (line.Length > 0 && line[^1] != ' '))
                line.Append(c);
            if (line.Length == MailReport.MostWords)
                break;
        }
        if (line.Length > 0 && char.IsHighSurrogate(line[^1]))
            line.Length--;
        return line.ToString().TrimEnd();
    }

    /// <summary>What stands behind the type in <c>smtp; 550 …</c>; the whole where there is none.</summary>
    public static string BehindType(string value)
    {
        int semicolon = value.IndexOf(';', StringComparison.Ordinal);
        bool typed = semicolon > 0 && semicolon < 40 && value.AsSpan(0, semicolon).Trim().IndexOfAny(" \t@<:") < 0;
        return (typed ? value[(semicolon + 1)..] : value).Trim();
    }

    /// <summary>The address in <c>rfc822; a@b</c> without brackets, routes and escapes (RFC 3461 §4, RFC 6533 §3).</summary>
    public static string Address(string value)
    {
        string address = BehindType(value);
        int comment = address.IndexOf(" (", StringComparison.Ordinal);
        address = (comment > 0 ? address[..comment] : address).Trim().Trim('<', '>').Trim();
        int route = address.StartsWith('@') ? address.IndexOf(':', StringComparison.Ordinal) : -1;
        address = Unescaped(route > 0 ? address[(route + 1)..] : address);
        address = HeaderText.Printable(address);
        return address.Length <= MostAddress ? address : address[..MostAddress];
    }

    /// <summary>Whether it can be written to.</summary>
    public static bool IsAddress(string address)
    {
        int at = address.LastIndexOf('@');
        return at > 0 && at < address.Length - 1 && !address.AsSpan(at).ContainsAny(NotInDomain) && !HeaderText.HasControl(address);
    }

    /// <summary><c>\x{E9}</c> is é.</summary>
    private static string Unescaped(string address)
    {
        if (!address.Contains("\\x{", StringComparison.Ordinal))
            return address;
        var clean = new StringBuilder();
        for (int i = 0; i < address.Length; i++)
        {
            int close = address.AsSpan(i).StartsWith("\\x{") ? address.IndexOf('}', i) : -1;
            if (close > 0 && close - i <= 9 && int.TryParse(address.AsSpan(i + 3, close - i - 3), System.Globalization.NumberStyles.HexNumber, null, out int scalar) && Rune.IsValid(scalar))
            {
                clean.Append(new Rune(scalar));
                i = close;
            }
            else
            {
                clean.Append(address[i]);
            }
        }
        return clean.ToString();
    }
}
