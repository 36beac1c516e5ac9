using MailInbox.Inbox.Storage;
using MailInbox.Inbox.Team;

namespace MailInbox.Inbox.Conversations;

/// <summary>An agent leaves: his sessions end and his conversations go back to nobody, in one transaction.</summary>
public sealed class Departure(Database inbox)
{
    /// <summary>False when that would leave no active administrator.</summary>
    public Task<bool> Deactivate(long agentId, Actor actor, CancellationToken cancel) => inbox.Write(t =>
    {
        if (!AgentStore.MayLose(t, agentId))
        {
            return false;
        }

        t.Execute("UPDATE agent SET active = 0, stamp = @stamp WHERE id = @agentId", new { agentId, stamp = AgentStore.NewStamp() });
        Agent agent = t.First<Agent>("SELECT * FROM agent WHERE id = @agentId", new { agentId })!;
        AuditLog.Add(t, actor, "deactivated", agent.Email);
        foreach (Conversation c in t.All<Conversation>("SELECT * FROM conversation WHERE assignee_id = @agentId", new { agentId }))
        {
            ConversationActions.Assign(t, c, null, actor, $": {agent.Name} was deactivated");
            // Open ones look for somebody else by the routing rules.
            t.Execute("UPDATE conversation SET routing_due = 1 WHERE id = @Id AND status = 'open' AND disposition = 'inbox'", new { c.Id });
        }

        return true;
    }).WaitAsync(cancel);
}
