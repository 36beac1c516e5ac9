using System.Diagnostics;
using System.Globalization;
using MailInbox.Mail.Mime;
using MailInbox.Tests.Mime;

namespace MailInbox.Benchmarks;

/// <summary>
/// Hostile mails of 5 and 10 MB, each read in a process of its own from a file: parsed, every header, every body decoded, and what a
/// person is shown of it. Fails when one takes too long, grows faster than its size, or needs too much memory.
/// </summary>
internal static class Bombs
{
    private const int Size = 10_000_000;
    private const int Runs = 3;
    private const int Rounds = 3;
    private const double MostSeconds = 1;
    private const double MostGrowth = 2.3;
    private const double MostMemory = 6;

    /// <summary>Below this the growth says more of the machine than of the parser.</summary>
    private const double Noise = 0.02;

    /// <summary>Measures all bombs, or those whose name holds a word.</summary>
    public static int Run(string[] args)
    {
        if (args is ["one", var path, var small])
            return One(path, small);
        string folder = Directory.CreateTempSubdirectory("mailinbox-bombs-").FullName;
        try
        {
            Console.WriteLine($"{"",-40}{"bytes",10}{"ms",8}{"growth",8}{"memory",8}");
            int broken = 0;
            foreach (MimeBomb bomb in MimeBomb.All.Where(b => args.Length == 0 || args.Any(b.Name.Contains)))
                broken += Report(bomb, folder) ? 0 : 1;
            Console.WriteLine(broken == 0 ? "all within the bars" : $"{broken} beyond the bars");
            return broken == 0 ? 0 : 1;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static bool Report(MimeBomb bomb, string folder)
    {
        string half = Write(bomb, folder, Size / 2), whole = Write(bomb, folder, Size), small = Write(bomb, folder, Size / 20);
        double halfTime = double.PositiveInfinity, time = double.PositiveInfinity, growth = 0, share = 0;
        long length = new FileInfo(whole).Length;
        bool good = false;
        // Another process may have been in the way: what stays beyond a bar is.
        for (int round = 0; round < Rounds && !good; round++)
        {
            halfTime = Math.Min(halfTime, Child(half, small).Seconds);
            (double seconds, long memory) = Child(whole, small);
            time = Math.Min(time, seconds);
            growth = halfTime < Noise ? 0 : time / halfTime;
            share = (double)memory / length;
            good = time <= MostSeconds && growth <= MostGrowth && share <= MostMemory;
        }

        string grown = growth == 0 ? "-" : growth.ToString("F2", CultureInfo.InvariantCulture);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{bomb.Name,-40}{length,10}{time * 1000,8:F0}{grown,8}{share,7:F1}x{(good ? "" : "  beyond a bar")}"));
        return good;
    }

    private static string Write(MimeBomb bomb, string folder, int size)
    {
        string path = Path.Combine(folder, size.ToString(CultureInfo.InvariantCulture));
        using FileStream file = File.Create(path);
        bomb.WriteTo(file, size);
        return path;
    }

    private static (double Seconds, long Memory) Child(string path, string small)
    {
        ProcessStartInfo start = new(Environment.ProcessPath!, ["bombs", "one", path, small]) { RedirectStandardOutput = true };
        // Else the collector works beside the reading, and memory says how far behind it is.
        start.Environment["DOTNET_gcConcurrent"] = "0";
        using Process child = Process.Start(start)!;
        string[] words = child.StandardOutput.ReadToEnd().Split(' ', StringSplitOptions.TrimEntries);
        child.WaitForExit();
        return words.Length == 2 ? (double.Parse(words[0], CultureInfo.InvariantCulture), long.Parse(words[1], CultureInfo.InvariantCulture)) : (double.PositiveInfinity, long.MaxValue);
    }

    /// <summary>Prints the seconds of the best run and the bytes of memory that the first one added at its peak.</summary>
    private static int One(string path, string small)
    {
        for (int i = 0; i < 2 * Runs; i++)
            Read(small);
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        // The kernel begins a new high-water mark.
        File.WriteAllText("/proc/self/clear_refs", "5");
        long before = Memory("VmRSS:");
        double best = Read(path);
        long memory = Memory("VmHWM:") - before;
        for (int i = 1; i < Runs; i++)
            best = Math.Min(best, Read(path));
        Console.Write(string.Create(CultureInfo.InvariantCulture, $"{best} {memory}"));
        return 0;
    }

    private static double Read(string path)
    {
        using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1);
        long began = Stopwatch.GetTimestamp();
        MimeMessage message = MimeParser.Parse(file);
        long seen = FullReading.Of(message) + FullReading.Shown(message) + FullReading.Machine(message);
        double time = Stopwatch.GetElapsedTime(began).TotalSeconds;
        return seen < 0 ? 0 : time;
    }

    private static long Memory(string name)
    {
        string line = File.ReadLines("/proc/self/status").First(l => l.StartsWith(name, StringComparison.Ordinal));
        return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2], CultureInfo.InvariantCulture) << 10;
    }
}
