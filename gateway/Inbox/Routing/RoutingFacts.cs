namespace MailInbox.Inbox.Routing;

/// <summary>What routing rules look at.</summary>
/// <param name="Inbox">Key of the inbox.</param>
/// <param name="From">All addresses of the header From.</param>
/// <param name="To">Addresses of To and Cc, and the recipients of the envelope.</param>
public sealed record RoutingFacts(string Inbox, IReadOnlyList<string> From, IReadOnlyList<string> To);
