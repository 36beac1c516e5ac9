namespace MailInbox.Tests.Support;

/// <summary>The files of config/ for a test.</summary>
internal sealed record TestConfiguration
{
    /// <summary>Port of a smart host on this machine; null sends nowhere.</summary>
    public int? SmartHost { get; init; }

    public string Inboxes { get; init; } = "";

    public string Filters { get; init; } = "{}";

    public string Routing { get; init; } = "{}";

    public string Team { get; init; } = "{}";

    public string Retention { get; init; } = "{}";

    /// <summary>Writes them below a folder; returns where.</summary>
    public string Write(string folder)
    {
        string config = Path.Combine(folder, "config");
        Directory.CreateDirectory(config);
        File.WriteAllText(Path.Combine(config, "inboxes.json"), Inboxes.Length > 0 ? Inboxes : SampleInboxes());
        File.WriteAllText(Path.Combine(config, "filters.json"), Filters);
        File.WriteAllText(Path.Combine(config, "routing.json"), Routing);
        File.WriteAllText(Path.Combine(config, "team.json"), Team);
        File.WriteAllText(Path.Combine(config, "retention.json"), Retention);
        return config;
    }

    private string SampleInboxes() =>
        $$"""
        {
          "inboxes": {
            "support": { "name": "Support", "addresses": ["support@example.com", "help@example.com"]{{(SmartHost is null ? "" : ", \"sendThrough\": \"main\"")}} },
            "sales": { "name": "Sales", "addresses": ["sales@example.com"] }
          }{{(SmartHost is null ? "" : $$""", "submission": { "main": { "host": "127.0.0.1", "port": {{SmartHost}}, "security": "none" } }""")}}
        }
        """;
}
