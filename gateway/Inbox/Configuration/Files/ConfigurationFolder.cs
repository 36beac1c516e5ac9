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

        foreach (string stranger in OtherFiles())
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
        string path = Path.Combine(directory, name);
        try
        {
            using FileStream stream = File.OpenRead(path);
            if (stream.Length > JsonText.MaximumBytes)
            {
                file.Refuse(1, 1, $"the file is longer than {JsonText.MaximumBytes >> 20} MB");
                return (file, null);
            }

            byte[] bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            return (file, JsonText.Read(file, bytes));
        }
        catch (Exception fault) when (fault is FileNotFoundException or DirectoryNotFoundException)
        {
            // A link that leads nowhere was meant to lead somewhere.
            if (name != "inboxes.json" && new FileInfo(path).LinkTarget is null)
            {
                return (file, new JsonValue(JsonKind.Object, 1, 1));
            }

            file.Refuse(1, 1, "the file is missing");
            return (file, null);
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

    private string[] OtherFiles()
    {
        try
        {
            return [.. Directory.EnumerateFiles(directory, "*.json").Select(Path.GetFileName).OfType<string>().Except(Files).Except(NotYet)];
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // The files inside may be readable all the same; each says for itself when it is not.
            return [];
        }
    }

    private ConfigurationFile Open(string name) => new(_name, name, _problems);
}
