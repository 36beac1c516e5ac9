namespace MailInbox.Tests.Support;

/// <summary>The corpus of real mail, which stands beside the project and never in it.</summary>
internal static class Corpus
{
    /// <summary>The folder given by <c>MAILINBOX_CORPUS</c>, else <c>shared/corpus</c> beside a folder above the tests; null when there is none.</summary>
    public static string? Folder { get; } = Find();

    /// <summary>The folder; without one the test is ignored, and fails where <c>CI</c> is <c>true</c>.</summary>
    public static string Require(string below = "")
    {
        string? folder = Folder == null ? null : Path.Combine(Folder, below);
        if (folder != null && Directory.Exists(folder))
            return folder;
        string reason = $"The mail corpus is not here ({folder ?? "set MAILINBOX_CORPUS or put it into ../shared/corpus"}).";
        if (Environment.GetEnvironmentVariable("CI") == "true")
            Assert.Fail(reason);
        Assert.Ignore(reason);
        return "";
    }

    /// <summary>Files below a folder of the corpus in a fixed order.</summary>
    public static IReadOnlyList<string> Files(string below, string pattern) =>
        [.. Directory.EnumerateFiles(Require(below), pattern, SearchOption.AllDirectories).Order(StringComparer.Ordinal)];

    private static string? Find()
    {
        string? given = Environment.GetEnvironmentVariable("MAILINBOX_CORPUS");
        if (!string.IsNullOrEmpty(given))
            return given;
        for (var folder = new DirectoryInfo(TestContext.CurrentContext.TestDirectory); folder != null; folder = folder.Parent)
        {
            string beside = Path.Combine(folder.FullName, "shared", "corpus");
            if (Directory.Exists(beside))
                return beside;
        }
        return null;
    }
}
