using MailInbox.Inbox.Configuration;
using MailInbox.Inbox.RawMail;
using MailInbox.Inbox.Storage;

namespace MailInbox.Inbox.Intake;

/// <summary>A mail that was filed and of which its server is to hear.</summary>
/// <param name="Copied">It stands in the other folder already; what is left is to take it away here.</param>
internal sealed record ServerAction(long RawId, int Tries, bool Copied);

/// <summary>
/// What is still to be done on servers with mail that was filed (seen, moved, deleted): ordered in the transaction that files it,
/// done later, kept until it is done.
/// </summary>
public sealed class ServerActions(Database inbox, GatewayOptions options)
{
    private readonly HashSet<string> _acting =
        [.. options.Inboxes.Inboxes.SelectMany(i => i.Sources).Where(s => s.Afterwards.Act != AfterwardsAct.Leave).Select(s => s.Key)];

    /// <summary>Something was ordered for this source, and committed.</summary>
    public event Action<string>? Ordered;

    internal void Order(Transaction t, RawMessage raw)
    {
        if (raw.Source == RawSource.Imap && _acting.Contains(raw.Client))
        {
            t.Execute("INSERT INTO server_action (raw_id, source) VALUES (@Id, @Client) ON CONFLICT DO NOTHING", new { raw.Id, raw.Client });
        }
    }

    internal void Announce(string source)
    {
        if (_acting.Contains(source))
        {
            Ordered?.Invoke(source);
        }
    }

    internal IReadOnlyList<ServerAction> Due(string source, DateTimeOffset now, int limit) => inbox.Read(r => r.All<Row>(
        "SELECT raw_id, tries, copied FROM server_action WHERE source = @source AND next_at <= @now ORDER BY next_at, raw_id LIMIT @limit", new { source, now, limit })
        .Select(row => new ServerAction(row.RawId, row.Tries, row.Copied != 0)).ToList());

    internal Task Done(IReadOnlyList<long> rawIds) => Each("DELETE FROM server_action WHERE raw_id = @id", rawIds);

    /// <summary>The copy is made: a repetition must not make another one.</summary>
    internal Task Copied(IReadOnlyList<long> rawIds) => Each("UPDATE server_action SET copied = 1 WHERE raw_id = @id", rawIds);

    internal Task PutOff(IReadOnlyList<long> rawIds, DateTimeOffset next, string reason) => inbox.Write(t =>
    {
        foreach (long id in rawIds)
        {
            t.Execute("UPDATE server_action SET tries = tries + 1, next_at = @next, reason = @reason WHERE raw_id = @id", new { id, next, reason });
        }
    });

    private Task Each(string sql, IReadOnlyList<long> rawIds) => inbox.Write(t =>
    {
        foreach (long id in rawIds)
        {
            t.Execute(sql, new { id });
        }
    });

    private sealed record Row
    {
        public long RawId { get; init; }

        public int Tries { get; init; }

        public long Copied { get; init; }
    }
}
