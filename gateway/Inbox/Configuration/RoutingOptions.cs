namespace MailInbox.Inbox.Configuration;

/// <summary>routing.json.</summary>
public sealed record RoutingOptions(IReadOnlyList<RoutingRule> Rules, bool AssignOnReply, TimeSpan Every);

/// <summary>One rule; the first whose conditions hold wins.</summary>
/// <param name="Source">"routing.json, rule 2".</param>
/// <param name="Inbox">Key of the only inbox it holds for; null for all.</param>
/// <param name="When">Conditions that must all hold; none holds for everything.</param>
/// <param name="Team">Key of the team that gets it; null when agents are named.</param>
/// <param name="Agents">Addresses of agents, when no team is named.</param>
public sealed record RoutingRule(string Name, string Source, string? Inbox, IReadOnlyList<RoutingCondition> When, string? Team, IReadOnlyList<string> Agents);

/// <summary>What a condition looks at.</summary>
public enum RoutingField
{
    In,
    From,
    To,
}

/// <summary>field:value of the query language, as far as routing knows it.</summary>
public sealed record RoutingCondition(RoutingField Field, AddressPattern Pattern, bool Negated);
