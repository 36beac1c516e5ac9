using System.Globalization;
using MailInbox.Inbox.Conversations;
using MailInbox.Inbox.Storage;

namespace MailInbox.Inbox.Views;

/// <summary>Reads lists of conversations and their counts.</summary>
public sealed class ViewQuery(Database inbox, ChangeLog changes)
{
    private const string Row =
        """
        SELECT c.id, c.inbox, k.name AS contact_name, k.address AS contact_address, c.participants, c.subject, c.preview, c.last_at, c.last_direction,
               c.status, c.disposition, c.filter_reason, c.delete_at, c.waiting_since, c.has_attachment, c.has_incoming, c.has_outgoing, c.send_failed,
               c.assignee_id, coalesce(a.name, '') AS assignee_name,
               (c.last_direction = 'out' OR coalesce(s.message_id, 0) >= c.last_message_id) AS read
        FROM conversation c JOIN contact k ON k.id = c.contact_id
             LEFT JOIN agent a ON a.id = c.assignee_id
             LEFT JOIN reading s ON s.conversation_id = c.id AND s.agent_id = @agentId
        """;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, (long Change, IReadOnlyList<Tally> Tallies)> _tallies = [];

    /// <summary>One page of a view, newest first. <paramref name="cursor"/> is <see cref="ConversationPage.Next"/> of the page before.</summary>
    public ConversationPage List(string inboxKey, View view, long agentId, string? cursor = null, int limit = 50)
    {
        (long at, long id) = Cursor(cursor);
        IReadOnlyList<ConversationRow> rows = inbox.Read(r => r.All<ConversationRow>(
            $"{Row} WHERE c.inbox = @inboxKey AND {Condition(view)} AND (c.last_at, c.id) < (@at, @id) ORDER BY c.last_at DESC, c.id DESC LIMIT @more",
            new { inboxKey, agentId, at, id, more = limit + 1 }));
        bool more = rows.Count > limit;
        rows = [.. rows.Take(limit)];
        string? next = !more ? null : string.Create(CultureInfo.InvariantCulture, $"{rows[^1].LastAt.ToUnixTimeMilliseconds()}-{rows[^1].Id}");
        return new ConversationPage(rows, next);
    }

    /// <summary>How many conversations each view holds, by view key.</summary>
    public IReadOnlyDictionary<string, long> Counts(string inboxKey, long agentId)
    {
        Dictionary<string, long> counts = View.All.ToDictionary(v => v.Key, _ => 0L);
        foreach (Tally tally in Tallies(inboxKey))
        {
            foreach (string key in ViewsOf(tally.Standing, agentId))
            {
                counts[key] += tally.Count;
            }
        }

        return counts;
    }

    /// <summary>The rows of these conversations as this agent sees them; unknown ids are left out.</summary>
    public IReadOnlyList<ConversationRow> Rows(IReadOnlyList<long> ids, long agentId) => inbox.Read(r => r.All<ConversationRow>(
        $"{Row} WHERE {r.Dialect.In("c.id", "@ids")} ORDER BY c.last_at DESC, c.id DESC",
        new { agentId, ids = Snapshot.List(ids) }));

    /// <summary>Keys of the views that hold this row for this agent.</summary>
    public static IReadOnlyList<string> ViewsOf(ConversationRow row, long agentId) =>
        ViewsOf(new Standing(row.Disposition, row.Status, row.AssigneeId, row.HasIncoming, row.HasOutgoing), agentId);

    /// <summary>How many conversations stand where, over all inboxes.</summary>
    public static Standings Standings(Database inbox) => inbox.Read(r =>
    {
        ILookup<Disposition, Tally> tallies = r.All<Tally>("SELECT disposition, status, count(*) AS count FROM conversation GROUP BY disposition, status").ToLookup(t => t.Disposition);
        return new Standings(
            tallies[Disposition.Inbox].Where(t => t.Status == ConversationStatus.Open).Sum(t => t.Count),
            tallies[Disposition.Inbox].Where(t => t.Status == ConversationStatus.Closed).Sum(t => t.Count),
            tallies[Disposition.Filtered].Sum(t => t.Count),
            tallies[Disposition.Trash].Sum(t => t.Count));
    });

    private static List<string> ViewsOf(Standing s, long agentId)
    {
        List<string> views = [];
        if (s.Disposition == Disposition.Filtered)
        {
            views.Add(View.Filtered.Key);
        }
        else if (s.Disposition == Disposition.Trash)
        {
            views.Add(View.Trash.Key);
        }
        else
        {
            AddInboxViews(s, agentId, views);
        }

        return views;
    }

    private static void AddInboxViews(Standing s, long agentId, List<string> views)
    {
        bool open = s.Status == ConversationStatus.Open;
        (View View, bool Holds)[] all =
        [
            (View.Unassigned, open && s.HasIncoming && s.AssigneeId is null),
            (View.Mine, open && s.AssigneeId == agentId),
            (View.Open, open && s.HasIncoming),
            (View.Closed, !open),
            (View.Sent, s.HasOutgoing),
        ];
        views.AddRange(all.Where(v => v.Holds).Select(v => v.View.Key));
    }

    /// <summary>The same as <see cref="ViewsOf(ConversationRow, long)"/>, for the database.</summary>
    private static string Condition(View view) => view.Key switch
    {
        "unassigned" => "c.disposition = 'inbox' AND c.status = 'open' AND c.has_incoming = 1 AND c.assignee_id IS NULL",
        "mine" => "c.disposition = 'inbox' AND c.status = 'open' AND c.assignee_id = @agentId",
        "open" => "c.disposition = 'inbox' AND c.status = 'open' AND c.has_incoming = 1",
        "closed" => "c.disposition = 'inbox' AND c.status = 'closed'",
        "sent" => "c.disposition = 'inbox' AND c.has_outgoing = 1",
        "filtered" => "c.disposition = 'filtered'",
        "trash" => "c.disposition = 'trash'",
        _ => throw new ArgumentOutOfRangeException(nameof(view), view.Key, "No such view"),
    };

    private static (long At, long Id) Cursor(string? cursor)
    {
        string[] parts = (cursor ?? "").Split('-');
        return parts.Length == 2 && long.TryParse(parts[0], CultureInfo.InvariantCulture, out long at) && long.TryParse(parts[1], CultureInfo.InvariantCulture, out long id)
            ? (at, id)
            : (long.MaxValue, long.MaxValue);
    }

    // One look at the index serves every agent until something changes.
    private IReadOnlyList<Tally> Tallies(string inboxKey)
    {
        long change = changes.Newest;
        lock (_gate)
        {
            if (_tallies.TryGetValue(inboxKey, out (long Change, IReadOnlyList<Tally> Tallies) kept) && kept.Change == change)
            {
                return kept.Tallies;
            }
        }

        IReadOnlyList<Tally> tallies = inbox.Read(r => r.All<Tally>(
            "SELECT disposition, status, assignee_id, has_incoming, has_outgoing, count(*) AS count FROM conversation WHERE inbox = @inboxKey GROUP BY disposition, status, assignee_id, has_incoming, has_outgoing",
            new { inboxKey }));
        lock (_gate)
        {
            _tallies[inboxKey] = (change, tallies);
        }

        return tallies;
    }

    private sealed record Standing(Disposition Disposition, ConversationStatus Status, long? AssigneeId, bool HasIncoming, bool HasOutgoing);

    private sealed record Tally
    {
        public Disposition Disposition { get; init; }

        public ConversationStatus Status { get; init; }

        public long? AssigneeId { get; init; }

        public bool HasIncoming { get; init; }

        public bool HasOutgoing { get; init; }

        public long Count { get; init; }

        public Standing Standing => new(Disposition, Status, AssigneeId, HasIncoming, HasOutgoing);
    }
}

/// <summary>Conversations by where they stand, over all inboxes.</summary>
public sealed record Standings(long Open, long Closed, long Filtered, long Trash);
