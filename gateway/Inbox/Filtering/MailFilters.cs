using MailInbox.Inbox.Configuration;

namespace MailInbox.Inbox.Filtering;

/// <summary>Decides whether a mail goes to the inbox or to <i>Filtered</i>. Each step leaves a line of the trace, the first that decides wins.</summary>
public sealed class MailFilters(FiltersOptions options)
{
    // The order is the promise made to administrators: allowed before blocked, known people before roles and bulk.
    private static readonly Func<MailFacts, InboxFilters, Finding>[] Steps =
    [
        AllowedSenders.Look,
        BlockedSenders.Look,
        KnownPeople.Look,
        RoleAddresses.Look,
        BulkMail.Look,
    ];

    /// <summary>The decision for one mail in one inbox; depends on nothing but the facts and the options.</summary>
    public Decision Judge(MailFacts facts)
    {
        if (facts.IsReportOfOurs)
        {
            return Kept([], "A delivery report about a message of ours is never filtered");
        }

        InboxFilters filters = options.For(facts.Inbox);
        List<TraceStep> trace = [];
        foreach (Func<MailFacts, InboxFilters, Finding> look in Steps)
        {
            Finding finding = look(facts, filters);
            trace.Add(finding.Line);
            if (finding.Verdict != Verdict.Open)
            {
                return new Decision(finding.Verdict == Verdict.Filter, finding.Line.Text, trace);
            }
        }

        return Kept(trace, "Nothing filters it: to the inbox");
    }

    private static Decision Kept(List<TraceStep> trace, string text)
    {
        trace.Add(new TraceStep("inbox", TraceMark.Decided, text, ""));
        return new Decision(false, text, trace);
    }
}
