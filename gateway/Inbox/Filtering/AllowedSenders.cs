using MailInbox.Inbox.Configuration;

namespace MailInbox.Inbox.Filtering;

/// <summary>Step 1: who is allowed in the file is never filtered. Only the header From counts, and only if it names one sender.</summary>
internal static class AllowedSenders
{
    public static Finding Look(MailFacts facts, InboxFilters filters)
    {
        foreach (string address in facts.From)
        {
            if (filters.Allow.FirstOrDefault(p => p.Matches(address)) is { } pattern)
            {
                return facts.HasSeveralFrom
                    ? Finding.Pass("allowed", $"Several From addresses: that {Finding.Shown(address)} is allowed does not count", pattern.Source)
                    : Finding.Keep("allowed", $"{Finding.Shown(address)} is an allowed sender", pattern.Source);
            }
        }

        return Finding.Pass("allowed", $"No allowed sender meets {Finding.Sender(facts)}", "filters.json");
    }
}
