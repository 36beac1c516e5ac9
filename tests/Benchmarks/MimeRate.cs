using System.Diagnostics;
using System.Globalization;
using MailInbox.Mail.Mime;

namespace MailInbox.Benchmarks;

/// <summary>Megabytes of mail a second on one thread, everything read: structure, people, dates and ids, texts as strings, other parts as bytes.</summary>
internal static class MimeRate
{
    /// <summary>Compiled code is made faster while it runs, in the background: so much is read before anything counts.</summary>
    private const int WarmPasses = 6;

    /// <summary>Reads a file of mails, each behind eight digits of its length and a line feed, so many times.</summary>
    public static int Run(string[] args)
    {
        byte[] packed = File.ReadAllBytes(args[0]);
        int passes = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 3;
        List<ReadOnlyMemory<byte>> mails = Unpack(packed);
        for (int pass = 0; pass < WarmPasses; pass++)
        {
            Tally unseen = default;
            mails.ForEach(mail => Read(mail, ref unseen));
        }

        for (int pass = 0; pass < passes; pass++)
        {
            Measure(mails);
        }

        return 0;
    }

    private struct Tally
    {
        public long Text;
        public long Bytes;
        public int Parts;
        public int People;
    }

    private static void Measure(List<ReadOnlyMemory<byte>> mails)
    {
        Tally tally = default;
        long size = mails.Sum(m => (long)m.Length);
        GC.Collect();
        long allocated = GC.GetAllocatedBytesForCurrentThread();
        TimeSpan cpu = Environment.CpuUsage.TotalTime;
        long began = Stopwatch.GetTimestamp();
        foreach (ReadOnlyMemory<byte> mail in mails)
        {
            Read(mail, ref tally);
        }

        double seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        double perByte = (double)(GC.GetAllocatedBytesForCurrentThread() - allocated) / size;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"mailinbox full msgs={mails.Count} MB={size / 1e6:F1} wall={seconds:F3} MB/s={size / 1e6 / seconds:F1} cpu={(Environment.CpuUsage.TotalTime - cpu).TotalSeconds:F3} msg/s={mails.Count / seconds:F0} parts={tally.Parts} text={tally.Text} att={tally.Bytes} people={tally.People} allocated/byte={perByte:F2} peakMB={Process.GetCurrentProcess().PeakWorkingSet64 >> 20}"));
    }

    private static void Read(ReadOnlyMemory<byte> raw, ref Tally tally)
    {
        MimeMessage message = MimeParser.Parse(raw);
        tally.People += message.From.Count + message.To.Count + message.Cc.Count;
        tally.Parts += message.Subject.Length == 1 || message.Date is null || message.MessageId.Length == 0 || message.References.Count > 1000 ? 1 : 0;
        Read(message, ref tally);
    }

    private static void Read(MimeMessage message, ref Tally tally)
    {
        foreach (MimePart part in message.AllParts())
        {
            if (part.Message is not null)
            {
                Read(part.Message, ref tally);
            }
            else if (part.Parts.Count == 0)
            {
                tally.Parts++;
                if (part.Type.Kind == "text" && part.Disposition != "attachment")
                {
                    tally.Text += part.Text(int.MaxValue).Length;
                }
                else
                {
                    tally.Bytes += part.Decode().Length;
                }
            }
        }
    }

    private static List<ReadOnlyMemory<byte>> Unpack(byte[] packed)
    {
        List<ReadOnlyMemory<byte>> mails = [];
        for (int at = 0; at < packed.Length;)
        {
            int length = int.Parse(packed.AsSpan(at, 8), NumberStyles.None, CultureInfo.InvariantCulture);
            mails.Add(packed.AsMemory(at + 9, length));
            at += 9 + length;
        }

        return mails;
    }
}
