using MailInbox.Inbox.Intake;
using Quartz;

namespace MailInbox.Inbox.Jobs;

/// <summary>Wakes the intake for mails that stayed waiting after a failure.</summary>
internal sealed class IntakeJob(IntakeWorker worker) : IJob
{
    public ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
    {
        worker.Wake();
        return ValueTask.CompletedTask;
    }
}
