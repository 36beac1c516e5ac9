using System.Text;
using MailInbox.Tests.Support;

namespace MailInbox.Tests.EndToEnd;

/// <summary>250 means that the disk has the mail: watched from outside, at the border to the kernel.</summary>
public sealed class DurabilityTests
{
    private const int Sessions = 6;
    private const int Each = 25;

    [Test]
    public async Task Every_250_is_said_after_the_flush_of_its_mail()
    {
        using GatewayPlace place = new();
        string log = place.Beside("strace.log");
        (string Marker, long Id)[] sent;
        await using (GatewayProcess gateway = await GatewayProcess.Trace(place, log, "--seccomp-bpf", "-y", "-x", "-s", "5000", "-e", "trace=fdatasync,fsync,pwrite64,pwritev,write,writev,sendto,sendmsg"))
        {
            sent = [.. (await Task.WhenAll(Enumerable.Range(0, Sessions).Select(_ => Session(place.SmtpPort)))).SelectMany(s => s)];
            await place.Filed(TimeSpan.FromMinutes(1));
            Assert.That((await gateway.Terminate()).Code, Is.Zero, gateway.Output);
        }

        Proof proof = new(new StraceLog(log), place.Data);
        Assert.Multiple(() =>
        {
            Assert.That(sent, Has.Length.EqualTo(Sessions * Each));
            Assert.That(sent.Select(m => proof.Fault(m.Marker, m.Id)).OfType<string>(), Is.Empty);
            Assert.That(proof.FolderFlushed(), Is.True, "the names of the files themselves are on disk before the first 250");
        });
        Figures.Say($"durability: {sent.Length} mails of {Sessions} sessions, {proof.Flushes} flushes of the log of mail.db, each 250 after its own");
    }

    private static async Task<IReadOnlyList<(string Marker, long Id)>> Session(int port)
    {
        List<(string, long)> sent = [];
        using SmtpWire wire = await SmtpWire.Connect(port);
        for (int i = 0; i < Each; i++)
        {
            string marker = $"mark-{Guid.NewGuid():N}";
            long id = SmtpWire.KeptAs(await wire.Send(Mail(marker, i % 5 == 4 ? 300_000 : 200 + (i * 900))));
            Assert.That(id, Is.Positive);
            sent.Add((marker, id));
        }

        return sent;
    }

    /// <summary>The marker opens the mail and closes it, there twice in a row: the border of a page can only cut one of the two.</summary>
    private static byte[] Mail(string marker, int size)
    {
        StringBuilder mail = new($"X-Opens: {marker}\r\nFrom: jonas@berg.example\r\nSubject: Durable\r\nMessage-ID: <{marker}@berg.example>\r\n\r\n");
        while (mail.Length < size)
        {
            mail.Append("A line of a mail that is to be on disk.\r\n");
        }

        return Encoding.ASCII.GetBytes(mail.Append($"closes-{marker}\r\ncloses-{marker}\r\n").ToString());
    }

    private sealed class Proof
    {
        /// <summary>Bytes before each page in a write-ahead log; the second word is the size of the database in a frame that commits, else 0.</summary>
        private const int FrameHeader = 24;

        private readonly List<SystemCall> _writes;
        private readonly List<SystemCall> _commits;
        private readonly List<SystemCall> _flushes;
        private readonly List<SystemCall> _folder;
        private readonly Dictionary<string, SystemCall> _replies;

        public Proof(StraceLog log, string data)
        {
            string wal = Path.Combine(data, "mail.db-wal");
            _writes = [.. log.Calls.Where(c => c.Name.StartsWith("pwrite", StringComparison.Ordinal) && c.Path == wal)];
            _commits = [.. _writes.Zip(_writes.Skip(1)).Where(pair => Commits(pair.First)).Select(pair => pair.Second)];
            _flushes = [.. log.Calls.Where(c => c.Name is "fdatasync" or "fsync" && c.Path == wal)];
            _folder = [.. log.Calls.Where(c => c.Name is "fdatasync" or "fsync" && c.Path == data && c.Result == 0)];
            _replies = log.Calls.Where(c => c.Name is "sendto" or "sendmsg" or "write" or "writev" && c.Bytes.StartsWith("250 2.0.0 Kept as ", StringComparison.Ordinal))
                .ToDictionary(c => c.Bytes.Split("\r\n")[0]);
        }

        public int Flushes => _flushes.Count;

        public bool FolderFlushed() => _folder.Any(f => f.End < _replies.Values.Min(r => r.Begin));

        /// <summary>What is wrong with the order of one mail's calls; null when it is proved.</summary>
        public string? Fault(string marker, long id)
        {
            SystemCall? opens = _writes.Find(w => w.Bytes.Contains($"X-Opens: {marker}", StringComparison.Ordinal));
            SystemCall? closes = _writes.Find(w => w.Bytes.Contains($"closes-{marker}", StringComparison.Ordinal));
            if (opens is null || closes is null || !_replies.TryGetValue($"250 2.0.0 Kept as {id}", out SystemCall? reply))
            {
                return $"mail {id}: its bytes or its reply are not in the log";
            }

            int written = Math.Max(opens.End, closes.End);
            SystemCall? commit = _commits.Find(c => c.End >= written);
            SystemCall? flush = commit is null ? null : _flushes.Find(f => f.Begin > commit.End);
            return flush switch
            {
                null => $"mail {id}: no flush after its bytes",
                { Result: not 0 } => $"mail {id}: its flush failed, and it was acknowledged",
                _ when flush.End >= reply.Begin => $"mail {id}: acknowledged in line {reply.Begin}, flushed in line {flush.End}",
                _ => null,
            };
        }

        /// <summary>Whether these bytes stand before the page that ends a transaction.</summary>
        private static bool Commits(SystemCall header) => header.Bytes.Length == FrameHeader && header.Bytes.AsSpan(4, 4).ContainsAnyExcept('\0');
    }
}
