using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using MailInbox.Tests.Support;

namespace MailInbox.Benchmarks;

/// <summary>The whole chain of a running gateway: mails a second from the first byte of the first until the last is filed.</summary>
internal static class FilingRate
{
    private const int Sessions = 20;
    private const int MailSize = 4096;

    /// <summary>Times a second of CPU is counted in by the kernel (USER_HZ).</summary>
    private const double Ticks = 100;

    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);

    public static async Task<int> Run(string[] args)
    {
        int[] numbers = [.. args.Select(a => int.Parse(a, CultureInfo.InvariantCulture))];
        (int smtp, int web, int process) = (numbers[0], numbers[1], numbers[2]);
        int mails = numbers.Length > 3 ? numbers[3] : 50_000;
        double cpu = Cpu(process);
        long began = Stopwatch.GetTimestamp();
        await Send(smtp, mails);
        TimeSpan accepted = Stopwatch.GetElapsedTime(began);
        await Filed(web);
        TimeSpan filed = Stopwatch.GetElapsedTime(began);
        cpu = (Cpu(process) - cpu) / mails * 1000;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{mails} mails of {MailSize} bytes, {Sessions} sessions: {mails / accepted.TotalSeconds:F0} accepted/s, {mails / filed.TotalSeconds:F0} filed/s ({filed.TotalSeconds:F1} s), {cpu:F2} ms CPU a mail, peak memory {Peak(process)} MB"));
        return 0;
    }

    private static async Task Send(int port, int mails)
    {
        int next = -1;
        await Task.WhenAll(Enumerable.Range(0, Sessions).Select(_ => Task.Run(async () =>
        {
            SmtpWire wire = await SmtpWire.Connect(port);
            int number;
            while ((number = Interlocked.Increment(ref next)) < mails)
            {
                LoadMail mail = LoadMail.Make("bench", number, MailSize);
                string reply = await wire.Send(mail.Bytes, mail.From);
                if (reply.StartsWith("421", StringComparison.Ordinal))
                {
                    wire.Dispose();
                    wire = await SmtpWire.Connect(port);
                    reply = await wire.Send(mail.Bytes, mail.From);
                }

                if (SmtpWire.KeptAs(reply) == 0)
                {
                    throw new IOException($"Mail {number}: {reply}");
                }
            }

            wire.Dispose();
        })));
    }

    private static async Task Filed(int port)
    {
        using HttpClient client = new();
        Uri health = new($"http://127.0.0.1:{port}/health");
        while (true)
        {
            using JsonDocument answer = JsonDocument.Parse(await client.GetStringAsync(health));
            if (answer.RootElement.GetProperty("waiting").GetInt64() == 0)
            {
                return;
            }

            await Task.Delay(Look);
        }
    }

    /// <summary>Seconds of user and system time of a process.</summary>
    private static double Cpu(int process)
    {
        string stat = File.ReadAllText($"/proc/{process}/stat");
        string[] fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        return (long.Parse(fields[11], CultureInfo.InvariantCulture) + long.Parse(fields[12], CultureInfo.InvariantCulture)) / Ticks;
    }

    private static long Peak(int process)
    {
        string line = File.ReadLines($"/proc/{process}/status").First(l => l.StartsWith("VmHWM:", StringComparison.Ordinal));
        return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2], CultureInfo.InvariantCulture) >> 10;
    }
}
