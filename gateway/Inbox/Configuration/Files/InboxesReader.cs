using System.Net;
using MailInbox.Mail.Wire;

namespace MailInbox.Inbox.Configuration.Files;

/// <summary>Reads inboxes.json.</summary>
internal sealed class InboxesReader(ConfigurationFile file, Secrets secrets)
{
    // Whose an address or a domain is, over all inboxes.
    private readonly Dictionary<string, string> _owners = new(StringComparer.Ordinal);

    public InboxesOptions Read(JsonValue root)
    {
        Section section = new(file, root, KnownKeys.Inboxes);
        IReadOnlyList<JsonMember> submissions = section.Entries("submission");
        Dictionary<string, SubmissionOptions> submission = new(StringComparer.Ordinal);
        foreach (JsonMember entry in submissions.Where(entry => file.CheckKey(entry.Name, "submission")))
        {
            submission[entry.Key] = ReadSubmission(entry);
        }

        IReadOnlyList<JsonMember> entries = section.Entries("inboxes");
        if (root.Kind == JsonKind.Object && entries.Count == 0 && section.Find("inboxes") is null or { Kind: JsonKind.Object })
        {
            file.Refuse(section.Place("inboxes"), "at least one inbox is needed");
        }

        string[] ways = [.. submissions.Select(s => s.Key)];
        return new InboxesOptions([.. entries.Where(entry => file.CheckKey(entry.Name, "inbox")).Select(entry => ReadInbox(entry, ways))], submission);
    }

    private InboxOptions ReadInbox(JsonMember entry, string[] ways)
    {
        Section section = new(file, entry.Value, KnownKeys.Inbox);
        IReadOnlyList<JsonValue>? addresses = section.Texts("addresses");
        if (entry.Value.Kind == JsonKind.Object && (section.Find("addresses") is null || addresses is []))
        {
            file.Refuse(section.Find("addresses") is null ? entry.Name : section.Place("addresses"), $"inbox \"{entry.Key}\" needs at least one address");
        }

        JsonValue? way = section.Text("sendThrough");
        return new InboxOptions
        {
            Key = entry.Key,
            Name = section.Text("name")?.Text.Trim() ?? entry.Key,
            Addresses = ReadAddresses(entry.Key, addresses ?? []),
            Domains = ReadDomains(entry.Key, section.Texts("domains") ?? []),
            SendThrough = way is not null && file.CheckReference(way, "submission", way.Text, ways) ? way.Text : null,
        };
    }

    private List<string> ReadAddresses(string inbox, IReadOnlyList<JsonValue> entries)
    {
        List<string> addresses = [];
        foreach (JsonValue entry in entries)
        {
            string address = entry.Text.Trim();
            if (!AddressSyntax.IsAddress(address))
            {
                file.Refuse(entry, $"{ConfigurationFile.Quote(address)} is no address");
            }
            else if (Take(entry, InboxDirectory.Canonical(address), inbox))
            {
                addresses.Add(address);
            }
        }

        return addresses;
    }

    private List<string> ReadDomains(string inbox, IReadOnlyList<JsonValue> entries)
    {
        List<string> domains = [];
        foreach (JsonValue entry in entries)
        {
            string domain = entry.Text.Trim();
            if (!AddressSyntax.IsDomain(domain))
            {
                string? hint = domain.StartsWith('@') && AddressSyntax.IsDomain(domain[1..]) ? $"did you mean \"{domain[1..]}\"?" : null;
                file.Refuse(entry, $"{ConfigurationFile.Quote(domain)} is no domain", hint);
            }
            else if (Take(entry, AddressSyntax.Canonical(domain), inbox))
            {
                domains.Add(AddressSyntax.Canonical(domain));
            }
        }

        return domains;
    }

    private bool Take(JsonValue entry, string place, string inbox)
    {
        if (_owners.TryAdd(place, inbox))
        {
            return true;
        }

        string owner = _owners[place];
        file.Refuse(entry, owner == inbox
            ? $"{ConfigurationFile.Quote(entry.Text)} stands here twice"
            : $"{ConfigurationFile.Quote(entry.Text)} belongs to inbox \"{owner}\" already");
        return false;
    }

    private SubmissionOptions ReadSubmission(JsonMember entry)
    {
        Section section = new(file, entry.Value, KnownKeys.Submission);
        WireSecurity security = ReadSecurity(section);
        string host = ReadHost(section, entry);
        int port = section.Number("port", 1, 65535, security switch { WireSecurity.Tls => 465, WireSecurity.StartTls => 587, _ => 25 });
        JsonValue? user = section.Text("user");
        JsonValue? password = section.Text("password");
        string? secret = password is null ? null : secrets.Read(file, password);
        if (section.Find("user") is null != section.Find("password") is null)
        {
            file.Refuse(section.Find("user") is null ? section.Place("password") : section.Place("user"), "\"user\" and \"password\" only stand together");
        }
        else if (password is not null && security == WireSecurity.None && !IsThisMachine(host))
        {
            file.Refuse(section.Place("password"), "a password is not sent without TLS", "set \"security\" to \"starttls\" or \"tls\"");
        }

        return new SubmissionOptions(entry.Key, host, port, security, user?.Text.Trim(), secret);
    }

    private WireSecurity ReadSecurity(Section section)
    {
        JsonValue? value = section.Text("security");
        switch (value?.Text)
        {
            case null or "starttls":
                return WireSecurity.StartTls;
            case "tls":
                return WireSecurity.Tls;
            case "none":
                return WireSecurity.None;
            default:
                file.RefuseUnknown(value, "security", value.Text, ["starttls", "tls", "none"]);
                return WireSecurity.StartTls;
        }
    }

    private string ReadHost(Section section, JsonMember entry)
    {
        if (section.Text("host") is not { } host)
        {
            if (section.Find("host") is null && entry.Value.Kind == JsonKind.Object)
            {
                file.Refuse(entry.Name, $"submission \"{entry.Key}\" needs a host");
            }

            return "";
        }

        string name = host.Text.Trim();
        if (!IPAddress.TryParse(name, out _) && !AddressSyntax.IsDomain(name))
        {
            // Not repeated: an address such as smtp://user:password@host may stand here.
            file.Refuse(host, "this is no host name", "write smtp.example.com or an IP address");
        }

        return name;
    }

    private static bool IsThisMachine(string host)
        => host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host, out IPAddress? address) && IPAddress.IsLoopback(address));
}
