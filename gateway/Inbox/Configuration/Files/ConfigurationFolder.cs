namespace MailInbox.Inbox.Configuration.Files;

/// <summary>The folder while it is read: opens the files and collects their problems.</summary>
internal sealed class ConfigurationFolder(string directory)
{
    private static readonly string[] Files = ["inboxes.json", "filters.json", "routing.json", "team.json", "retention.json"];
    private static readonly string[] NotYet = ["views.json", "snippets"];

    private readonly List<ConfigurationProblem> _problems = [];
    private readonly string _name = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(directory)));

    /// <summary>What this version would otherwise pass over in silence: documented files it does not know yet, and misspelt ones.</summary>
    public void RefuseStrangers()
    {
        if (!Directory.Exists(directory))
        {
            return;
        }

        foreach (string name in NotYet.Where(name => Path.Exists(Path.Combine(directory, name))))
        {
            Open(name).Refuse(1, 1, $"{name} is not supported yet");
        }

        IEnumerable<string?> strangers = Directory.EnumerateFiles(directory, "*.json").Select(Path.GetFileName).Except(Files).Except(NotYet);
        foreach (string stranger in strangers.OfType<string>())
        {
            if (Nearest.Hint(Path.GetFileNameWithoutExtension(stranger), Files.Select(Path.GetFileNameWithoutExtension).OfType<string>()) is { } hint)
            {
                Open(stranger).Refuse(1, 1, "unknown file", hint.Replace("\"?", ".json\"?", StringComparison.Ordinal));
            }
        }
    }

    /// <summary>The value of a file: an empty object for an optional file that is missing, null for one that cannot be read.</summary>
    public (ConfigurationFile File, JsonValue? Root) Read(string name)
    {
        ConfigurationFile file = Open(name);
        try
        {
            FileInfo info = new(Path.Combine(directory, name));
            if (!info.Exists && name != "inboxes.json" && !Directory.Exists(info.FullName))
            {
                return (file, new JsonValue(JsonKind.Object, 1, 1));
            }

            if (!info.Exists || info.Length > JsonText.MaximumBytes)
            {
                file.Refuse(1, 1, info.Exists ? $"the file is longer than {JsonText.MaximumBytes >> 20} MB" : "the file is missing");
                return (file, null);
            }

            return (file, JsonText.Read(file, File.ReadAllBytes(info.FullName)));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            file.Refuse(1, 1, "the file cannot be read");
            return (file, null);
        }
    }

    /// <exception cref="ConfigurationRefusal">There is any problem.</exception>
    public void ThrowIfRefused()
    {
        if (_problems.Count > 0)
        {
            throw new ConfigurationRefusal([.. _problems
                .OrderBy(p => p.File, StringComparer.Ordinal)
                .ThenBy(p => p.Line)
                .ThenBy(p => p.Column)]);
        }
    }

    private ConfigurationFile Open(string name) => new(_name, name, _problems);
}
