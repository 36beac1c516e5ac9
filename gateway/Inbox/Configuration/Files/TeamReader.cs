namespace MailInbox.Inbox.Configuration.Files;

/// <summary>Reads team.json.</summary>
internal sealed class TeamReader(ConfigurationFile file)
{
    public TeamOptions Read(JsonValue root)
    {
        Section section = new(file, root, KnownKeys.Team);
        Dictionary<string, TeamGroup> teams = new(StringComparer.Ordinal);
        foreach (JsonMember entry in section.Entries("teams").Where(entry => file.CheckKey(entry.Name, "team")))
        {
            teams[entry.Key] = ReadTeam(entry);
        }

        return new TeamOptions(teams);
    }

    private TeamGroup ReadTeam(JsonMember entry)
    {
        Section section = new(file, entry.Value, KnownKeys.TeamGroup);
        IReadOnlyList<string> primary = PatternReader.Addresses(file, section.Texts("primary") ?? []);
        IReadOnlyList<JsonValue> others = section.Texts("also") ?? [];
        foreach (JsonValue both in others.Where(o => primary.Contains(o.Text.Trim().ToLowerInvariant())))
        {
            file.Refuse(both, $"{ConfigurationFile.Quote(both.Text)} is a primary member already");
        }

        return new TeamGroup(entry.Key, section.Text("name")?.Text.Trim() ?? entry.Key, primary, PatternReader.Addresses(file, others));
    }
}
