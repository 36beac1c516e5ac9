namespace MailInbox.Inbox.Configuration.Files;

/// <summary>Reads filters.json. What stands for one inbox is laid over the common part: a key given there takes the place of the common one.</summary>
internal sealed class FiltersReader(ConfigurationFile file, IReadOnlyCollection<string>? inboxes)
{
    private static readonly string[] Machines = ["mailer-daemon", "postmaster"];

    public FiltersOptions Read(JsonValue root)
    {
        Section section = new(file, root, KnownKeys.Filters);
        InboxFilters everywhere = Lay(section, new InboxFilters());
        Dictionary<string, InboxFilters> byInbox = new(StringComparer.Ordinal);
        foreach (JsonMember entry in section.Entries("inboxes"))
        {
            Section differences = new(file, entry.Value, KnownKeys.InboxFilters);
            InboxFilters filters = Lay(differences, everywhere);
            if (file.CheckReference(entry.Name, "inbox", entry.Key, inboxes))
            {
                byInbox[entry.Key] = filters;
            }
        }

        return new FiltersOptions(everywhere, byInbox);
    }

    private InboxFilters Lay(Section section, InboxFilters under)
    {
        Dictionary<string, string> sources = new(under.Sources, StringComparer.Ordinal);
        InboxFilters filters = under with
        {
            Allow = section.Texts("allow") is { } allow ? PatternReader.ReadAll(file, allow) : under.Allow,
            Block = section.Texts("block") is { } block ? PatternReader.ReadAll(file, block) : under.Block,
            Sources = sources,
        };
        if (section.Inner("roleAddresses", KnownKeys.RoleAddresses) is { } role)
        {
            Remember(role, "filter", "roleAddresses.filter", sources);
            filters = filters with
            {
                FilterRoleAddresses = role.Flag("filter", filters.FilterRoleAddresses),
                RoleLocalParts = role.Texts("localParts") is { } parts ? LocalParts(parts, sources) : filters.RoleLocalParts,
                RoleExcept = role.Texts("except") is { } except ? PatternReader.ReadAll(file, except) : filters.RoleExcept,
            };
        }

        if (section.Inner("bulk", KnownKeys.Bulk) is { } bulk)
        {
            foreach (string key in KnownKeys.Bulk.Read)
            {
                Remember(bulk, key, $"bulk.{key}", sources);
            }

            filters = filters with
            {
                FilterLists = bulk.Flag("filterLists", filters.FilterLists),
                FilterPromotions = bulk.Flag("filterPromotions", filters.FilterPromotions),
                FilterAutomatic = bulk.Flag("filterAutomatic", filters.FilterAutomatic),
            };
        }

        return filters;
    }

    private List<string> LocalParts(IReadOnlyList<JsonValue> entries, Dictionary<string, string> sources)
    {
        List<string> parts = [];
        foreach (JsonValue entry in entries)
        {
            string part = entry.Text.Trim().ToLowerInvariant();
            if (Machines.Contains(part))
            {
                file.Refuse(entry, $"\"{part}\" is never a role address: delivery reports come from it");
            }
            else if (!AddressSyntax.IsLocalPart(part))
            {
                string? hint = part.EndsWith('@') && AddressSyntax.IsLocalPart(part[..^1]) ? $"did you mean \"{part[..^1]}\"?" : null;
                file.Refuse(entry, $"{ConfigurationFile.Quote(part)} is no local part (what stands before the @)", hint);
            }
            else
            {
                parts.Add(part);
                sources[$"localParts.{part}"] = file.SourceOf(entry);
            }
        }

        return parts;
    }

    private void Remember(Section section, string key, string setting, Dictionary<string, string> sources)
    {
        if (section.Find(key) is { } value)
        {
            sources[setting] = file.SourceOf(value);
        }
    }
}
