using MailInbox.Inbox.Configuration;

namespace MailInbox.Inbox.Filtering;

/// <summary>Step 3: people the team deals with pass the steps behind it, unless a machine writes in their name.</summary>
internal static class KnownPeople
{
    public static Finding Look(MailFacts facts, InboxFilters _)
    {
        string sender = Finding.Sender(facts);
        if (!facts.ParticipantOfAnswered && !facts.WrittenTo)
        {
            return Finding.Pass("known", $"The team never wrote to {sender}");
        }

        if (facts.HasSeveralFrom)
        {
            return Finding.Pass("known", $"Several From addresses: that {sender} is known does not count");
        }

        if (facts.IsAutomatic)
        {
            return Finding.Pass("known", $"{sender} is known, but this mail is automatic");
        }

        return Finding.Keep("known", facts.ParticipantOfAnswered
            ? $"{sender} takes part in the conversation it answers"
            : $"The team has written to {sender}", "");
    }
}
