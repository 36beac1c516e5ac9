using System.Security.Cryptography;
using MailInbox.Host.Commands;
using MailInbox.Inbox.Conversations;
using MailInbox.Inbox.Intake;
using MailInbox.Inbox.Storage;
using MailInbox.Inbox.Views;

namespace MailInbox.Host.Demo;

/// <summary>Where the demo mails ended up.</summary>
/// <param name="Filtered">Of the conversations.</param>
/// <param name="Duplicates">Of the mails.</param>
/// <param name="Quarantined">Of the mails; something is wrong with the gateway when there are any.</param>
internal sealed record DemoFiling(int Conversations, int Filtered, int Duplicates, int Quarantined)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <summary>Waits until the gateway of this data folder has filed all of these mails; null when it is not the one that got them.</summary>
    /// <exception cref="DemoRefusal">It takes too long.</exception>
    public static async Task<DemoFiling?> Wait(string folder, IReadOnlyList<DemoMail> mails, TimeProvider clock, CancellationToken cancel)
    {
        if (!File.Exists(DataFolder.InboxFileOf(folder)))
        {
            return null;
        }

        using DataReader data = DataReader.Open(folder);
        List<long> ids = Received(data, mails);
        if (ids.Count < mails.Count)
        {
            return null;
        }

        IntakeLedger ledger = new(data.Inbox);
        long start = clock.GetTimestamp();
        while (ids.Any(id => ledger.Of(id).Count == 0))
        {
            if (clock.GetElapsedTime(start) > Patience)
            {
                throw new DemoRefusal($"The gateway has taken all {mails.Count} mails, but has not filed them in {Patience.TotalSeconds} seconds. See its log in {Path.Combine(folder, "logs")}.");
            }

            await Task.Delay(Pause, clock, cancel);
        }

        return Read(data, [.. ids.SelectMany(ledger.Of)], clock);
    }

    // The Message-IDs of each run are new, so nothing but these very mails has these sums.
    private static List<long> Received(DataReader data, IReadOnlyList<DemoMail> mails)
    {
        HashSet<string> sums = [.. mails.Select(m => Convert.ToHexStringLower(SHA256.HashData(m.Bytes)))];
        List<long> ids = [];
        data.Raw.Each(raw =>
        {
            if (sums.Contains(raw.Sha256))
            {
                ids.Add(raw.Id);
            }
        });
        return ids;
    }

    private static DemoFiling Read(DataReader data, IReadOnlyList<Filing> filings, TimeProvider clock)
    {
        long[] conversations = [.. filings.Where(f => f.Outcome == FilingOutcome.Filed).Select(f => f.ConversationId).OfType<long>().Distinct()];
        IReadOnlyList<ConversationRow> rows = new ViewQuery(data.Inbox, new ChangeLog(clock)).Rows(conversations, agentId: 0);
        return new DemoFiling(
            conversations.Length,
            rows.Count(r => r.Disposition == Disposition.Filtered),
            filings.Count(f => f.Outcome == FilingOutcome.Duplicate),
            filings.Count(f => f.Outcome == FilingOutcome.Quarantined));
    }
}
