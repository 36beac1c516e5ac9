using System.Globalization;
using MailInbox.Inbox.Storage;
using MailInbox.Tests.Support;

namespace MailInbox.Tests.Storage;

public sealed class CourtesyTests
{
    /// <summary>Of /proc/PID/task/TID/stat, counted behind the name in parentheses (proc(5)).</summary>
    private const int NiceField = 16;

    [Test]
    public async Task Filing_steps_back_behind_accepting()
    {
        if (!OperatingSystem.IsLinux())
        {
            Assert.Ignore("Threads are looked at in /proc.");
        }

        await using TestGateway gateway = await TestGateway.Start();
        Dictionary<string, int> writers = [];
        foreach (string thread in Directory.GetDirectories("/proc/self/task"))
        {
            // A thread of the pool may end between the listing and the reading.
            if (Read(Path.Combine(thread, "stat")) is not { } stat)
            {
                continue;
            }

            string name = stat[(stat.IndexOf('(', StringComparison.Ordinal) + 1)..stat.LastIndexOf(')')];
            if (name.StartsWith("writer of", StringComparison.Ordinal))
            {
                writers[name] = int.Parse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[NiceField], CultureInfo.InvariantCulture);
            }
        }

        Assert.That(writers, Is.EqualTo(new Dictionary<string, int> { ["writer of inbox"] = Courtesy.Nice, ["writer of mail"] = 0 }));
    }

    private static string? Read(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (IOException)
        {
            return null;
        }
    }
}
