namespace MailInbox.Inbox.Configuration;

/// <summary>filters.json: what holds for every inbox, and what differs per inbox.</summary>
public sealed record FiltersOptions(InboxFilters Everywhere, IReadOnlyDictionary<string, InboxFilters> Inboxes)
{
    /// <summary>The filters of one inbox.</summary>
    public InboxFilters For(string inbox) => Inboxes.GetValueOrDefault(inbox, Everywhere);
}

/// <summary>The filters as they hold for one inbox, differences already applied.</summary>
public sealed record InboxFilters
{
    public IReadOnlyList<AddressPattern> Allow { get; init; } = [];

    public IReadOnlyList<AddressPattern> Block { get; init; } = [];

    public bool FilterRoleAddresses { get; init; } = true;

    /// <summary>Lower case, without sub-address.</summary>
    public IReadOnlyList<string> RoleLocalParts { get; init; } = ["marketing", "sales", "newsletter", "no-reply", "noreply"];

    public IReadOnlyList<AddressPattern> RoleExcept { get; init; } = [];

    public bool FilterLists { get; init; } = true;

    public bool FilterPromotions { get; init; } = true;

    public bool FilterAutomatic { get; init; }

    /// <summary>Where settings stand: <c>roleAddresses.filter</c>, <c>localParts.sales</c>, <c>bulk.filterLists</c> to "filters.json:12".</summary>
    public IReadOnlyDictionary<string, string> Sources { get; init; } = new Dictionary<string, string>();

    /// <summary>File and line of a setting; the file alone for a default.</summary>
    public string SourceOf(string setting) => Sources.GetValueOrDefault(setting, "filters.json");
}

/// <summary>An address, a domain (<c>@domain</c>, that one only) or a glob, and where it stands in its file.</summary>
/// <param name="Text">Lower case, as compared.</param>
/// <param name="Source">"filters.json:3".</param>
public sealed record AddressPattern(string Text, string Source)
{
    /// <summary>Whether an address meets it, case ignored; linear in both lengths.</summary>
    public bool Matches(string address)
        => Glob.Matches(Text, Text.StartsWith('@') ? address.AsSpan(Math.Max(0, address.LastIndexOf('@'))) : address);
}
