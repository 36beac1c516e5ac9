namespace MailInbox.Inbox.Configuration;

/// <summary>Whose an address is. Every question is answered in constant time, case ignored.</summary>
public sealed class InboxDirectory
{
    private readonly Dictionary<string, InboxOptions> _addresses = new(StringComparer.Ordinal);
    private readonly Dictionary<string, InboxOptions> _domains = new(StringComparer.Ordinal);
    private readonly HashSet<string> _hosts = new(StringComparer.Ordinal);

    public InboxDirectory(InboxesOptions options)
    {
        foreach (InboxOptions inbox in options.Inboxes)
        {
            foreach (string address in inbox.Addresses)
            {
                _addresses.TryAdd(Canonical(address), inbox);
                _hosts.Add(Canonical(address)[(address.LastIndexOf('@') + 1)..]);
            }

            foreach (string domain in inbox.Domains)
            {
                _domains.TryAdd(AddressSyntax.Canonical(domain), inbox);
            }
        }
    }

    /// <summary>The inbox of a recipient: its address, its address with a sub-address (<c>support+x@</c>, RFC 5233), or its whole domain; null when it is none of ours.</summary>
    /// <param name="localPart">Unquoted.</param>
    /// <param name="domain">Without a trailing dot.</param>
    public InboxOptions? Find(string localPart, string domain)
    {
        string local = localPart.ToLowerInvariant();
        string host = AddressSyntax.Canonical(domain);
        if (_addresses.TryGetValue($"{local}@{host}", out InboxOptions? inbox))
        {
            return inbox;
        }

        int plus = local.IndexOf('+', StringComparison.Ordinal);
        return plus > 0 && _addresses.TryGetValue($"{local[..plus]}@{host}", out inbox)
            ? inbox
            : local.Length > 0 ? _domains.GetValueOrDefault(host) : null;
    }

    /// <summary>The inbox of an address written as a whole.</summary>
    public InboxOptions? Find(string address)
    {
        int at = address.LastIndexOf('@');
        return at > 0 ? Find(address[..at], address[(at + 1)..]) : null;
    }

    /// <summary>Whether it is one of our own addresses, sub-addresses and whole domains included.</summary>
    public bool Owns(string address) => Find(address) is not null;

    /// <summary>Whether some address of ours has this domain: others are strangers there, elsewhere they would be relayed.</summary>
    public bool OwnsDomain(string domain) => _hosts.Contains(AddressSyntax.Canonical(domain));

    /// <summary>As addresses are compared.</summary>
    internal static string Canonical(string address)
    {
        int at = address.LastIndexOf('@');
        return at < 0 ? address.ToLowerInvariant() : $"{address[..at].ToLowerInvariant()}@{AddressSyntax.Canonical(address[(at + 1)..])}";
    }
}
