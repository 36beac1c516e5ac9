namespace MailInbox.Inbox.Configuration.Files;

/// <summary>Reads the "when" of a routing rule: the part of the query language that routing knows. Clauses <c>in:</c>, <c>from:</c> and <c>to:</c>, standing side by side, each with "-" before it at will.</summary>
internal sealed class RuleConditions(ConfigurationFile file, IReadOnlyCollection<string>? inboxes)
{
    private const int MaximumLength = 2000;
    private const int MaximumClauses = 50;
    private const string OnlyFields = "rules know in:, from: and to: so far";

    private static readonly string[] Fields =
    [
        "from", "to", "cc", "participant", "subject", "body", "filename", "type", "has", "is", "status", "in", "channel", "source",
        "assignee", "team", "mentions", "contact", "tag", "priority", "spf", "dkim", "dmarc", "arc", "score", "size", "recipients", "links",
        "script", "ip", "helo", "envelope", "before", "after", "older", "newer", "waiting",
    ];

    private static readonly string[] Families = ["header.", "contact.", "ticket."];

    /// <summary>The conditions; none for an empty query. The first mistake ends the reading, its place counts characters from 1.</summary>
    public IReadOnlyList<RoutingCondition> Read(JsonValue when, string source)
    {
        List<RoutingCondition> conditions = [];
        string query = when.Text;
        if (query.Length > MaximumLength)
        {
            file.Refuse(when, $"a query has at most {MaximumLength} characters");
            return conditions;
        }

        for (int start = 0; start < query.Length;)
        {
            if (char.IsWhiteSpace(query[start]))
            {
                start++;
                continue;
            }

            int end = start;
            while (end < query.Length && !char.IsWhiteSpace(query[end]))
            {
                end++;
            }

            if (conditions.Count == MaximumClauses)
            {
                file.Refuse(when, $"a rule has at most {MaximumClauses} conditions");
                return conditions;
            }

            if (ReadClause(when, query[start..end], start + 1, source) is not { } condition)
            {
                return conditions;
            }

            conditions.Add(condition);
            start = end;
        }

        return conditions;
    }

    private RoutingCondition? ReadClause(JsonValue when, string clause, int at, string source)
    {
        bool negated = clause.StartsWith('-');
        string term = negated ? clause[1..] : clause;
        int place = negated ? at + 1 : at;
        int colon = term.IndexOf(':', StringComparison.Ordinal);
        if (term.Length == 0)
        {
            file.Refuse(when, $"nothing stands behind the \"-\" at {at}");
            return null;
        }

        if (term == "OR" || term[0] is '(' or ')' or '"' || colon < 0)
        {
            string what = term == "OR" ? "\"OR\"" : term[0] is '(' or ')' ? "a parenthesis" : term[0] == '"' ? "a phrase" : $"the word {ConfigurationFile.Quote(term)}";
            file.Refuse(when, $"{what} at {place} is not supported yet", OnlyFields);
            return null;
        }

        return ReadField(when, term[..colon].ToLowerInvariant(), place) is { } field
            && ReadValue(when, field, term[(colon + 1)..], place + colon + 1) is { } value
            ? new RoutingCondition(field, new AddressPattern(value, source), negated)
            : null;
    }

    private RoutingField? ReadField(JsonValue when, string name, int at)
    {
        switch (name)
        {
            case "in":
                return RoutingField.In;
            case "from":
                return RoutingField.From;
            case "to":
                return RoutingField.To;
        }

        if (Fields.Contains(name) || Families.Any(family => name.StartsWith(family, StringComparison.Ordinal) && name.Length > family.Length))
        {
            file.Refuse(when, $"field {ConfigurationFile.Quote(name)} at {at} is not supported yet", OnlyFields);
        }
        else
        {
            file.Refuse(when, $"unknown field {ConfigurationFile.Quote(name)} at {at}", Nearest.Hint(name, Fields));
        }

        return null;
    }

    private string? ReadValue(JsonValue when, RoutingField field, string value, int at)
    {
        string name = field.ToString().ToLowerInvariant();
        if (value.Length == 0)
        {
            file.Refuse(when, $"\"{name}:\" has no value at {at}", "write it without a space behind the colon");
            return null;
        }

        if (value[0] is '"' or '(' or '/' or '<' or '>' || value.IndexOfAny(['"', '(', ')']) >= 0)
        {
            file.Refuse(when, $"the value {ConfigurationFile.Quote(value)} at {at} is not supported yet", field == RoutingField.In ? "write the key of an inbox" : "write an address, @domain or a pattern with *");
            return null;
        }

        string lower = value.ToLowerInvariant();
        if (field == RoutingField.In)
        {
            return lower.Contains('*', StringComparison.Ordinal) || file.CheckReference(when, "inbox", lower, inboxes) ? lower : null;
        }

        if (PatternReader.IsPattern(lower))
        {
            return lower;
        }

        string? hint = lower.Contains('.', StringComparison.Ordinal) && AddressSyntax.IsDomain(lower) ? $"did you mean \"@{lower}\"?" : null;
        file.Refuse(when, $"{ConfigurationFile.Quote(value)} at {at} is no address, @domain or pattern with *", hint);
        return null;
    }
}
