using MailInbox.Inbox.Configuration;
using MailInbox.Inbox.Conversations;
using MailInbox.Inbox.RawMail;
using MailInbox.Inbox.Storage;
using MailInbox.Mail.Mime.Composing;
using MailInbox.Mail.Smtp;
using Microsoft.Extensions.Logging;

namespace MailInbox.Inbox.Outbox;

/// <summary>Sends what is due through the smart hosts and writes each recipient's result into the thread.</summary>
public sealed class OutboxSender(Database inbox, OutboxStore queue, RawMailStore raw, SmartHosts hosts, SentCopies copies, TimeProvider clock, ILogger<OutboxSender> logger) : IDisposable
{
    /// <summary>Messages taken from the queue at a time.</summary>
    private const int Batch = 50;

    // A host that hangs keeps only its own mail waiting.
    private readonly Lane[] _lanes = [.. hosts.All.Select(h => new Lane(h))];

    /// <summary>Says that something was queued.</summary>
    public void Wake()
    {
        foreach (Lane lane in _lanes)
        {
            lane.News.Release();
        }
    }

    /// <summary>Sends whenever it is woken, until cancelled.</summary>
    public Task Run(CancellationToken cancel) => Task.WhenAll(_lanes.Select(l => Run(l, cancel)));

    /// <summary>Sends everything that is due now; returns how many messages were tried.</summary>
    public async Task<int> SendDue(CancellationToken cancel) => (await Task.WhenAll(_lanes.Select(l => SendDue(l, cancel)))).Sum();

    public void Dispose()
    {
        foreach (Lane lane in _lanes)
        {
            lane.One.Dispose();
            lane.News.Dispose();
        }
    }

    private async Task Run(Lane lane, CancellationToken cancel)
    {
        while (!cancel.IsCancellationRequested)
        {
            try
            {
                await SendDue(lane, cancel);
                await lane.News.WaitAsync(cancel);
            }
            catch (OperationCanceledException) when (cancel.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure)
            {
                // Nothing is lost: the entries stand in the queue, and the retry job wakes the sender again.
                logger.LogError(failure, "Sending was interrupted");
                await Task.Delay(TimeSpan.FromSeconds(5), clock, cancel);
            }
        }
    }

    private async Task<int> SendDue(Lane lane, CancellationToken cancel)
    {
        await lane.One.WaitAsync(cancel);
        try
        {
            return await SendDue(lane.Host, cancel);
        }
        finally
        {
            lane.One.Release();
        }
    }

    private async Task<int> SendDue(SubmissionOptions host, CancellationToken cancel)
    {
        int tried = 0;
        await using SmartHostLine line = new(host, hosts.HeloName, clock);
        while (queue.Due(hosts.InboxesOf(host), clock.GetUtcNow(), Batch) is { Count: > 0 } due)
        {
            foreach (OutgoingMail mail in due)
            {
                await Send(line, mail, cancel);
                tried++;
            }
        }

        return tried;
    }

    private async Task Send(SmartHostLine line, OutgoingMail mail, CancellationToken cancel)
    {
        DateTimeOffset next = clock.GetUtcNow() + RetryPlan.After(mail.Attempts + 1, Random.Shared.NextDouble());
        IReadOnlyList<string> recipients = await queue.Claim(mail, next);
        SmtpMessage message = new(mail.EnvelopeFrom, recipients, raw.Bytes(mail.RawId)) { SevenBit = SevenBit.Of };
        IReadOnlyList<Outcome> outcomes = recipients.Count == 0 ? [] : await line.Send(message, cancel);
        bool tooOld = clock.GetUtcNow() - mail.QueuedAt > RetryPlan.GiveUp;
        IReadOnlyList<Outcome> final = [.. outcomes.Select(o => tooOld && o.State == DeliveryState.Deferred ? o with { State = DeliveryState.Failed, Reply = "Given up after 48 hours: " + o.Reply } : o)];
        if (final.Any(o => o.State == DeliveryState.Uncertain))
        {
            next = clock.GetUtcNow() + RetryPlan.Uncertain;
        }

        await inbox.Write(t => Record(t, mail, final, next));
        copies.Announce(mail.Inbox);
        logger.LogInformation("Message {Message} of #{Conversation}: {Outcomes}", mail.MessageId, mail.ConversationId, string.Join(", ", final.GroupBy(o => o.State).Select(g => $"{g.Count()} {Words.Of(g.Key)}")));
    }

    private void Record(Transaction t, OutgoingMail mail, IReadOnlyList<Outcome> outcomes, DateTimeOffset next)
    {
        OutboxStore.Record(t, mail, outcomes, next);
        if (outcomes.Any(o => o.State == DeliveryState.Sent))
        {
            copies.Order(t, mail);
        }

        Conversation? conversation = ConversationStore.Find(t, mail.ConversationId);
        if (conversation is null)
        {
            return;
        }

        foreach (Outcome failed in outcomes.Where(o => o.State == DeliveryState.Failed))
        {
            ConversationActions.Fail(t, conversation, $"Not delivered to {failed.Address}: {failed.Reply}");
        }

        t.Touch(mail.Inbox, mail.ConversationId);
    }

    /// <summary>What waits for one host.</summary>
    private sealed record Lane(SubmissionOptions Host)
    {
        public SemaphoreSlim One { get; } = new(1);

        public SemaphoreSlim News { get; } = new(0);
    }
}
