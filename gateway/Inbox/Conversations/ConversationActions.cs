using MailInbox.Inbox.Configuration;
using MailInbox.Inbox.Contacts;
using MailInbox.Inbox.Filtering;
using MailInbox.Inbox.Storage;
using MailInbox.Inbox.Team;

namespace MailInbox.Inbox.Conversations;

/// <summary>What people do with one or many conversations. Each act is one transaction, one event a conversation, and returns how many it changed.</summary>
public sealed class ConversationActions(Database inbox, GatewayOptions options)
{
    /// <summary>Between the order to delete for ever and its start.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);

    /// <summary>Gives to an agent, or to nobody (null). An unknown or deactivated agent gets nothing.</summary>
    public Task<int> Assign(IReadOnlyList<long> ids, long? agentId, Actor actor, CancellationToken cancel) => Write(t =>
    {
        Agent? agent = agentId is null ? null : t.First<Agent>("SELECT * FROM agent WHERE id = @agentId AND active = 1", new { agentId });
        return agentId is not null && agent is null ? 0 : Each(t, ids, c => c.AssigneeId != agentId, c => Assign(t, c, agent, actor, ""));
    }, cancel);

    public Task<int> Close(IReadOnlyList<long> ids, Actor actor, CancellationToken cancel) =>
        Write(t => Each(t, ids, c => c.Status == ConversationStatus.Open, c => Close(t, c, actor)), cancel);

    public Task<int> Reopen(IReadOnlyList<long> ids, Actor actor, CancellationToken cancel) =>
        Write(t => Each(t, ids, c => c.Status == ConversationStatus.Closed, c => Reopen(t, c, actor, "Reopened")), cancel);

    public Task<int> Trash(IReadOnlyList<long> ids, Actor actor, CancellationToken cancel) => Act(ids, (t, c) => c.Disposition != Disposition.Trash, (t, c) =>
    {
        t.Execute(
            "UPDATE conversation SET before_trash = disposition, disposition = 'trash', delete_at = @deleteAt, routing_due = 0 WHERE id = @Id",
            new { c.Id, deleteAt = t.Now + options.Retention.TrashFor(c.Inbox) });
        History.Add(t, c.Id, actor, "trashed", "Moved to the trash");
    }, cancel);

    /// <summary>Out of the trash, to where it stood before.</summary>
    public Task<int> Restore(IReadOnlyList<long> ids, Actor actor, CancellationToken cancel) => Act(ids, (t, c) => c.Disposition == Disposition.Trash, (t, c) =>
    {
        t.Execute(
            "UPDATE conversation SET disposition = CASE WHEN before_trash = 'filtered' THEN 'filtered' ELSE 'inbox' END, delete_at = NULL WHERE id = @Id",
            new { c.Id });
        History.Add(t, c.Id, actor, "restored", "Restored from the trash");
    }, cancel);

    /// <summary>Deletes conversations of the trash for ever, ten seconds from now: until then <see cref="Keep"/> takes it back. Others are left alone.</summary>
    public Task<int> Delete(IReadOnlyList<long> ids, Actor actor, CancellationToken cancel) => Act(ids, (_, c) => c.Disposition == Disposition.Trash, (t, c) =>
    {
        t.Execute("UPDATE conversation SET delete_at = @at WHERE id = @Id", new { c.Id, at = t.Now + Grace });
        History.Add(t, c.Id, actor, "deleted", "Deletes it for ever");
    }, cancel);

    /// <summary>Takes <see cref="Delete"/> back: the conversation stays in the trash as long as others do.</summary>
    public Task<int> Keep(IReadOnlyList<long> ids, Actor actor, CancellationToken cancel) => Act(ids, (_, c) => c.Disposition == Disposition.Trash, (t, c) =>
    {
        t.Execute("UPDATE conversation SET delete_at = @at WHERE id = @Id", new { c.Id, at = t.Now + options.Retention.TrashFor(c.Inbox) });
        History.Add(t, c.Id, actor, "kept", "Keeps it in the trash");
    }, cancel);

    /// <summary>To Filtered, only these conversations.</summary>
    public Task<int> MarkSpam(IReadOnlyList<long> ids, Actor actor, CancellationToken cancel) => Act(ids, (t, c) => c.Disposition == Disposition.Inbox, (t, c) =>
    {
        Filter(t, c, $"Marked as spam by {actor.Name}", marked: true);
        History.Add(t, c.Id, actor, "spam", "Marked as spam");
    }, cancel);

    /// <summary>From Filtered to the inbox.</summary>
    public Task<int> NotSpam(IReadOnlyList<long> ids, Actor actor, CancellationToken cancel) => Act(ids, (t, c) => c.Disposition == Disposition.Filtered, (t, c) =>
    {
        ToInbox(t, c.Id);
        History.Add(t, c.Id, actor, "not-spam", "Moved to the inbox: not spam");
    }, cancel);

    /// <summary>Blocks the contact's address; this and all future conversations of that sender go to Filtered.</summary>
    public Task<int> Block(IReadOnlyList<long> ids, Actor actor, CancellationToken cancel) => Act(ids, (t, c) => ContactOf(t, c).Length > 0, (t, c) =>
    {
        string address = ContactOf(t, c);
        t.Execute(
            "INSERT INTO block (address_key, agent, at) VALUES (@address, @name, @now) ON CONFLICT DO NOTHING",
            new { address, name = actor.Name, now = t.Now });
        if (c.Disposition == Disposition.Inbox)
        {
            Filter(t, c, $"{address} was blocked by {actor.Name}", marked: false);
        }

        History.Add(t, c.Id, actor, "blocked", $"Blocked {address}");
        AuditLog.Add(t, actor, "blocked", address);
    }, cancel);

    /// <summary>Takes an agent's block back: future mail is visible again.</summary>
    public Task<int> Unblock(IReadOnlyList<long> ids, Actor actor, CancellationToken cancel) => Act(ids, (t, c) => Blocked(t, c.Id), (t, c) =>
    {
        string address = ContactOf(t, c);
        t.Execute("DELETE FROM block WHERE address_key = @address", new { address });
        History.Add(t, c.Id, actor, "unblocked", $"Unblocked {address}");
        AuditLog.Add(t, actor, "unblocked", address);
    }, cancel);

    /// <summary>Whether an agent's block holds for the conversation's contact.</summary>
    public bool Blocked(long conversationId) => inbox.Read(r => Blocked(r, conversationId));

    /// <summary>The agent has seen the conversation as it stands now.</summary>
    public Task MarkRead(long conversationId, long agentId, CancellationToken cancel)
    {
        bool unread = inbox.Read(r => r.First<long>(
            "SELECT 1 FROM conversation c WHERE c.id = @conversationId AND c.last_message_id > coalesce((SELECT message_id FROM reading WHERE conversation_id = @conversationId AND agent_id = @agentId), 0)",
            new { conversationId, agentId })) == 1;
        return !unread ? Task.CompletedTask : inbox.Write(t => t.Execute(
            """
            INSERT INTO reading (agent_id, conversation_id, message_id) SELECT @agentId, id, last_message_id FROM conversation WHERE id = @conversationId
            ON CONFLICT (conversation_id, agent_id) DO UPDATE SET message_id = excluded.message_id
            """,
            new { conversationId, agentId })).WaitAsync(cancel);
    }

    /// <summary>Gives a conversation to an agent or to nobody, with the reason in the history.</summary>
    internal static void Assign(Transaction t, Conversation c, Agent? agent, Actor actor, string reason)
    {
        t.Execute("UPDATE conversation SET assignee_id = @agentId, routing_due = 0 WHERE id = @Id", new { c.Id, agentId = agent?.Id });
        History.Add(t, c.Id, actor, agent is null ? "unassigned" : "assigned", (agent is null ? "Unassigned" : $"Assigned to {agent.Name}") + reason);
        t.Touch(c.Inbox, c.Id);
    }

    internal static void Close(Transaction t, Conversation c, Actor actor)
    {
        t.Execute("UPDATE conversation SET status = 'closed', waiting_since = NULL, routing_due = 0 WHERE id = @Id", new { c.Id });
        History.Add(t, c.Id, actor, "closed", "Closed");
        t.Touch(c.Inbox, c.Id);
    }

    /// <param name="waiting">Somebody outside waits for an answer if the last word is theirs.</param>
    internal static void Reopen(Transaction t, Conversation c, Actor actor, string text, bool waiting = true)
    {
        t.Execute("UPDATE conversation SET status = 'open', waiting_since = CASE WHEN @waiting = 1 AND last_direction = 'in' THEN last_at END WHERE id = @Id", new { c.Id, waiting });
        History.Add(t, c.Id, actor, "reopened", text);
        t.Touch(c.Inbox, c.Id);
    }

    /// <summary>A recipient did not get it: somebody must look again.</summary>
    internal static void Fail(Transaction t, Conversation c, string text)
    {
        t.Execute("UPDATE conversation SET send_failed = 1, status = 'open' WHERE id = @Id", new { c.Id });
        History.Add(t, c.Id, Actor.Gateway, "failed", text);
        t.Touch(c.Inbox, c.Id);
    }

    internal static void ToInbox(Transaction t, long id) =>
        t.Execute("UPDATE conversation SET disposition = 'inbox', before_trash = '', filter_reason = '', marked_spam = 0, delete_at = NULL WHERE id = @id", new { id });

    /// <summary>The block of an agent for one of these senders, or null.</summary>
    internal static AgentBlock? BlockOf(Snapshot reader, IEnumerable<string> senders) => reader.First<AgentBlock>(
        $"SELECT agent, address_key AS address FROM block WHERE {reader.Dialect.In("address_key", "@keys")} ORDER BY address_key LIMIT 1",
        new { keys = Snapshot.List(senders.Where(s => s.Length > 0).Select(AddressKey.Of)) });

    private static void Filter(Transaction t, Conversation c, string reason, bool marked) => t.Execute(
        "UPDATE conversation SET disposition = 'filtered', filter_reason = @reason, marked_spam = @marked, routing_due = 0 WHERE id = @Id",
        new { c.Id, reason, marked });

    private static bool Blocked(Snapshot reader, long conversationId) => reader.First<long>(
        "SELECT 1 FROM conversation c JOIN contact k ON k.id = c.contact_id JOIN block b ON b.address_key = k.address_key WHERE c.id = @conversationId",
        new { conversationId }) == 1;

    private static string ContactOf(Snapshot reader, Conversation c) =>
        reader.First<string>("SELECT address_key FROM contact WHERE id = @ContactId", new { c.ContactId }) ?? "";

    private Task<int> Act(IReadOnlyList<long> ids, Func<Transaction, Conversation, bool> applies, Action<Transaction, Conversation> act, CancellationToken cancel) =>
        Write(t => Each(t, ids, c => applies(t, c), c => act(t, c)), cancel);

    private static int Each(Transaction t, IReadOnlyList<long> ids, Func<Conversation, bool> applies, Action<Conversation> act)
    {
        int changed = 0;
        foreach (Conversation conversation in ConversationStore.Find(t, ids).Where(applies))
        {
            act(conversation);
            t.Touch(conversation.Inbox, conversation.Id);
            changed++;
        }

        return changed;
    }

    private Task<int> Write(Func<Transaction, int> act, CancellationToken cancel) => inbox.Write(act).WaitAsync(cancel);
}
