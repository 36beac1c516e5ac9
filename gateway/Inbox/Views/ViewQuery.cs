namespace MailInbox.Inbox.Views;

/// <summary>Reads lists of conversations and their counts.</summary>
public sealed class ViewQuery
{
    /// <summary>One page of a view, newest first. <paramref name="cursor"/> is <see cref="ConversationPage.Next"/> of the page before.</summary>
    public ConversationPage List(string inbox, View view, long agentId, string? cursor = null, int limit = 50) => throw new NotSupportedException();

    /// <summary>How many conversations each view holds, by view key.</summary>
    public IReadOnlyDictionary<string, long> Counts(string inbox, long agentId) => throw new NotSupportedException();

    /// <summary>The rows of these conversations as this agent sees them; unknown ids are left out.</summary>
    public IReadOnlyList<ConversationRow> Rows(IReadOnlyList<long> ids, long agentId) => throw new NotSupportedException();

    /// <summary>Keys of the views that hold this row for this agent.</summary>
    public static IReadOnlyList<string> ViewsOf(ConversationRow row, long agentId) => throw new NotSupportedException();
}
