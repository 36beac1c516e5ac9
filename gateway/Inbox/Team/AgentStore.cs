using System.Security.Cryptography;
using MailInbox.Inbox.Storage;

namespace MailInbox.Inbox.Team;

/// <summary>The people of the team.</summary>
public sealed class AgentStore(Database inbox)
{
    public IReadOnlyList<Agent> All() => inbox.Read(r => r.All<Agent>("SELECT * FROM agent ORDER BY active DESC, name, id"));

    public Agent? Find(long id) => inbox.Read(r => Find(r, id));

    /// <summary>Adds somebody who will set a password by invitation. Null when the address is taken.</summary>
    public Task<Agent?> Add(string email, string name, Role role, Actor actor, CancellationToken cancel) => inbox.Write(t =>
    {
        if (FindByEmail(t, email) is not null)
        {
            return null;
        }

        long id = Insert(t, email, name, role);
        AuditLog.Add(t, actor, "added", $"{email} as {Words.Of(role)}");
        return Find(t, id);
    }).WaitAsync(cancel);

    /// <summary>False when that would leave no active administrator.</summary>
    public Task<bool> SetRole(long id, Role role, Actor actor, CancellationToken cancel) => inbox.Write(t =>
    {
        if (role != Role.Administrator && !MayLose(t, id))
        {
            return false;
        }

        t.Execute("UPDATE agent SET role = @role, stamp = @stamp WHERE id = @id", new { id, role, stamp = NewStamp() });
        AuditLog.Add(t, actor, "role", $"{Find(t, id)?.Email} is {Words.Of(role)}");
        return true;
    }).WaitAsync(cancel);

    public Task Activate(long id, Actor actor, CancellationToken cancel) => inbox.Write(t =>
    {
        t.Execute("UPDATE agent SET active = 1, stamp = @stamp WHERE id = @id", new { id, stamp = NewStamp() });
        AuditLog.Add(t, actor, "activated", Find(t, id)?.Email ?? "");
    }).WaitAsync(cancel);

    internal static Agent? Find(Snapshot reader, long id) => reader.First<Agent>("SELECT * FROM agent WHERE id = @id", new { id });

    internal static string EmailKey(string email) => email.Trim().ToLowerInvariant();

    internal static Agent? FindByEmail(Snapshot reader, string email) => reader.First<Agent>("SELECT * FROM agent WHERE email = @key", new { key = EmailKey(email) });

    internal static long Insert(Transaction t, string email, string name, Role role) => t.Insert(
        "INSERT INTO agent (email, name, role, active, password_hash, stamp, created_at) VALUES (@email, @name, @role, 1, '', @stamp, @now) RETURNING id",
        new { email = EmailKey(email), name = name.Trim(), role, stamp = NewStamp(), now = t.Now });

    /// <summary>Whether somebody else could still administer if this agent no longer did.</summary>
    internal static bool MayLose(Snapshot reader, long id) => reader.First<long>(
        "SELECT count(*) FROM agent WHERE (role = 'administrator' AND active = 1 AND password_hash <> '' AND id <> @id) OR (id = @id AND (role <> 'administrator' OR active = 0 OR password_hash = ''))",
        new { id }) > 0;

    internal static string NewStamp() => Convert.ToHexString(RandomNumberGenerator.GetBytes(16));
}
