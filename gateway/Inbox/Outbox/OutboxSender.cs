using MailInbox.Inbox.Configuration;
using MailInbox.Inbox.Conversations;
using MailInbox.Inbox.RawMail;
using MailInbox.Inbox.Storage;
using MailInbox.Mail.Smtp;
using Microsoft.Extensions.Logging;

namespace MailInbox.Inbox.Outbox;

/// <summary>Sends what is due through the smart hosts and writes each recipient's result into the thread.</summary>
public sealed class OutboxSender(Database inbox, OutboxStore queue, RawMailStore raw, SmartHosts hosts, TimeProvider clock, ILogger<OutboxSender> logger) : IDisposable
{
    /// <summary>Messages taken from the queue at a time.</summary>
    private const int Batch = 50;

    private readonly SemaphoreSlim _one = new(1);
    private readonly SemaphoreSlim _news = new(0);

    /// <summary>Says that something was queued.</summary>
    public void Wake() => _news.Release();

    /// <summary>Sends whenever it is woken, until cancelled.</summary>
    public async Task Run(CancellationToken cancel)
    {
        while (!cancel.IsCancellationRequested)
        {
            try
            {
                await SendDue(cancel);
                await _news.WaitAsync(cancel);
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

    /// <summary>Sends everything that is due now; returns how many messages were tried.</summary>
    public async Task<int> SendDue(CancellationToken cancel)
    {
        await _one.WaitAsync(cancel);
        try
        {
            int tried = 0;
            foreach (SubmissionOptions host in hosts.All)
            {
                tried += await SendDue(host, cancel);
            }

            return tried;
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose()
    {
        _one.Dispose();
        _news.Dispose();
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
        IReadOnlyList<Outcome> outcomes = recipients.Count == 0 ? [] : await line.Send(new SmtpMessage(mail.EnvelopeFrom, recipients, raw.Bytes(mail.RawId)), cancel);
        bool tooOld = clock.GetUtcNow() - mail.QueuedAt > RetryPlan.GiveUp;
        IReadOnlyList<Outcome> final = [.. outcomes.Select(o => tooOld && o.State == DeliveryState.Deferred ? o with { State = DeliveryState.Failed, Reply = "Given up after 48 hours: " + o.Reply } : o)];
        if (final.Any(o => o.State == DeliveryState.Uncertain))
        {
            next = clock.GetUtcNow() + RetryPlan.Uncertain;
        }

        await inbox.Write(t => Record(t, mail, final, next));
        logger.LogInformation("Message {Message} of #{Conversation}: {Outcomes}", mail.MessageId, mail.ConversationId, string.Join(", ", final.GroupBy(o => o.State).Select(g => $"{g.Count()} {Words.Of(g.Key)}")));
    }

    private static void Record(Transaction t, OutgoingMail mail, IReadOnlyList<Outcome> outcomes, DateTimeOffset next)
    {
        OutboxStore.Record(t, mail, outcomes, next);
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
}
