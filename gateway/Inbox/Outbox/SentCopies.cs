using MailInbox.Inbox.Configuration;
using MailInbox.Inbox.Storage;

namespace MailInbox.Inbox.Outbox;

/// <summary>A sent mail of which a folder of a server is to get a copy.</summary>
internal sealed record SentCopy
{
    public long RawId { get; init; }

    public string MessageId { get; init; } = "";

    public DateTimeOffset SentAt { get; init; }

    public int Tries { get; init; }
}

/// <summary>Sent mail that other mail programs are to see in the Sent folder of a server; ordered when it was sent, kept until it is there.</summary>
public sealed class SentCopies(Database inbox, GatewayOptions options)
{
    /// <summary>After this many tries nobody waits for a copy any more.</summary>
    private const int MostTries = 20;

    private readonly Dictionary<string, string> _sources = options.Inboxes.Inboxes
        .Where(i => i.Sources.Any(s => s.Sent is not null)).ToDictionary(i => i.Key, i => i.Sources.First(s => s.Sent is not null).Key);

    /// <summary>Something was ordered for this source, and committed.</summary>
    public event Action<string>? Ordered;

    internal void Order(Transaction t, OutgoingMail mail)
    {
        if (_sources.TryGetValue(mail.Inbox, out string? source))
        {
            string messageId = t.First<string>("SELECT message_id FROM message WHERE id = @MessageId", new { mail.MessageId }) ?? "";
            t.Execute(
                "INSERT INTO sent_copy (raw_id, source, message_id, sent_at) VALUES (@RawId, @source, @messageId, @now) ON CONFLICT DO NOTHING",
                new { mail.RawId, source, messageId, now = t.Now });
        }
    }

    internal void Announce(string inboxKey)
    {
        if (_sources.TryGetValue(inboxKey, out string? source))
        {
            Ordered?.Invoke(source);
        }
    }

    internal IReadOnlyList<SentCopy> Due(string source, DateTimeOffset now, int limit) => inbox.Read(r => r.All<SentCopy>(
        "SELECT raw_id, message_id, sent_at, tries FROM sent_copy WHERE source = @source AND next_at <= @now ORDER BY raw_id LIMIT @limit", new { source, now, limit }));

    internal Task Done(long rawId) => inbox.Write(t => t.Execute("DELETE FROM sent_copy WHERE raw_id = @rawId", new { rawId }));

    internal Task PutOff(SentCopy copy, DateTimeOffset next) => copy.Tries + 1 >= MostTries
        ? Done(copy.RawId)
        : inbox.Write(t => t.Execute("UPDATE sent_copy SET tries = tries + 1, next_at = @next WHERE raw_id = @RawId", new { copy.RawId, next }));
}
