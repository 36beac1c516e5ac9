namespace MailInbox.Tests.Support;

/// <summary>What a test measured, for people: on the console, and in the file named by <c>MAILINBOX_FIGURES</c> for scripts.</summary>
internal static class Figures
{
    public static void Say(string line)
    {
        TestContext.Progress.WriteLine(line);
        if (Environment.GetEnvironmentVariable("MAILINBOX_FIGURES") is { Length: > 0 } file)
        {
            File.AppendAllText(file, line + "\n");
        }
    }
}
