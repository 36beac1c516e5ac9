using MailInbox.Inbox.Storage;

namespace MailInbox.Inbox.Team;

/// <summary>Who changed what, without any content of mail; it outlives what it speaks of.</summary>
internal static class AuditLog
{
    public static void Add(Transaction t, Actor actor, string act, string subject) => t.Execute(
        "INSERT INTO audit (at, actor, act, subject) VALUES (@now, @name, @act, @subject)",
        new { now = t.Now, name = actor.Name, act, subject });
}
