using System.Diagnostics;

namespace MailInbox.Tests.Support;

/// <summary>Waits for what another thread or process will do. The limit only ends a test that has failed.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    public static async Task Holds(Func<bool> condition, string what)
    {
        long began = Stopwatch.GetTimestamp();
        while (!condition())
        {
            Assert.That(Stopwatch.GetElapsedTime(began), Is.LessThan(Limit), $"waited in vain: {what}");
            await Task.Delay(15);
        }
    }
}
