using MailInbox.Mail.Mime.Headers;

namespace MailInbox.Mail.Mime.Composing;

/// <summary>Addresses as a person types them: <c>Mina &lt;a@b&gt;, c@d; "Doe, Jo" &lt;e@f&gt;</c>.</summary>
public static class MailAddressText
{
    /// <summary>Addresses in one field at most.</summary>
    public const int MaxAddresses = 500;

    /// <summary>The addresses, or none and what is wrong with which of them, in words for beside the field.</summary>
    public static IReadOnlyList<MailAddress> Parse(string typed, out string? error)
    {
        var addresses = new List<MailAddress>();
        error = null;
        foreach (string part in Parts(typed))
        {
            MailAddress? address = One(part);
            if (address is null) error = $"“{Short(part)}” is not an e-mail address.";
            else if (addresses.Count == MaxAddresses) error = $"More than {MaxAddresses} addresses.";
            else addresses.Add(address);
            if (error is not null) return [];
        }
        return addresses;
    }

    /// <summary>Cut at commas, semicolons and line ends that stand outside quotes and brackets.</summary>
    private static List<string> Parts(string typed)
    {
        var parts = new List<string>();
        bool quoted = false, bracket = false;
        int start = 0;
        for (int i = 0; i <= typed.Length; i++)
        {
            char c = i < typed.Length ? typed[i] : '\n';
            if (quoted && c == '\\' && i + 1 < typed.Length) i++;
            else if (c == '"') quoted = !quoted;
            else if (c is '<' or '>' && !quoted) bracket = c == '<';
            else if (c is '\n' or '\r' || (c is ',' or ';' && !quoted && !bracket))
            {
                string part = typed[start..Math.Min(i, typed.Length)].Trim();
                if (part.Length > 0) parts.Add(part);
                (start, quoted, bracket) = (i + 1, false, false);
            }
        }
        return parts;
    }

    private static MailAddress? One(string part)
    {
        int open = part.LastIndexOf('<');
        string address = part, name = "";
        if (open >= 0 && part[^1] == '>') (name, address) = (Unquoted(part[..open].Trim()), part[(open + 1)..^1].Trim());
        if (address.StartsWith("mailto:", StringComparison.OrdinalIgnoreCase)) address = address[7..];
        if (name.Any(char.IsControl)) return null;
        return MessageComposerChecks.WritableAddress(address) is null ? null : new MailAddress(name, address);
    }

    private static string Unquoted(string name) => name is ['"', .., '"']
        ? name[1..^1].Replace("\\\"", "\"", StringComparison.Ordinal).Replace("\\\\", "\\", StringComparison.Ordinal)
        : name;

    private static string Short(string part) => part.Length <= 60 ? part : part[..60] + "…";
}
