using MailInbox.Inbox.Outbox;
using Quartz;

namespace MailInbox.Inbox.Jobs;

/// <summary>Wakes the sender for what has become due.</summary>
internal sealed class OutboxJob(OutboxSender sender) : IJob
{
    public ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
    {
        sender.Wake();
        return ValueTask.CompletedTask;
    }
}
