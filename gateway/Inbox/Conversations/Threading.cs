using MailInbox.Inbox.Contacts;
using MailInbox.Inbox.Filtering;
using MailInbox.Inbox.Storage;

namespace MailInbox.Inbox.Conversations;

/// <summary>What the search for a mail's conversation found.</summary>
/// <param name="Conversation">The one it joins; null for a new one.</param>
/// <param name="LinkedId">One it may belong to, but that it must not join.</param>
/// <param name="Evidence">The line of the trace.</param>
public sealed record ThreadingResult(Conversation? Conversation, long? LinkedId, TraceStep Evidence);

/// <summary>
/// Finds the conversation that a mail belongs to: by the Message-IDs it refers to, and by those of earlier mails that
/// refer to it. The sender must take part, or hold an id that we made (its 128 random bits are the token).
/// </summary>
internal static class Threading
{
    /// <param name="participantsRule">False lets strangers in; only to compare with other tools' threading.</param>
    public static ThreadingResult Find(Snapshot reader, IncomingMail mail, bool participantsRule = true)
    {
        long? stranger = null;
        foreach (Candidate candidate in Candidates(reader, mail))
        {
            string? evidence = participantsRule ? Evidence(reader, mail, candidate) : "";
            if (evidence is not null)
            {
                Conversation conversation = reader.First<Conversation>("SELECT * FROM conversation WHERE id = @id", new { id = candidate.ConversationId })!;
                return new ThreadingResult(conversation, null, new TraceStep("threading", TraceMark.Decided, $"Joins #{conversation.Id}: {candidate.Reason}{evidence}", ""));
            }

            stranger ??= candidate.ConversationId;
        }

        return New(stranger, stranger is null ? Elsewhere(reader, mail) : null);
    }

    private static ThreadingResult New(long? stranger, long? elsewhere)
    {
        string text = (stranger, elsewhere) switch
        {
            (long id, _) => $"New conversation: it refers to #{id}, but its sender takes no part there",
            (_, long id) => $"New conversation: it refers to #{id} of another inbox",
            _ => "New conversation: it refers to no known message",
        };
        return new ThreadingResult(null, stranger ?? elsewhere, new TraceStep("threading", TraceMark.Passed, text, ""));
    }

    /// <summary>Conversations of this inbox in the order of the evidence's weight.</summary>
    private static IEnumerable<Candidate> Candidates(Snapshot reader, IncomingMail mail)
    {
        HashSet<long> seen = [];
        if (mail.References.Count > 0)
        {
            ILookup<string, Known> known = reader.All<Known>(
                $"SELECT message_id, conversation_id, direction, kind FROM message WHERE {reader.Dialect.In("message_id", "@ids")} AND message_id <> '' AND inbox = @inbox",
                new { ids = Snapshot.List(mail.References), inbox = mail.Inbox }).ToLookup(k => k.MessageId);
            foreach (Known parent in mail.References.SelectMany(id => known[id]))
            {
                bool token = parent.Direction == Direction.Out && parent.Kind != MessageKind.Forward && !mail.List;
                if (token || seen.Add(parent.ConversationId))
                {
                    yield return new Candidate(parent.ConversationId, "it answers a message there", token);
                }
            }
        }

        foreach (long id in Kin(reader, mail).Where(seen.Add))
        {
            yield return new Candidate(id, "messages there answer it, or the same one", false);
        }
    }

    /// <summary>Conversations whose messages refer to this mail, or to the same unknown parent.</summary>
    private static IReadOnlyList<long> Kin(Snapshot reader, IncomingMail mail)
    {
        List<string> ids = [.. mail.References];
        if (mail.MessageId.Length > 0)
        {
            ids.Add(mail.MessageId);
        }

        // Not a join: SQLite would go through all conversations of the inbox.
        return ids.Count == 0 ? [] : reader.All<long>(
            $"SELECT DISTINCT r.conversation_id FROM reference r WHERE {reader.Dialect.In("r.message_id", "@ids")} AND (SELECT c.inbox FROM conversation c WHERE c.id = r.conversation_id) = @inbox ORDER BY r.conversation_id",
            new { ids = Snapshot.List(ids), inbox = mail.Inbox });
    }

    /// <summary>Why the sender may join, as words that follow the reason; null when he may not.</summary>
    private static string? Evidence(Snapshot reader, IncomingMail mail, Candidate candidate)
    {
        if (candidate.Token)
        {
            return ", and holds an id that we made";
        }

        if (mail.FromCount != 1 || mail.From.Address.Length == 0)
        {
            return null;
        }

        long found = reader.First<long>(
            "SELECT 1 FROM participant WHERE conversation_id = @id AND address_key = @key",
            new { id = candidate.ConversationId, key = AddressKey.Of(mail.From.Address) });
        return found == 1 ? ", and its sender takes part" : null;
    }

    private static long? Elsewhere(Snapshot reader, IncomingMail mail)
    {
        if (mail.References.Count == 0)
        {
            return null;
        }

        long id = reader.First<long>(
            $"SELECT conversation_id FROM message WHERE {reader.Dialect.In("message_id", "@ids")} AND message_id <> '' AND inbox <> @inbox ORDER BY id DESC LIMIT 1",
            new { ids = Snapshot.List(mail.References), inbox = mail.Inbox });
        return id == 0 ? null : id;
    }

    private sealed record Candidate(long ConversationId, string Reason, bool Token);

    private sealed record Known
    {
        public string MessageId { get; init; } = "";

        public long ConversationId { get; init; }

        public Direction Direction { get; init; }

        public MessageKind Kind { get; init; }
    }
}
