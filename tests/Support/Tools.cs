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

        string reason = $"{program} is not installed on this machine.";
        if (Environment.GetEnvironmentVariable("CI") == "true")
        {
            Assert.Fail(reason);
        }

        Assert.Ignore(reason);
        return "";
    }
}
