using MailInbox.Inbox.Configuration;

namespace MailInbox.Inbox.Filtering;

/// <summary>Step 5, second half: lists, promotions and machines, each with its switch.</summary>
internal static class BulkMail
{
    public static Finding Look(MailFacts facts, InboxFilters filters)
    {
        (bool Is, bool Switch, string Text, string Setting)[] kinds =
        [
            (facts.IsList, filters.FilterLists, "Mail of a mailing list", "bulk.filterLists"),
            (facts.IsPromotion, filters.FilterPromotions, "Promotional or bulk mail", "bulk.filterPromotions"),
            (facts.IsAutomatic, filters.FilterAutomatic, "Automatic mail", "bulk.filterAutomatic"),
        ];
        foreach ((bool holds, bool filter, string text, string setting) in kinds)
        {
            if (holds && filter)
            {
                return Finding.Filter("bulk", text, filters.SourceOf(setting));
            }
        }

        foreach ((bool holds, _, string text, string setting) in kinds)
        {
            if (holds)
            {
                return Finding.Pass("bulk", $"{text}, which is not filtered here", filters.SourceOf(setting));
            }
        }

        return Finding.Pass("bulk", "No list, promotion or automatic mail", "filters.json");
    }
}
