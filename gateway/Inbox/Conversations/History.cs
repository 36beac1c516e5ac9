using MailInbox.Inbox.Storage;
using MailInbox.Inbox.Team;

namespace MailInbox.Inbox.Conversations;

/// <summary>Writes the lines of history and of the audit log.</summary>
internal static class History
{
    public static void Add(Transaction t, long conversationId, Actor actor, string kind, string text) => t.Execute(
        "INSERT INTO event (conversation_id, kind, actor, text, at) VALUES (@conversationId, @kind, @name, @text, @now)",
        new { conversationId, kind, name = actor.Name, text, now = t.Now });
}
