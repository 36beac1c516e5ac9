using MailInbox.Tests.Support;

namespace MailInbox.Tests.EndToEnd;

/// <summary>Compares what stands on a polled server with what the gateway has of it.</summary>
internal sealed record ImapAccounts
{
    /// <summary>On the server and not filed, or filed with other bytes.</summary>
    public required IReadOnlyList<string> Lost { get; init; }

    /// <summary>Filed more than once, or more than once in conversations.</summary>
    public required IReadOnlyList<string> Doubled { get; init; }

    /// <summary>Filed though nobody can have read them from the server.</summary>
    public required IReadOnlyList<string> Strangers { get; init; }

    /// <summary>Kept a second time and found to be there already.</summary>
    public required int Duplicates { get; init; }

    /// <summary>Messages with other flags than they should have.</summary>
    public required IReadOnlyList<string> Flags { get; init; }

    /// <summary>Messages that the server cannot hand out and that are neither held nor tried again.</summary>
    public required IReadOnlyList<SeenRow> Unnamed { get; init; }

    /// <summary>Of the messages that the server cannot hand out: those that a person is told of.</summary>
    public required int Held { get; init; }

    public static async Task<ImapAccounts> Balance(ImapChaos chaos, string afterwards)
    {
        IReadOnlyList<LedgerLine> ledger = await chaos.Place.Ledger();
        ILookup<string, LedgerLine> filed = ledger.Where(l => l.Filings is [{ Outcome: "filed", Conversation: > 0 }]).ToLookup(l => l.MessageId);
        ILookup<string, string> messages = chaos.Place.Read("inbox.db", r => r.All<string>("SELECT message_id FROM message")).ToLookup(id => id);
        IReadOnlyDictionary<string, string> sent = chaos.Others.Sent;
        IReadOnlyList<SeenRow> poisoned = [.. chaos.Seen().Where(row => !sent.ContainsKey(row.MessageId))];
        return new ImapAccounts
        {
            Lost = [.. sent.Where(s => !filed[s.Key].Any(l => l.Sha256 == s.Value) || !messages.Contains(s.Key)).Select(s => s.Key)],
            Doubled = [.. filed.Where(f => f.Count() > 1).Select(f => f.Key).Union(messages.Where(m => m.Count() > 1).Select(m => m.Key))],
            Strangers = [.. filed.Select(f => f.Key).Union(messages.Select(m => m.Key)).Where(id => !sent.ContainsKey(id))],
            Duplicates = ledger.Count(l => l.Filings.Any(f => f.Outcome == "duplicate")),
            Flags = Wrong(chaos, afterwards == "seen"),
            Unnamed = [.. poisoned.Where(row => row.State is not ("held" or "waiting") || row.Reason.Length == 0)],
            Held = poisoned.Count(row => row.State == "held"),
        };
    }

    private static IReadOnlyList<string> Wrong(ImapChaos chaos, bool seen)
    {
        IReadOnlyDictionary<string, string> flags = chaos.Flags;
        string Wanted(string id) => chaos.Others.Marked.GetValueOrDefault(id, "") + (seen ? "S" : "");
        return [.. chaos.Others.Sent.Keys.Where(id => flags.GetValueOrDefault(id, "gone") != Wanted(id)).Select(id => $"{id} has {flags.GetValueOrDefault(id, "gone")}, not {Wanted(id)}")];
    }
}
