using MailInbox.Inbox.Routing;
using Quartz;

namespace MailInbox.Inbox.Jobs;

/// <summary>Tries again for conversations whose rule found nobody available.</summary>
[DisallowConcurrentExecution]
internal sealed class RoutingJob(Router router) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken) => await router.RouteWaiting(cancellationToken);
}
