using System.Diagnostics;
using System.Globalization;
using MailInbox.Inbox.RawMail;
using MailInbox.Inbox.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace MailInbox.Benchmarks;

/// <summary>Durable commits a second: mails of 4 KB through the one writer, and the same bytes appended to a file and flushed.</summary>
internal static class CommitRate
{
    private const int MailSize = 4096;
    private const int Rounds = 3;

    /// <summary>Rounds take turns, so that a change of the machine's speed hits all alike.</summary>
    public static async Task<int> Run(string[] args)
    {
        TimeSpan time = TimeSpan.FromSeconds(args is [var seconds, ..] ? double.Parse(seconds, CultureInfo.InvariantCulture) : 2);
        string folder = Directory.CreateTempSubdirectory("mailinbox-commits-").FullName;
        try
        {
            using Database mail = Database.Open(Path.Combine(folder, "mail.db"), new SqliteDialect(), new ChangeLog(TimeProvider.System), TimeProvider.System, NullLogger.Instance);
            RawMailStore store = new(mail);
            (string Name, Func<Task<double>> Measure)[] shapes =
            [
                ("append 4 KB + fdatasync", () => Task.FromResult(Append(folder, time))),
                ("1 writer", () => Commit(store, 1, time)),
                ("10 writers", () => Commit(store, 10, time)),
                ("50 writers", () => Commit(store, 50, time)),
            ];
            double[][] rates = [.. shapes.Select(_ => new double[Rounds])];
            for (int round = 0; round < Rounds; round++)
            {
                for (int i = 0; i < shapes.Length; i++)
                {
                    rates[i][round] = await shapes[i].Measure();
                }
            }

            Print([.. shapes.Select(s => s.Name)], rates);
            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static double Append(string folder, TimeSpan time)
    {
        byte[] bytes = new byte[MailSize];
        using FileStream file = new(Path.Combine(folder, "append"), FileMode.Append, FileAccess.Write, FileShare.None, bufferSize: 0);
        long began = Stopwatch.GetTimestamp();
        int count = 0;
        while (Stopwatch.GetElapsedTime(began) < time)
        {
            file.Write(bytes);
            RandomAccess.FlushToDisk(file.SafeFileHandle);
            count++;
        }

        return count / Stopwatch.GetElapsedTime(began).TotalSeconds;
    }

    private static async Task<double> Commit(RawMailStore store, int writers, TimeSpan time)
    {
        long began = Stopwatch.GetTimestamp();
        int[] counts = await Task.WhenAll(Enumerable.Range(0, writers).Select(_ => Task.Run(async () =>
        {
            int count = 0;
            while (Stopwatch.GetElapsedTime(began) < time)
            {
                await store.Finish(Row(store.NextId()), 0, [new byte[MailSize]]);
                count++;
            }

            return count;
        })));
        return counts.Sum() / Stopwatch.GetElapsedTime(began).TotalSeconds;
    }

    private static RawMessage Row(long id) => new()
    {
        Id = id,
        EnvelopeFrom = "jonas@berg.example",
        Recipients = """[{"Address":"support@example.com","Inbox":"support"}]""",
        Client = "127.0.0.1",
        Helo = "client.example",
        ReceivedAt = TimeProvider.System.GetUtcNow(),
        Size = MailSize,
        Sha256 = new string('0', 64),
    };

    private static void Print(IReadOnlyList<string> names, double[][] rates)
    {
        double floor = Median(rates[0]);
        Console.WriteLine($"{"",-26}{"commits/s",10}  {"(least..most)",-18}{"x append",9}");
        for (int i = 0; i < names.Count; i++)
        {
            string range = string.Create(CultureInfo.InvariantCulture, $"({rates[i].Min():F0}..{rates[i].Max():F0})");
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{names[i],-26}{Median(rates[i]),10:F0}  {range,-18}{Median(rates[i]) / floor,9:F2}"));
        }
    }

    private static double Median(double[] values) => values.Order().ElementAt(values.Length / 2);
}
