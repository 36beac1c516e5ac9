namespace MailInbox.Inbox.Configuration.Files;

/// <summary>Reads routing.json.</summary>
internal sealed class RoutingReader(ConfigurationFile file, IReadOnlyCollection<string>? inboxes, IReadOnlyCollection<string>? teams)
{
    public static readonly TimeSpan DefaultEvery = TimeSpan.FromSeconds(30);

    private const int MaximumRules = 500;
    private static readonly string[] OtherMethods = ["random", "least busy", "contact owner"];

    public RoutingOptions Read(JsonValue root)
    {
        Section section = new(file, root, KnownKeys.Routing);
        if (section.Find("assignmentTimeout") is { Kind: not JsonKind.Null } timeout)
        {
            file.Refuse(timeout, "\"assignmentTimeout\" is not supported yet", "write null or leave the key out");
        }

        IReadOnlyList<JsonValue> rules = section.List("rules");
        if (rules.Count > MaximumRules)
        {
            file.Refuse(section.Place("rules"), $"there are more than {MaximumRules} rules");
        }

        return new RoutingOptions(
            [.. rules.Take(MaximumRules).Select((rule, index) => ReadRule(rule, $"{file.Name}, rule {index + 1}"))],
            section.Flag("assignOnReply", true),
            section.Time("every", "5s", "1d", DefaultEvery));
    }

    private RoutingRule ReadRule(JsonValue value, string source)
    {
        Section section = new(file, value, KnownKeys.Rule);
        string name = Needed(section, "name")?.Text.Trim() ?? "";
        JsonValue? inbox = section.Text("in");
        if (inbox is not null)
        {
            file.CheckReference(inbox, "inbox", inbox.Text, inboxes);
        }

        (string? team, IReadOnlyList<string> agents) = ReadAssign(section);
        return new RoutingRule(name, source, inbox?.Text, ReadWhen(section, source), team, agents);
    }

    private IReadOnlyList<RoutingCondition> ReadWhen(Section section, string source)
    {
        // An empty "when" holds for everything, so a missing one is asked for: nobody means that by accident.
        JsonValue? when = section.Find("when");
        if (when is { Kind: JsonKind.Text })
        {
            return new RuleConditions(file, inboxes).Read(when, source);
        }

        if (when is not null)
        {
            file.Refuse(when, $"\"when\" must be a text, not {when.Words}");
        }
        else if (section.Value.Kind == JsonKind.Object)
        {
            file.Refuse(section.Value, "a rule needs \"when\"", "write \"\" for everything");
        }

        return [];
    }

    private (string? Team, IReadOnlyList<string> Agents) ReadAssign(Section rule)
    {
        if (rule.Inner("assign", KnownKeys.Assign) is not { } assign)
        {
            if (rule.Find("assign") is null && rule.Value.Kind == JsonKind.Object)
            {
                file.Refuse(rule.Value, "a rule needs \"assign\"");
            }

            return (null, []);
        }

        CheckMethod(assign);
        JsonValue? team = assign.Text("team");
        IReadOnlyList<JsonValue>? agents = assign.Texts("agents");
        if (assign.Find("team") is not null && assign.Find("agents") is not null)
        {
            file.Refuse(assign.Place("agents"), "\"team\" and \"agents\" together are not supported yet");
        }
        else if ((assign.Find("team") is null && assign.Find("agents") is null) || agents is [])
        {
            file.Refuse(agents is null ? assign.Value : assign.Place("agents"), "\"assign\" needs a team or agents");
        }

        if (team is not null)
        {
            file.CheckReference(team, "team", team.Text, teams);
        }

        return (team?.Text, PatternReader.Addresses(file, agents ?? []));
    }

    private void CheckMethod(Section assign)
    {
        if (assign.Text("method") is not { } method || method.Text == "round robin")
        {
            return;
        }

        if (OtherMethods.Contains(method.Text))
        {
            file.Refuse(method, $"method \"{method.Text}\" is not supported yet", "write \"round robin\"");
        }
        else
        {
            file.RefuseUnknown(method, "method", method.Text, OtherMethods.Prepend("round robin"));
        }
    }

    private JsonValue? Needed(Section section, string key)
    {
        if (section.Find(key) is null && section.Value.Kind == JsonKind.Object)
        {
            file.Refuse(section.Value, $"a rule needs \"{key}\"");
        }

        return section.Text(key);
    }
}
