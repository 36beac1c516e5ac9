using MailInbox.Inbox.Configuration;

namespace MailInbox.Inbox.Filtering;

/// <summary>Step 2: blocked by the file (header From or envelope) or by an agent.</summary>
internal static class BlockedSenders
{
    public static Finding Look(MailFacts facts, InboxFilters filters)
    {
        IEnumerable<string> senders = facts.EnvelopeFrom.Length > 0 ? facts.From.Append(facts.EnvelopeFrom) : facts.From;
        foreach (string address in senders)
        {
            if (filters.Block.FirstOrDefault(p => p.Matches(address)) is { } pattern)
            {
                return Finding.Filter("blocked", $"{Finding.Shown(address)} is a blocked sender", pattern.Source);
            }
        }

        return facts.AgentBlock is { } block
            ? Finding.Filter("blocked", $"{block.Agent} blocked {Finding.Shown(block.Address)}", block.Agent)
            : Finding.Pass("blocked", "Sender not blocked", "filters.json");
    }
}
