using MailInbox.Tests.Support;

namespace MailInbox.Tests.EndToEnd;

/// <summary>Compares what a load was promised with what the gateway has.</summary>
internal static class Accounts
{
    /// <summary>
    /// Every acknowledged mail stands in the ledger once, filed, with the bytes that were sent; nothing stands there twice
    /// or from nowhere. Returns how many were stored without an acknowledgement.
    /// </summary>
    public static async Task<int> Balance(GatewayPlace place, SmtpLoad load)
    {
        IReadOnlyList<LedgerLine> ledger = await place.Ledger();
        Dictionary<long, LedgerLine> byId = ledger.ToDictionary(l => l.Id);
        HashSet<string> tried = [.. load.Tried];
        Assert.Multiple(() =>
        {
            Assert.That(load.Acknowledged.Where(a => !byId.TryGetValue(a.Id, out LedgerLine? line) || line.Sha256 != a.Sha256 || line.MessageId != a.MessageId), Is.Empty, "acknowledged and lost, or other bytes");
            Assert.That(ledger.Where(l => !tried.Contains(l.Sha256)), Is.Empty, "mail that nobody sent");
            Assert.That(ledger.GroupBy(l => l.Sha256).Where(g => g.Count() > 1), Is.Empty, "the same mail stored twice");
            Assert.That(ledger.Where(l => l.Filings is not [{ Outcome: "filed", Conversation: > 0 }]), Is.Empty, "not filed exactly once");
            Assert.That(Messages(place), Is.EquivalentTo(ledger.Select(l => l.Id)), "one message in a conversation for each");
            Assert.That(Orphans(place), Is.Zero, "chunks that belong to no mail");
            Assert.That(Stored(place, ledger), Is.Empty, "stored bytes differ from their hash");
        });
        return ledger.Count - load.Count;
    }

    private static IReadOnlyList<long> Messages(GatewayPlace place) => place.Read("inbox.db", r => r.All<long>("SELECT raw_id FROM message"));

    private static long Orphans(GatewayPlace place) => place.Read("mail.db", r =>
        r.First<long>("SELECT count(*) FROM chunk WHERE (id >> 12) NOT IN (SELECT id FROM raw)") + r.First<long>("SELECT count(*) FROM unfinished"));

    private static List<long> Stored(GatewayPlace place, IReadOnlyList<LedgerLine> ledger)
    {
        using StoredMail stored = new(place);
        return [.. ledger.Where(l => SmtpWire.Sha256(stored.Bytes(l.Id)) != l.Sha256).Select(l => l.Id)];
    }
}
