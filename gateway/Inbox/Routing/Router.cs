using System.Text.Json;
using MailInbox.Inbox.Configuration;
using MailInbox.Inbox.Conversations;
using MailInbox.Inbox.Filtering;
using MailInbox.Inbox.RawMail;
using MailInbox.Inbox.Storage;
using MailInbox.Inbox.Team;

namespace MailInbox.Inbox.Routing;

/// <summary>Gives new conversations to agents by routing.json: the first rule that holds, its team's primary members in turn.</summary>
public sealed class Router(Database inbox, RawMailStore raw, GatewayOptions options)
{
    /// <summary>Conversations looked at in one piece of the job.</summary>
    private const int Batch = 50;

    /// <summary>Tries again for conversations whose rule found nobody, or whose agent left. Returns how many found somebody.</summary>
    public async Task<int> RouteWaiting(CancellationToken cancel)
    {
        int routed = 0;
        long after = 0;
        while (!cancel.IsCancellationRequested)
        {
            IReadOnlyList<Due> due = inbox.Read(r => r.All<Due>(
                """
                SELECT c.id, coalesce((SELECT m.raw_id FROM message m WHERE m.conversation_id = c.id AND m.direction = 'in' ORDER BY m.id LIMIT 1), 0) AS raw_id
                FROM conversation c WHERE c.routing_due = 1 AND c.id > @after ORDER BY c.id LIMIT @Batch
                """,
                new { after, Batch }));
            if (due.Count == 0)
            {
                break;
            }

            after = due[^1].Id;
            // A rule may have looked at the envelope, which stands in the other database: read before the transaction.
            List<(long Id, IReadOnlyList<RawRecipient> Recipients)> again = [.. due.Select(d => (d.Id, raw.Find(d.RawId)?.RecipientList ?? []))];
            routed += await inbox.Write(t => again.Count(c => RouteAgain(t, c.Id, c.Recipients)));
        }

        return routed;
    }

    /// <summary>Routes a conversation that has just been opened.</summary>
    internal void Route(Transaction t, Placement placed, IncomingMail mail, IReadOnlyList<RawRecipient> recipients)
    {
        RoutingFacts facts = new(mail.Inbox, [mail.From.Address], [.. mail.To.Concat(mail.Cc).Select(p => p.Address).Concat(recipients.Select(r => r.Address))]);
        Route(t, placed.ConversationId, placed.MessageId, facts);
    }

    private bool RouteAgain(Transaction t, long id, IReadOnlyList<RawRecipient> recipients)
    {
        Message? message = t.First<Message>("SELECT * FROM message WHERE conversation_id = @id AND direction = 'in' ORDER BY id LIMIT 1", new { id });
        Conversation? conversation = ConversationStore.Find(t, id);
        if (message is null || conversation is not { AssigneeId: null, Status: ConversationStatus.Open, Disposition: Disposition.Inbox })
        {
            t.Execute("UPDATE conversation SET routing_due = 0 WHERE id = @id", new { id });
            return false;
        }

        RoutingFacts facts = new(message.Inbox, [message.FromAddress], [.. message.To.Concat(message.Cc).Select(p => p.Address).Concat(recipients.Select(r => r.Address))]);
        return Route(t, id, message.Id, facts);
    }

    private bool Route(Transaction t, long conversationId, long messageId, RoutingFacts facts)
    {
        RoutingRule? rule = RoutingRules.Find(options.Routing, facts);
        if (rule is null)
        {
            t.Execute("UPDATE conversation SET routing_due = 0 WHERE id = @conversationId AND routing_due <> 0", new { conversationId });
            return false;
        }

        Agent? agent = Next(t, rule);
        if (agent is null)
        {
            t.Execute("UPDATE conversation SET routing_due = 1 WHERE id = @conversationId", new { conversationId });
            return false;
        }

        Conversation conversation = ConversationStore.Find(t, conversationId)!;
        ConversationActions.Assign(t, conversation, agent, Actor.Gateway, $" by rule “{rule.Name}”");
        Note(t, messageId, new TraceStep("routing", TraceMark.Decided, $"Rule “{rule.Name}”: the turn of {agent.Name}", rule.Source));
        return true;
    }

    /// <summary>The one after whoever got the last; null when nobody of the rule can take work.</summary>
    private Agent? Next(Transaction t, RoutingRule rule)
    {
        IReadOnlyList<string> emails = rule.Team is null ? rule.Agents : options.Team.Teams[rule.Team].Primary;
        List<Agent> available = [.. emails.Select(e => AgentStore.FindByEmail(t, e)).OfType<Agent>().Where(a => a is { Active: true, PasswordHash.Length: > 0 } && a.Role != Role.Observer)];
        if (available.Count == 0)
        {
            return null;
        }

        string turn = rule.Team ?? "rule " + rule.Name;
        long last = t.First<long>("SELECT agent_id FROM round_robin WHERE team = @turn", new { turn });
        Agent next = available[(available.FindIndex(a => a.Id == last) + 1) % available.Count];
        t.Execute("INSERT INTO round_robin (team, agent_id) VALUES (@turn, @Id) ON CONFLICT (team) DO UPDATE SET agent_id = excluded.agent_id", new { turn, next.Id });
        return next;
    }

    private static void Note(Transaction t, long messageId, TraceStep step)
    {
        List<TraceStep> trace = JsonSerializer.Deserialize<List<TraceStep>>(t.First<string>("SELECT trace FROM message WHERE id = @messageId", new { messageId }) ?? "[]") ?? [];
        trace.Add(step);
        t.Execute("UPDATE message SET trace = @trace WHERE id = @messageId", new { messageId, trace = JsonSerializer.Serialize(trace) });
    }

    private sealed record Due
    {
        public long Id { get; init; }

        public long RawId { get; init; }
    }
}
