namespace MailInbox.Host;

/// <summary>
/// Finds the folder with appsettings.json and config/: the current one or one above it (a checkout), else the executable's own.
/// </summary>
internal static class Places
{
    /// <summary>The folder that relative paths of appsettings.json are meant from.</summary>
    public static string Home { get; } = Find(Directory.GetCurrentDirectory()) ?? AppContext.BaseDirectory;

    /// <summary>A path of appsettings.json; of an installed program, data stays out of the program's folder.</summary>
    public static string Data(string path) =>
        Path.GetFullPath(path, Home == AppContext.BaseDirectory ? Directory.GetCurrentDirectory() : Home);

    public static string Config(string path) => Path.GetFullPath(path, Home);

    private static string? Find(string? folder)
    {
        while (folder is not null)
        {
            if (File.Exists(Path.Combine(folder, "appsettings.json")) && File.Exists(Path.Combine(folder, "config", "inboxes.json")))
            {
                return folder;
            }

            folder = Path.GetDirectoryName(folder);
        }

        return null;
    }
}
