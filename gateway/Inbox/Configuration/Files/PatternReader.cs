namespace MailInbox.Inbox.Configuration.Files;

/// <summary>Reads addresses and patterns of addresses.</summary>
internal static class PatternReader
{
    private const int MaximumLength = 320;

    /// <summary>An entry of allow, block or except: one token with @ and no colon is an address, a domain or a glob; anything else is a query.</summary>
    public static AddressPattern? Read(ConfigurationFile file, JsonValue entry)
    {
        string text = entry.Text.Trim();
        if (text.Contains(':', StringComparison.Ordinal) || !text.Contains('@', StringComparison.Ordinal) || text.Any(char.IsWhiteSpace))
        {
            string? hint = text.Contains('.', StringComparison.Ordinal) && AddressSyntax.IsDomain(text) ? $"did you mean \"@{text}\"?" : null;
            file.Refuse(entry, $"{ConfigurationFile.Quote(text)} is a query, which is not supported yet here", hint ?? "write an address, @domain or a pattern with *");
            return null;
        }

        if (!IsPattern(text))
        {
            file.Refuse(entry, $"{ConfigurationFile.Quote(text)} is no address, @domain or pattern with *");
            return null;
        }

        return new AddressPattern(text.ToLowerInvariant(), file.SourceOf(entry));
    }

    public static IReadOnlyList<AddressPattern> ReadAll(ConfigurationFile file, IEnumerable<JsonValue> entries)
        => [.. entries.Select(entry => Read(file, entry)).OfType<AddressPattern>()];

    /// <summary>An address, <c>@domain</c>, or any text with a star.</summary>
    public static bool IsPattern(string text)
        => text.Length <= MaximumLength
        && (text.Contains('*', StringComparison.Ordinal)
            ? !text.Any(c => char.IsControl(c) || char.IsWhiteSpace(c))
            : text.StartsWith('@') ? AddressSyntax.IsDomain(text[1..]) : AddressSyntax.IsAddress(text));

    /// <summary>Addresses in lower case, each once.</summary>
    public static IReadOnlyList<string> Addresses(ConfigurationFile file, IEnumerable<JsonValue> entries)
    {
        List<string> addresses = [];
        foreach (JsonValue entry in entries)
        {
            string address = entry.Text.Trim().ToLowerInvariant();
            if (!AddressSyntax.IsAddress(address))
            {
                file.Refuse(entry, $"{ConfigurationFile.Quote(entry.Text)} is no address");
            }
            else if (addresses.Contains(address))
            {
                file.Refuse(entry, $"{ConfigurationFile.Quote(address)} stands here twice");
            }
            else
            {
                addresses.Add(address);
            }
        }

        return addresses;
    }
}
