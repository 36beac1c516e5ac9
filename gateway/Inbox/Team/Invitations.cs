using System.Security.Cryptography;
using System.Text;
using MailInbox.Inbox.Storage;

namespace MailInbox.Inbox.Team;

/// <summary>One-time links: the first administrator's, and each new agent's.</summary>
public sealed class Invitations(Database inbox, Passwords passwords, TimeProvider clock)
{
    private static readonly TimeSpan Life = TimeSpan.FromDays(7);

    /// <summary>A fresh token for the first administrator while there is none; null once there is.</summary>
    public Task<string?> FirstAdministrator(CancellationToken cancel) => inbox.Write(t =>
    {
        if (HasAdministrator(t))
        {
            return null;
        }

        t.Execute("DELETE FROM invitation WHERE agent_id IS NULL");
        return Create(t, null);
    }).WaitAsync(cancel);

    /// <summary>A fresh token for an agent, good for seven days; older ones end.</summary>
    public Task<string> For(long agentId, CancellationToken cancel) => inbox.Write(t =>
    {
        t.Execute("DELETE FROM invitation WHERE agent_id = @agentId", new { agentId });
        return Create(t, agentId);
    }).WaitAsync(cancel);

    /// <summary>Whom the token is for; null when it is unknown, used or expired. Agent is null for the first administrator.</summary>
    public Invitation? Find(string token) => inbox.Read(r => Find(r, token, clock.GetUtcNow()));

    /// <summary>Takes the invitation up with a password; the first administrator also gives email and name. Null when the token is no longer good.</summary>
    public async Task<Agent?> Accept(string token, NewPerson person, CancellationToken cancel)
    {
        if (Find(token) is null)
        {
            return null;
        }

        // Hashing is slow on purpose: it happens before the transaction, never in it.
        string hash = await passwords.Hash(person.Password, cancel);
        return await inbox.Write(t =>
        {
            Invitation? invitation = Find(t, token, t.Now);
            if (invitation is null)
            {
                return null;
            }

            long id = invitation.Agent?.Id ?? AgentStore.Insert(t, person.Email, person.Name, Role.Administrator);
            t.Execute("UPDATE agent SET password_hash = @hash, stamp = @stamp WHERE id = @id", new { id, hash, stamp = AgentStore.NewStamp() });
            t.Execute("DELETE FROM invitation WHERE token_hash = @hash", new { hash = HashOf(token) });
            Agent agent = AgentStore.Find(t, id)!;
            AuditLog.Add(t, new Actor(id, agent.Name), "joined", agent.Email);
            return agent;
        }).WaitAsync(cancel);
    }

    private static Invitation? Find(Snapshot reader, string token, DateTimeOffset now)
    {
        Row? row = reader.First<Row>("SELECT agent_id FROM invitation WHERE token_hash = @hash AND expires_at > @now", new { hash = HashOf(token), now });
        if (row is null)
        {
            return null;
        }

        if (row.AgentId is null)
        {
            return HasAdministrator(reader) ? null : new Invitation(null);
        }

        Agent? agent = AgentStore.Find(reader, row.AgentId.Value);
        return agent is { Active: true } ? new Invitation(agent) : null;
    }

    private static string Create(Transaction t, long? agentId)
    {
        string token = Convert.ToHexString(RandomNumberGenerator.GetBytes(20));
        t.Execute(
            "INSERT INTO invitation (token_hash, agent_id, expires_at) VALUES (@hash, @agentId, @expires)",
            new { hash = HashOf(token), agentId, expires = t.Now + Life });
        return token;
    }

    private static bool HasAdministrator(Snapshot reader) =>
        reader.First<long>("SELECT count(*) FROM agent WHERE role = 'administrator' AND password_hash <> ''") > 0;

    private static string HashOf(string token) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(token)));

    private sealed record Row
    {
        public long? AgentId { get; init; }
    }
}

/// <param name="Agent">Null when the link creates the first administrator.</param>
public sealed record Invitation(Agent? Agent);

/// <summary>Who takes an invitation up. Email and name count only for the first administrator.</summary>
public sealed record NewPerson(string Email, string Name, string Password);
