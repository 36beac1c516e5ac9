namespace MailInbox.Tests.Support;

/// <summary>The checkout that the tests run in.</summary>
internal static class Repository
{
    private static readonly string[] Foreign = ["bin", "obj", "node_modules", "dist", ".git", "data", "TestResults"];

    public static string Root { get; } = Find();

    public static string Relative(string file) => Path.GetRelativePath(Root, file);

    /// <summary>Neither built nor fetched.</summary>
    public static bool IsOurs(string path) => !Relative(path).Split(Path.DirectorySeparatorChar).Any(part => Foreign.Contains(part));

    private static string Find()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "MailInbox.sln")))
        {
            folder = Path.GetDirectoryName(folder);
        }

        return folder ?? throw new DirectoryNotFoundException("The tests run inside a checkout.");
    }
}
