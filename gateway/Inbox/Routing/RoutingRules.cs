using MailInbox.Inbox.Configuration;

namespace MailInbox.Inbox.Routing;

/// <summary>Finds the rule that says who gets a conversation.</summary>
public static class RoutingRules
{
    /// <summary>The first rule whose conditions all hold; null when none does.</summary>
    public static RoutingRule? Find(RoutingOptions options, RoutingFacts facts) => options.Rules.FirstOrDefault(rule => Holds(rule, facts));

    private static bool Holds(RoutingRule rule, RoutingFacts facts)
        => (rule.Inbox is null || rule.Inbox == facts.Inbox) && rule.When.All(condition => Holds(condition, facts));

    private static bool Holds(RoutingCondition condition, RoutingFacts facts)
        => condition.Negated != condition.Field switch
        {
            RoutingField.In => condition.Pattern.Matches(facts.Inbox),
            RoutingField.From => facts.From.Any(condition.Pattern.Matches),
            RoutingField.To => facts.To.Any(condition.Pattern.Matches),
            _ => false,
        };
}
