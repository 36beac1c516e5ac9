using MailInbox.Inbox.Configuration;
using MailInbox.Inbox.RawMail;
using MailInbox.Inbox.Storage;
using Microsoft.Extensions.Logging;

namespace MailInbox.Inbox.Mailboxes.Watching;

/// <summary>Tells when a source that used to bring mail brings none: longer than configured, or than it ever was in the last weeks.</summary>
public sealed class SilenceAlarm(Database inbox, RawMailStore raw, GatewayOptions options, TimeProvider clock, ILogger<SilenceAlarm> logger)
{
    /// <summary>Weeks from which is learned.</summary>
    private static readonly TimeSpan Memory = TimeSpan.FromDays(28);

    /// <summary>A weekend must have been seen before its silence can be told from another.</summary>
    private static readonly TimeSpan LeastMemory = TimeSpan.FromDays(7);

    /// <summary>A learned alarm never comes sooner.</summary>
    private static readonly TimeSpan LeastLimit = TimeSpan.FromHours(4);

    /// <summary>Hours with mail below which a source says nothing about its habits.</summary>
    private const int LeastHours = 12;

    private const int Page = 1_000;

    private volatile Dictionary<string, SilentSource> _silent = [];

    /// <summary>The name under which the listener's mail for an inbox is counted.</summary>
    public static string ListenerKey(string inboxKey) => $"smtp/{inboxKey}";

    /// <summary>Whether this source has been silent for too long, by the last look.</summary>
    public SilentSource? Of(string key) => _silent.GetValueOrDefault(key);

    /// <summary>All mails that a source brought, and when the last one came.</summary>
    public (long Mails, DateTimeOffset? Last) Total(string key) => inbox.Read(r =>
    {
        long? last = r.First<long?>("SELECT max(last_at) FROM arrival WHERE source = @key", new { key });
        return (r.First<long>("SELECT coalesce(sum(mails), 0) FROM arrival WHERE source = @key", new { key }), last is null ? (DateTimeOffset?)null : DateTimeOffset.FromUnixTimeMilliseconds(last.Value));
    });

    /// <summary>Counts what came since the last look and judges every source.</summary>
    public async Task Look(CancellationToken cancel)
    {
        await Count(cancel);
        Dictionary<string, SilentSource> silent = [];
        foreach (InboxOptions place in options.Inboxes.Inboxes)
        {
            foreach (string key in place.Sources.Select(s => s.Key).Append(ListenerKey(place.Key)))
            {
                if (Judge(Hours(key), place.SilenceAlarm, clock.GetUtcNow()) is { } judged)
                {
                    silent.Add(key, judged);
                    Tell(key, judged);
                }
            }
        }

        _silent = silent;
    }

    /// <summary>Null while all is well, or nothing is known yet.</summary>
    /// <param name="hours">Hours with mail in ascending order, each with its last mail.</param>
    /// <param name="configured">The limit; null: the longest silence so far and half as much again.</param>
    internal static SilentSource? Judge(IReadOnlyList<DateTimeOffset> hours, TimeSpan? configured, DateTimeOffset now)
    {
        if (hours.Count == 0)
        {
            return null;
        }

        TimeSpan? limit = configured ?? Learned(hours, now);
        return limit is { } most && now - hours[^1] > most ? new SilentSource(hours[^1], most, configured is null) : null;
    }

    private static TimeSpan? Learned(IReadOnlyList<DateTimeOffset> hours, DateTimeOffset now)
    {
        if (hours.Count < LeastHours || now - hours[0] < LeastMemory)
        {
            return null;
        }

        TimeSpan longest = hours.Zip(hours.Skip(1), (before, after) => after - before).Max();
        TimeSpan limit = longest * 1.5;
        return limit > LeastLimit ? limit : LeastLimit;
    }

    private List<DateTimeOffset> Hours(string key)
    {
        DateTimeOffset since = clock.GetUtcNow() - Memory;
        return [.. inbox.Read(r => r.All<long>("SELECT last_at FROM arrival WHERE source = @key AND last_at >= @since ORDER BY last_at", new { key, since })).Select(DateTimeOffset.FromUnixTimeMilliseconds)];
    }

    private void Tell(string key, SilentSource judged)
    {
        if (!_silent.ContainsKey(key))
        {
            logger.LogWarning("{Source} has brought no mail since {Since:u}; usually never longer than {Limit}", key, judged.Since, judged.Limit);
        }
    }

    private async Task Count(CancellationToken cancel)
    {
        long after = inbox.Read(r => r.First<long>("SELECT coalesce(max(raw_id), 0) FROM arrival_counted"));
        while (raw.After(after, Page) is { Count: > 0 } page)
        {
            cancel.ThrowIfCancellationRequested();
            after = page[^1].Id;
            await inbox.Write(t => Count(t, page));
        }
    }

    private static void Count(Transaction t, IReadOnlyList<RawMessage> page)
    {
        foreach (var hour in page.SelectMany(m => Keys(m).Select(key => (Key: key, m.ReceivedAt))).GroupBy(m => (m.Key, Hour: m.ReceivedAt.ToUnixTimeSeconds() / 3_600)))
        {
            t.Execute(
                """
                INSERT INTO arrival (source, hour, mails, last_at) VALUES (@Key, @Hour, @mails, @last)
                ON CONFLICT (source, hour) DO UPDATE SET mails = arrival.mails + excluded.mails, last_at = CASE WHEN excluded.last_at > arrival.last_at THEN excluded.last_at ELSE arrival.last_at END
                """,
                new { hour.Key.Key, hour.Key.Hour, mails = (long)hour.Count(), last = hour.Max(m => m.ReceivedAt) });
        }

        t.Execute("DELETE FROM arrival_counted");
        t.Execute("INSERT INTO arrival_counted (raw_id) VALUES (@Id)", new { page[^1].Id });
    }

    private static IEnumerable<string> Keys(RawMessage mail) =>
        mail.Source == RawSource.Imap ? [mail.Client] : mail.RecipientList.Select(r => r.Inbox).Distinct().Select(ListenerKey);
}
