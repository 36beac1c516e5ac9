using System.Data.Common;

namespace MailInbox.Inbox.Storage;

/// <summary>The writer's view inside one piece: reads see the earlier pieces of the group, and what it touched is announced after the commit.</summary>
public sealed class Transaction : Snapshot
{
    private readonly List<(string Inbox, long ConversationId)> _touched = [];
    private readonly HashSet<(string Inbox, long ConversationId)> _known = [];

    internal Transaction(Dialect dialect, DbConnection connection)
        : base(dialect, connection)
    {
    }

    /// <summary>The time at which the piece began.</summary>
    public DateTimeOffset Now { get; internal set; }

    internal IReadOnlyList<(string Inbox, long ConversationId)> Touched => _touched;

    /// <summary>Runs a statement and says how many rows it changed.</summary>
    public int Execute(string sql, object? args = null) => Statements.Bind(sql, args).ExecuteNonQuery();

    /// <summary>Runs an INSERT that ends in RETURNING id.</summary>
    public long Insert(string sql, object? args = null) => First<long>(sql, args);

    /// <summary>Says that people who look at this conversation, or at a list with it, must see it anew.</summary>
    public void Touch(string inbox, long conversationId)
    {
        if (_known.Add((inbox, conversationId)))
        {
            _touched.Add((inbox, conversationId));
        }
    }

    internal int Mark() => _touched.Count;

    internal void Forget(int mark)
    {
        for (int i = mark; i < _touched.Count; i++)
        {
            _known.Remove(_touched[i]);
        }

        _touched.RemoveRange(mark, _touched.Count - mark);
    }
}
