using MailInbox.Inbox.Configuration.Files;
using MailInbox.Inbox.Configuration.Servers;

namespace MailInbox.Inbox.Configuration;

/// <summary>Reads and checks the configuration folder as a whole.</summary>
public static class ConfigurationReader
{
    /// <summary>All files together; only inboxes.json must be there, a missing other one means its defaults.</summary>
    /// <exception cref="ConfigurationRefusal">Anything is wrong; it holds every problem of every file.</exception>
    public static GatewayOptions Read(string directory) => Read(directory, Environment.GetEnvironmentVariable);

    /// <summary>The same, with the place where <c>env:NAME</c> looks.</summary>
    internal static GatewayOptions Read(string directory, Func<string, string?> environment)
    {
        ConfigurationFolder folder = new(directory);
        folder.RefuseStrangers();

        // Names are defined by the first two files and used by the others.
        (ConfigurationFile file, JsonValue? root) = folder.Read("inboxes.json");
        InboxesOptions? inboxes = root is null ? null : new InboxesReader(file, new Secrets(directory, environment)).Read(root);
        IReadOnlyCollection<string>? inboxKeys = Keys(root, "inboxes");

        (file, root) = folder.Read("team.json");
        TeamOptions? team = root is null ? null : new TeamReader(file).Read(root);
        IReadOnlyCollection<string>? teamKeys = Keys(root, "teams");

        (file, root) = folder.Read("filters.json");
        FiltersOptions? filters = root is null ? null : new FiltersReader(file, inboxKeys).Read(root);

        (file, root) = folder.Read("routing.json");
        RoutingOptions? routing = root is null ? null : new RoutingReader(file, inboxKeys, teamKeys).Read(root);

        (file, root) = folder.Read("retention.json");
        RetentionOptions? retention = root is null ? null : new RetentionReader(file, inboxKeys).Read(root);

        folder.ThrowIfRefused();
        return new GatewayOptions(directory, inboxes!, filters!, routing!, team!, retention!);
    }

    /// <summary>The names an object defines; null when it cannot be known, so that one mistake does not draw others.</summary>
    private static string[]? Keys(JsonValue? root, string key)
    {
        if (root is not { Kind: JsonKind.Object })
        {
            return null;
        }

        JsonValue? names = root.Members.Find(m => m.Key == key)?.Value;
        return names is null ? [] : names.Kind == JsonKind.Object ? [.. names.Members.Select(m => m.Key)] : null;
    }
}
