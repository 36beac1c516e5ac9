using MailInbox.Tests.Support;

namespace MailInbox.Tests.EndToEnd;

/// <summary>All real mail of the corpus through the front door: every byte is kept, every mail has its line.</summary>
public sealed class CorpusTests
{
    private const int Sessions = 4;

    /// <summary>Mails of one connection, below what the server allows.</summary>
    private const int PerConnection = 90;

    [Test]
    public async Task Every_mail_of_the_corpus_is_accounted_for()
    {
        Delivery[] mails = [.. Corpus.Files("", "*.eml").Select(f => new Delivery(f, SmtpWire.Canonical(File.ReadAllBytes(f))))];
        using GatewayPlace place = new();
        await using GatewayProcess gateway = await GatewayProcess.Start(place);
        await Task.WhenAll(mails.Chunk(PerConnection).Index().GroupBy(c => c.Index % Sessions, c => c.Item).Select(g => Task.Run(() => Send(place.SmtpPort, g))));
        await place.Filed(TimeSpan.FromMinutes(2));
        Assert.That(gateway.Lives, Is.True, gateway.Output);
        Check(place, mails, await place.Ledger());
    }

    private static void Check(GatewayPlace place, IReadOnlyList<Delivery> mails, IReadOnlyList<LedgerLine> ledger)
    {
        Delivery[] accepted = [.. mails.Where(m => m.Id > 0)];
        Delivery[] loneCr = [.. mails.Where(m => HasLoneCr(m.Bytes))];
        Dictionary<long, LedgerLine> lines = ledger.ToDictionary(l => l.Id);
        using StoredMail stored = new(place);
        Assert.Multiple(() =>
        {
            Assert.That(loneCr.Where(m => !m.Reply.StartsWith("550 5.6.11", StringComparison.Ordinal)), Is.Empty, "a lone CR is refused");
            Assert.That(mails.Except(accepted).Except(loneCr), Is.Empty, "nothing else is");
            Assert.That(ledger.Select(l => l.Id), Is.EquivalentTo(accepted.Select(m => m.Id)), "a line for each accepted mail and no other");
            Assert.That(accepted.Where(m => lines[m.Id].Sha256 != SmtpWire.Sha256(m.Bytes)), Is.Empty, "the hash of what was sent");
            Assert.That(accepted.Where(m => !stored.Bytes(m.Id).AsSpan().SequenceEqual(m.Bytes)), Is.Empty, "the bytes that were sent");
            Assert.That(ledger.Where(l => l.Filings.Count != 1 || !IsExplained(l.Filings[0])), Is.Empty, "filed, or there already; no real mail is beyond reading");
        });
        Figures.Say($"corpus: {mails.Count} mails, {accepted.Length} accepted, {loneCr.Length} refused for a lone CR (550 5.6.11); "
            + string.Join(", ", ledger.GroupBy(l => l.Filings[0].Outcome).Select(g => $"{g.Count()} {g.Key}")));
    }

    private static bool IsExplained(LedgerPlace place) => place.Outcome switch
    {
        "filed" => place.Conversation > 0,
        "duplicate" => place.Reason.Length > 0,
        _ => false,
    };

    private static async Task Send(int port, IEnumerable<Delivery[]> batches)
    {
        foreach (Delivery[] batch in batches)
        {
            using SmtpWire wire = await SmtpWire.Connect(port);
            foreach (Delivery mail in batch)
            {
                mail.Reply = await wire.Send(mail.Bytes);
            }
        }
    }

    private static bool HasLoneCr(ReadOnlySpan<byte> mail)
    {
        for (int at; (at = mail.IndexOf((byte)'\r')) >= 0; mail = mail[(at + 1)..])
        {
            if (at + 1 == mail.Length || mail[at + 1] != '\n')
            {
                return true;
            }
        }

        return false;
    }

    private sealed class Delivery(string file, byte[] bytes)
    {
        public string File => file;

        public byte[] Bytes => bytes;

        public string Reply { get; set; } = "";

        public long Id => SmtpWire.KeptAs(Reply);

        public override string ToString() => $"{Path.GetFileName(file)}: {Reply}";
    }
}
