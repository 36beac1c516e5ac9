using MailInbox.Inbox.Mailboxes.Watching;
using Quartz;

namespace MailInbox.Inbox.Jobs;

/// <summary>Looks whether a source that used to bring mail has fallen silent.</summary>
[DisallowConcurrentExecution]
internal sealed class SilenceJob(SilenceAlarm silence) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken) => await silence.Look(cancellationToken);
}
