namespace MailInbox.Tests.Support;

/// <summary>Programs of the machine that some tests need.</summary>
internal static class Tools
{
    /// <summary>The program's path. Without it the test is ignored, and fails where <c>CI</c> is <c>true</c>.</summary>
    public static string Require(string program)
    {
        string? found = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Append("/usr/sbin")
            .Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);
        if (found is not null)
        {
            return found;
        }

        Missing($"{program} is not installed on this machine.");
        return "";
    }

    /// <summary>What the tests run as must be root, else the test is ignored, and fails where <c>CI</c> is <c>true</c>.</summary>
    public static void RequireRoot(string program)
    {
        if (!Environment.IsPrivilegedProcess)
        {
            Missing($"{program} takes root to run.");
        }
    }

    /// <summary>Says who may read a file or enter a folder.</summary>
    public static void Allow(string path, UnixFileMode mode)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, mode);
        }
    }

    private static void Missing(string reason)
    {
        if (Environment.GetEnvironmentVariable("CI") == "true")
        {
            Assert.Fail(reason);
        }

        Assert.Ignore(reason);
    }
}
