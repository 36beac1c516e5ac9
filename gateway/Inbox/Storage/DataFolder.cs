using System.Globalization;

namespace MailInbox.Inbox.Storage;

/// <summary>
/// The folder with all that the gateway keeps. It belongs to one process: SQLite before 3.51.3 can lose pages when one
/// connection writes while another one checkpoints, and only one writer rules that out.
/// </summary>
public sealed class DataFolder : IDisposable
{
    private readonly FileStream _lock;

    private DataFolder(string path, FileStream holder)
    {
        Path = path;
        _lock = holder;
    }

    public string Path { get; }

    public string MailFile => MailFileOf(Path);

    public string InboxFile => InboxFileOf(Path);

    public static string MailFileOf(string folder) => System.IO.Path.Combine(folder, "mail.db");

    public static string InboxFileOf(string folder) => System.IO.Path.Combine(folder, "inbox.db");

    /// <summary>Creates the folder when it is missing and takes it. Throws <see cref="DataFolderTaken"/> when another process has it.</summary>
    public static DataFolder Take(string path)
    {
        string full = System.IO.Path.GetFullPath(path);
        if (!Directory.Exists(full))
        {
            CreatePrivate(full);
        }

        try
        {
            FileStream holder = new(System.IO.Path.Combine(full, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            File.WriteAllText(OwnerFile(full), Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
            return new DataFolder(full, holder);
        }
        catch (IOException) when (Directory.Exists(full))
        {
            throw new DataFolderTaken(full, Owner(full));
        }
    }

    /// <summary>Whether a gateway has the folder just now.</summary>
    public static bool Taken(string path)
    {
        try
        {
            using FileStream probe = new(System.IO.Path.Combine(path, "lock"), FileMode.Open, FileAccess.ReadWrite, FileShare.None);
            return false;
        }
        catch (FileNotFoundException)
        {
            return false;
        }
        catch (IOException)
        {
            return true;
        }
    }

    // The lock itself keeps its file from being read, so the number stands beside it.
    private static string OwnerFile(string path) => System.IO.Path.Combine(path, "lock.pid");

    private static string Owner(string path) => File.Exists(OwnerFile(path)) ? File.ReadAllText(OwnerFile(path)) : "";

    public void Dispose() => _lock.Dispose();

    private static void CreatePrivate(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            // Mail is nobody else's business on the machine.
            Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }
}

/// <summary>The data folder belongs to another process.</summary>
public sealed class DataFolderTaken(string path, string owner)
    : Exception($"The data folder {path} belongs to a running gateway{(owner.Length > 0 ? $" (process {owner})" : "")}. Stop that one, or choose another folder with --data.");
