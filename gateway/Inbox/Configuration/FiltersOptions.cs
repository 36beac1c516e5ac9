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

    public IReadOnlyList<string> RoleLocalParts { get; init; } = [];

    public IReadOnlyList<AddressPattern> RoleExcept { get; init; } = [];

    public bool FilterLists { get; init; } = true;

    public bool FilterPromotions { get; init; } = true;

    public bool FilterAutomatic { get; init; }
}

/// <summary>An address, a domain (<c>@domain</c>, that one only) or a glob, and where it stands in its file.</summary>
/// <param name="Text">Lower case, as compared.</param>
/// <param name="Source">"filters.json:3".</param>
public sealed record AddressPattern(string Text, string Source)
{
    /// <summary>Whether an address meets it, case ignored; linear in both lengths but for globs, where each star may try again from its place.</summary>
    public bool Matches(string address) => throw new NotSupportedException();
}
