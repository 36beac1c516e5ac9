using MailInbox.Inbox.Mailboxes;
using Microsoft.Extensions.Logging;
using Quartz;

namespace MailInbox.Inbox.Jobs;

/// <summary>Compares the mailboxes with the ledger and fetches what has appeared below the cursor.</summary>
[DisallowConcurrentExecution]
internal sealed class ReconciliationJob(Reconciliation reconciliation, ILogger<ReconciliationJob> logger) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
    {
        await foreach (FolderReport report in reconciliation.Run(inbox: null, cancellationToken))
        {
            if (report.Holes > 0 || report.Fault.Length > 0)
            {
                logger.LogWarning("{Source} {Folder}: {Holes} messages had no row. {Fault}", report.Source, report.Folder, report.Holes, report.Fault);
            }
        }
    }
}
