using MailInbox.Inbox.Conversations;
using MailInbox.Inbox.Team;

namespace MailInbox.Admin.Conversations;

/// <summary>To what an act is done, and by whom.</summary>
/// <param name="AgentId">Whom to assign to; null is nobody.</param>
internal sealed record Work(IReadOnlyList<long> Ids, long? AgentId, Actor Actor);

/// <summary>One thing people do with conversations: the word in the address, what is said afterwards, and the act that takes it back.</summary>
/// <param name="Undo">Empty when it cannot be taken back in one click.</param>
internal sealed record Act(string Word, string Done, string Undo, Func<ConversationActions, Work, CancellationToken, Task<int>> Run)
{
    public static Act Delete { get; } = new("delete", "will be deleted for ever in ten seconds", "keep", (a, w, c) => a.Delete(w.Ids, w.Actor, c));

    public static Act Assign { get; } = new("assign", "assigned", "", (a, w, c) => a.Assign(w.Ids, w.AgentId, w.Actor, c));

    public static Act? Find(string word) => All.FirstOrDefault(a => a.Word == word);

    public string Said(int count) => count == 1 ? $"1 conversation {Done}" : $"{count} conversations {Done}";

    private static readonly Act[] All =
    [
        Delete,
        new("keep", "kept in the trash", "", (a, w, c) => a.Keep(w.Ids, w.Actor, c)),
        new("close", "closed", "reopen", (a, w, c) => a.Close(w.Ids, w.Actor, c)),
        new("reopen", "reopened", "close", (a, w, c) => a.Reopen(w.Ids, w.Actor, c)),
        new("trash", "moved to the trash", "restore", (a, w, c) => a.Trash(w.Ids, w.Actor, c)),
        new("restore", "restored", "trash", (a, w, c) => a.Restore(w.Ids, w.Actor, c)),
        Assign,
        new("spam", "marked as spam", "not-spam", (a, w, c) => a.MarkSpam(w.Ids, w.Actor, c)),
        new("not-spam", "moved to the inbox", "spam", (a, w, c) => a.NotSpam(w.Ids, w.Actor, c)),
        new("block", "filtered, sender blocked", "unblock", (a, w, c) => a.Block(w.Ids, w.Actor, c)),
        new("unblock", "left, sender no longer blocked", "block", (a, w, c) => a.Unblock(w.Ids, w.Actor, c)),
    ];
}
