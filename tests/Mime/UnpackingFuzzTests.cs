using System.Diagnostics;
using System.Text;
using MailInbox.Mail.Mime;

namespace MailInbox.Tests.Mime;

/// <summary>Hostile containers: nothing throws, nothing grows out of measure, every file stays within its limits.</summary>
public sealed class UnpackingFuzzTests
{
    private const int Megabyte = 1_000_000;

    private static byte[] Stream { get; } = new TnefWriter()
        .Attribute(TnefWriter.OemCodePage, [.. TnefWriter.Four(1252), .. TnefWriter.Four(0)])
        .Attribute(TnefWriter.Body, "text\0"u8.ToArray())
        .Properties(TnefWriter.Text16(0x1000, "plain"), TnefWriter.Binary(0x1009, TnefWriter.Rtf(@"{\rtf1\ansi\fromhtml1{\fonttbl{\f0\fcharset204 A;}}{\*\htmltag <p>}\htmlrtf x\htmlrtf0 \u8364?\'e9\f0\'c4{\*\htmltag </p>}}")), [.. TnefWriter.Tag(3, 0x1003), .. TnefWriter.Four(2), .. new byte[8]])
        .File("a.txt", "aaaa"u8.ToArray(), TnefWriter.Text16(0x3707, "long name.txt"), TnefWriter.Binary(0x3701, "data"u8.ToArray()))
        .File("", [], TnefWriter.Message(new TnefWriter().File("in.txt", "inner"u8.ToArray()).Properties(TnefWriter.Binary(0x1013, "<p>x"u8.ToArray())).Bytes), TnefWriter.Long(0x3705, 5))
        .Bytes;

    private static readonly byte[] Texts = Encoding.Latin1.GetBytes("hello\nbegin 644 a.txt\n%:&5L;&\\ \n`\nend\nmore\nbegin-base64 644 b\naGVsbG8=\n====\n=ybegin line=128 size=5 name=x\n\u0092\u008F\u0096\u0096\u0099\n=yend size=5 crc32=3610a686\nbye\n");

    [Test]
    public void Mutated_containers_never_throw()
    {
        var random = new Random(20251104);
        byte[] tnef = [.. "Subject: x\nContent-Type: application/ms-tnef\n\n"u8, .. Stream];
        byte[] text = [.. "Subject: x\n\n"u8, .. Texts];
        for (int i = 0; i < 20_000; i++)
        {
            var message = MimeParser.Parse(Mutate(i % 3 == 0 ? text : tnef, random));
            Mails.Exhaust(message);
            long unpacked = message.Attachments.Where(p => p.IsUnpacked).Sum(p => (long)p.RawBody.Length);
            Assert.That(unpacked, Is.LessThan((20L * message.Raw.Length) + 4_096), $"iteration {i}");
            Assert.That(message.Attachments.Concat(message.TextBody).All(p => message.Find(p.Id) == p), Is.True, $"iteration {i}");
        }
    }

    private static IEnumerable<TestCaseData> Bombs()
    {
        yield return Bomb("tiny attributes", n => Tnef(w => Repeat(n / 11, () => w.Attribute(TnefWriter.From, []))));
        yield return Bomb("beginnings of files", n => Tnef(w => Repeat(n / 42, () => w.Begin().Attribute(TnefWriter.Data, [1, 2, 3]))));
        yield return Bomb("properties", n => Tnef(w => w.Attribute(TnefWriter.MessageProperties, [.. TnefWriter.Four(uint.MaxValue), .. Enumerable.Repeat((byte[])[1, 0, 0, 0], n / 4).SelectMany(b => b)])));
        yield return Bomb("empty lists of four thousand million", n => Tnef(w => w.Attribute(TnefWriter.MessageProperties, [.. TnefWriter.Four(uint.MaxValue), .. Enumerable.Repeat((byte[])[1, 0x10, 0, 0, 255, 255, 255, 255], n / 8).SelectMany(b => b)])));
        yield return Bomb("lengths of four thousand million", n => Tnef(w => Repeat(n / 24, () => w.Properties([.. TnefWriter.Tag(0x1000, 0x001F), .. TnefWriter.Four(uint.MaxValue), .. TnefWriter.Four(uint.MaxValue)]))));
        yield return Bomb("streams in streams", n => Tnef(w => w.Attribute(TnefWriter.Data, Nested(n))));
        yield return Bomb("compressed rtf", n => Tnef(w => w.Properties(TnefWriter.Binary(0x1009, LongRuns(n)))));
        yield return Bomb("compressed rtf in many messages", n => Tnef(w => Repeat(100, () => w.File("", [], TnefWriter.Message(new TnefWriter().Properties(TnefWriter.Binary(0x1009, LongRuns(n / 100))).Bytes)))));
        yield return Bomb("groups of rtf", n => Tnef(w => w.Properties(TnefWriter.Binary(0x1009, TnefWriter.Rtf(@"{\rtf1 " + new string('{', n))))));
        yield return Bomb("code pages of rtf", n => Tnef(w => w.Properties(TnefWriter.Binary(0x1009, TnefWriter.Rtf(@"{\rtf1 " + string.Concat(Enumerable.Range(0, n / 16).Select(i => $@"\ansicpg{i % 65_000} x")))))));
        yield return Bomb("beginnings of uuencode", n => Text(n, "begin 644 a\n"));
        yield return Bomb("almost uuencode", n => Text(n, "M\n", "begin 644 a\n"));
        yield return Bomb("small uuencoded files", n => Text(n, "begin 644 a\n`\nend\n"));
        yield return Bomb("beginnings of base64", n => Text(n, "begin-base64 644 a\nbegin\n"));
        yield return Bomb("beginnings of yEnc", n => Text(n, "=ybegin line=1 size=1 name=a\n"));
        yield return Bomb("keywords of yEnc", n => Text(n, "=y", "=ybegin line=1 size=1 name=a\n"));
    }

    [TestCaseSource(nameof(Bombs))]
    public void Large_hostile_containers_are_opened_within_limits(Func<int, byte[]> write)
    {
        foreach (int size in (int[])[Megabyte, 2 * Megabyte])
        {
            byte[] mail = write(size);
            long before = GC.GetAllocatedBytesForCurrentThread(), started = Stopwatch.GetTimestamp();
            var message = MimeParser.Parse(mail);
            int files = message.Attachments.Count + message.TextBody.Count + message.HtmlBody.Count;
            double open = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
            double allocated = (GC.GetAllocatedBytesForCurrentThread() - before) / (double)mail.Length;
            Mails.Exhaust(message);
            TestContext.Out.WriteLine($"{mail.Length,9} bytes: {files} parts in {open:0.0} ms, {allocated:0.0} bytes allocated a byte");
            Assert.That(message.Attachments, Has.Count.LessThanOrEqualTo(MimeLimits.Default.Parts + 1));
            Assert.That(message.Attachments.All(p => p.UnpackedDepth <= MimeLimits.UnpackedDepth), Is.True);
            Assert.That(message.Root.Extracted, Has.Count.LessThanOrEqualTo(MimeLimits.UnpackedFiles + 2));
            Assert.That(allocated * mail.Length, Is.LessThan((20.0 * mail.Length) + (12.0 * MimeLimits.Rtf)));
        }
    }

    private static TestCaseData Bomb(string name, Func<int, byte[]> write) => new TestCaseData(write).SetArgDisplayNames(name);

    private static byte[] Tnef(Action<TnefWriter> write)
    {
        var writer = new TnefWriter();
        write(writer);
        return [.. "Subject: x\nContent-Type: application/ms-tnef\n\n"u8, .. writer.Bytes];
    }

    private static byte[] Text(int size, string line, string first = "") => Encoding.ASCII.GetBytes("Subject: x\n\n" + first + string.Concat(Enumerable.Repeat(line, size / line.Length)));

    private static void Repeat(int count, Func<TnefWriter> write)
    {
        for (int i = 0; i < count; i++)
            write();
    }

    private static byte[] Nested(int size)
    {
        byte[] stream = new byte[size];
        for (int level = 0; level < 20; level++)
            stream = new TnefWriter().File("winmail.dat", stream).Bytes;
        return stream;
    }

    /// <summary>Compressed RTF of nothing but references of the greatest length.</summary>
    private static byte[] LongRuns(int size)
    {
        var body = new List<byte>(size + 32);
        int place = 207;
        body.Add(0);
        for (int i = 0; i < 8; i++, place++)
            body.Add((byte)@"{\rtf1 a"[i]);
        while (body.Count < size)
        {
            body.Add(0xFF);
            for (int i = 0; i < 8; i++, place = (place + 17) % 4096)
            {
                int from = (place + 4095) % 4096;
                body.AddRange([(byte)(from >> 4), (byte)((from << 4) | 15)]);
            }
        }
        return [.. TnefWriter.Four((uint)body.Count + 12), .. TnefWriter.Four(uint.MaxValue), .. "LZFu"u8, .. TnefWriter.Four(0), .. body];
    }

    private static byte[] Mutate(byte[] mail, Random random)
    {
        var bytes = new List<byte>(mail);
        for (int i = random.Next(1, 6); i > 0; i--)
        {
            int at = random.Next(bytes.Count);
            int length = Math.Min(random.Next(1, 30), bytes.Count - at);
            switch (random.Next(6))
            {
                case 0:
                    bytes.RemoveRange(at, length);
                    break;
                case 1:
                    bytes.InsertRange(random.Next(bytes.Count), bytes.GetRange(at, length));
                    break;
                case 2:
                    bytes.InsertRange(at, TnefWriter.Four((uint)random.Next(-3, 300)));
                    break;
                case 3 when random.Next(3) == 0 && at > 60:
                    bytes.RemoveRange(at, bytes.Count - at);
                    break;
                default:
                    bytes[at] = (byte)random.Next(256);
                    break;
            }
            if (bytes.Count == 0)
                bytes.Add(0);
        }
        return [.. bytes];
    }
}
