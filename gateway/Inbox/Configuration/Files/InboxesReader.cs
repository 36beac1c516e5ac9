using MailInbox.Inbox.Configuration.Servers;

namespace MailInbox.Inbox.Configuration.Files;

/// <summary>Reads inboxes.json.</summary>
internal sealed class InboxesReader(ConfigurationFile file, Secrets secrets)
{
    private readonly SubmissionReader _submission = new(file, secrets);
    private readonly SourcesReader _sources = new(file, secrets);

    // Whose an address or a domain is, over all inboxes.
    private readonly Dictionary<string, string> _owners = new(StringComparer.Ordinal);

    public InboxesOptions Read(JsonValue root)
    {
        Section section = new(file, root, KnownKeys.Inboxes);
        IReadOnlyList<JsonMember> submissions = section.Entries("submission");
        Dictionary<string, SubmissionOptions> submission = new(StringComparer.Ordinal);
        foreach (JsonMember entry in submissions.Where(entry => file.CheckKey(entry.Name, "submission")))
        {
            submission[entry.Key] = _submission.Read(entry);
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
            Sources = _sources.Read(entry.Key, section),
            SilenceAlarm = section.Find("silenceAlarm") is null ? null : section.Time("silenceAlarm", "10m", "1y", TimeSpan.Zero),
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
}
