namespace MailInbox.Inbox.Configuration.Files;

/// <summary>The keys that an object of a file may have. Schema and README are held to this list by a test.</summary>
/// <param name="File">Name of the file.</param>
/// <param name="Path">Where the object stands: <c>inboxes.*</c>, <c>rules[]</c>; empty for the file itself.</param>
/// <param name="Read">Keys that have an effect.</param>
/// <param name="NotYet">Documented keys that this version does not act on: refused, never ignored.</param>
internal sealed record KnownKeys(string File, string Path, IReadOnlyList<string> Read, IReadOnlyList<string> NotYet)
{
    public static KnownKeys Inboxes { get; } = new("inboxes.json", "", ["$schema", "inboxes", "submission"], []);

    public static KnownKeys Inbox { get; } = new("inboxes.json", "inboxes.*", ["name", "addresses", "domains", "sendThrough", "sources", "silenceAlarm"], ["signature"]);

    public static KnownKeys Source { get; } = new(
        "inboxes.json", "inboxes.*.sources[]", ["imap", "port", "security", "user", "password", "oauth", "folders", "start", "afterwards", "every", "maxSize", "sent", "trust"], []);

    public static KnownKeys OAuth { get; } = new(
        "inboxes.json", "inboxes.*.sources[].oauth", ["provider", "tenant", "client", "secret", "refreshToken", "scope", "endpoint"], []);

    public static KnownKeys Submission { get; } = new("inboxes.json", "submission.*", ["host", "port", "security", "user", "password"], []);

    public static KnownKeys Filters { get; } = new("filters.json", "", ["$schema", "allow", "block", "roleAddresses", "bulk", "inboxes"], ["spam"]);

    public static KnownKeys RoleAddresses { get; } = new("filters.json", "roleAddresses", ["filter", "localParts", "except"], []);

    public static KnownKeys Bulk { get; } = new("filters.json", "bulk", ["filterLists", "filterPromotions", "filterAutomatic"], []);

    public static KnownKeys InboxFilters { get; } = new("filters.json", "inboxes.*", ["allow", "block", "roleAddresses", "bulk"], ["spam"]);

    public static KnownKeys Routing { get; } = new("routing.json", "", ["$schema", "rules", "assignOnReply", "every", "assignmentTimeout"], []);

    public static KnownKeys Rule { get; } = new("routing.json", "rules[]", ["name", "when", "in", "assign"], ["tags", "priority"]);

    public static KnownKeys Assign { get; } = new("routing.json", "rules[].assign", ["team", "agents", "method"], ["otherwise"]);

    public static KnownKeys Team { get; } = new("team.json", "", ["$schema", "teams"], ["hours", "targets"]);

    public static KnownKeys TeamGroup { get; } = new("team.json", "teams.*", ["name", "primary", "also"], ["hours", "capacity"]);

    public static KnownKeys Retention { get; } = new("retention.json", "", ["$schema", "trash", "inboxes"], ["filtered", "closed", "mailLog", "hold"]);

    public static KnownKeys InboxRetention { get; } = new("retention.json", "inboxes.*", ["trash"], ["filtered", "closed"]);

    public static IReadOnlyList<KnownKeys> All { get; } =
    [
        Inboxes, Inbox, Source, OAuth, Submission,
        Filters, RoleAddresses, Bulk, InboxFilters,
        Routing, Rule, Assign,
        Team, TeamGroup,
        Retention, InboxRetention,
    ];
}
