using MailInbox.Inbox.Configuration;
using MailInbox.Inbox.Contacts;
using MailInbox.Inbox.Conversations;
using MailInbox.Inbox.Filtering;
using MailInbox.Inbox.RawMail;
using MailInbox.Inbox.Routing;
using MailInbox.Inbox.Storage;
using Microsoft.Extensions.Logging;

namespace MailInbox.Inbox.Intake;

/// <summary>
/// Files one mail into each inbox it is for, exactly once: the ledger row and everything it speaks of are one transaction.
/// What cannot be filed is put into quarantine with the reason.
/// </summary>
public sealed class MailFiler(Database inbox, GatewayOptions options, InboxDirectory inboxes, Router router, ServerActions actions, ILogger<MailFiler> logger)
{
    private readonly MailFilters _filters = new(options.Filters);

    /// <summary>True when the mail has a ledger row in every inbox it is for; false when the database would not take it now.</summary>
    public async Task<bool> File(RawMessage raw, byte[] bytes)
    {
        IReadOnlyList<string> keys = [.. raw.RecipientList.Select(r => r.Inbox).Distinct()];
        try
        {
            MailReading reading = MailReading.Read(raw, bytes, inboxes.Owns);
            foreach (string key in keys)
            {
                await inbox.Write(t => File(t, reading, key));
            }

            if (raw.Source == RawSource.Imap)
            {
                actions.Announce(raw.Client);
            }
        }
        catch (Exception failure) when (inbox.Dialect.IsOutage(failure))
        {
            // Nothing is wrong with the mail: it stays waiting and is tried again.
            logger.LogError(failure, "Raw mail {Id} stays waiting", raw.Id);
            return false;
        }
        catch (Exception failure)
        {
            return await TryQuarantine(raw, keys, failure);
        }

        return true;
    }

    /// <summary>The whole decision on one screen, inside the transaction.</summary>
    private void File(Transaction t, MailReading reading, string key)
    {
        IncomingMail mail = reading.For(key);
        if (IntakeLedger.Settled(t, mail.RawId, key))
        {
            return;
        }

        actions.Order(t, reading.Raw);
        Filing filing = new() { RawId = mail.RawId, Inbox = key, MessageId = mail.MessageId };
        if (Duplicates.Find(t, mail) is { } twin)
        {
            IntakeLedger.Add(t, filing with { Outcome = FilingOutcome.Duplicate, Reason = twin.Reason, ConversationId = twin.ConversationId });
            if (twin.ConversationId is null)
            {
                Erasure.Order(t, mail.RawId);
            }

            return;
        }

        Message? reported = reading.Report?.Find(t, key);
        ThreadingResult found = reported is null ? Threading.Find(t, mail) : Joined(t, reported);
        Decision decision = _filters.Judge(Facts(t, reading, mail, found, reported is not null));
        Placement placed = Placing.Place(t, reported is null ? mail : mail with { Kind = MessageKind.Bounce, Quiet = !reading.Report!.Failed }, found, decision);
        if (reported is not null)
        {
            reading.Report!.Apply(t, reported);
        }

        if (placed.New && !decision.Filtered)
        {
            router.Route(t, placed, mail, reading.Raw.RecipientList);
        }

        Duplicates.Remember(t, mail, placed.MessageId);
        IntakeLedger.Add(t, filing with { Outcome = FilingOutcome.Filed, Reason = decision.Reason, ConversationId = placed.ConversationId });
    }

    private static ThreadingResult Joined(Transaction t, Message reported) => new(
        ConversationStore.Find(t, reported.ConversationId),
        null,
        new TraceStep("threading", TraceMark.Decided, $"Joins #{reported.ConversationId}: a delivery report about a message sent from there", ""));

    private static MailFacts Facts(Transaction t, MailReading reading, IncomingMail mail, ThreadingResult found, bool report)
    {
        Contact? contact = ContactStore.Find(t, mail.From.Address);
        return new MailFacts
        {
            Inbox = mail.Inbox,
            From = reading.FromAddresses,
            EnvelopeFrom = reading.EnvelopeFrom,
            IsList = reading.Machine.List,
            IsPromotion = reading.Machine.Promotion,
            IsAutomatic = reading.Machine.Automatic,
            IsReportOfOurs = report,
            AgentBlock = ConversationActions.BlockOf(t, [mail.From.Address, .. reading.FromAddresses, reading.EnvelopeFrom]),
            ParticipantOfAnswered = found.Conversation is { HasOutgoing: true },
            WrittenTo = contact is { WrittenTo: true },
        };
    }

    private async Task<bool> TryQuarantine(RawMessage raw, IReadOnlyList<string> keys, Exception failure)
    {
        logger.LogError(failure, "Raw mail {Id} could not be filed", raw.Id);
        try
        {
            string reason = $"{failure.GetType().Name}: {failure.Message}";
            await inbox.Write(t =>
            {
                foreach (string key in keys.Where(k => !IntakeLedger.Settled(t, raw.Id, k)))
                {
                    IntakeLedger.Add(t, new Filing { RawId = raw.Id, Inbox = key, Outcome = FilingOutcome.Quarantined, Reason = reason.Length <= 500 ? reason : reason[..500] });
                }
            });
            return true;
        }
        catch (Exception second)
        {
            // The database itself is the trouble: the mail stays waiting and is tried again.
            logger.LogError(second, "Raw mail {Id} stays waiting", raw.Id);
            return false;
        }
    }
}
