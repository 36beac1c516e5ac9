using MailInbox.Inbox.Conversations;
using Quartz;

namespace MailInbox.Inbox.Jobs;

/// <summary>Deletes for ever what has been in the trash long enough, and what a crash left half erased.</summary>
[DisallowConcurrentExecution]
internal sealed class TrashJob(Erasure erasure, TimeProvider clock) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
    {
        await erasure.DeleteDue(clock.GetUtcNow(), cancellationToken);
    }
}
