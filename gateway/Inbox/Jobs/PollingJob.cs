using MailInbox.Inbox.Mailboxes;
using Quartz;

namespace MailInbox.Inbox.Jobs;

/// <summary>Asks the mailboxes whose time has come.</summary>
internal sealed class PollingJob(Polling polling) : IJob
{
    public ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
    {
        polling.LookIfDue();
        return ValueTask.CompletedTask;
    }
}
