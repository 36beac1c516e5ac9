using MailInbox.Inbox.Storage;

namespace MailInbox.Inbox.Team;

/// <summary>Who changed what, without any content of mail; it outlives what it speaks of.</summary>
public static class AuditLog
{
    /// <summary>For an act that has no transaction of its own in this database.</summary>
    public static Task Write(Database inbox, Actor actor, string act, string subject, CancellationToken cancel) =>
        inbox.Write(t => Add(t, actor, act, subject)).WaitAsync(cancel);

    internal static void Add(Transaction t, Actor actor, string act, string subject) => t.Execute(
        "INSERT INTO audit (at, actor, act, subject) VALUES (@now, @name, @act, @subject)",
        new { now = t.Now, name = actor.Name, act, subject });
}
