namespace MailInbox.Inbox.Configuration;

/// <summary>All files of config/, read and checked together; taken whole or not at all.</summary>
/// <param name="Directory">The folder they were read from.</param>
public sealed record GatewayOptions(
    string Directory,
    InboxesOptions Inboxes,
    FiltersOptions Filters,
    RoutingOptions Routing,
    TeamOptions Team,
    RetentionOptions Retention);
