using MailInbox.Inbox.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Quartz;

namespace MailInbox.Inbox.Jobs;

/// <summary>Every job of the gateway, when it runs and what it is for.</summary>
public static class Timetable
{
    // Each new connection compares as well: at the start it would only log in twice.
    private static readonly TimeSpan Reconciling = TimeSpan.FromHours(6);

    public static void AddJobs(this IServiceCollection services, GatewayOptions options)
    {
        services.AddSingleton<JobLog>();
        services.AddSingleton<JobBook>();
        services.AddQuartz(quartz =>
        {
            quartz.AddJobListener(s => s.GetRequiredService<JobLog>());
            Every<TrashJob>(quartz, "trash retention", TimeSpan.FromSeconds(5), "Deletes for ever what has been in the trash long enough.");
            Every<OutboxJob>(quartz, "outbound retries", TimeSpan.FromSeconds(15), "Sends again what other servers put off.");
            Every<IntakeJob>(quartz, "intake retry", TimeSpan.FromSeconds(30), "Files mail that stayed waiting after a failure.");
            Every<RoutingJob>(quartz, "routing", options.Routing.Every, "Gives waiting conversations to people who have become available.");
            Every<PollingJob>(quartz, "mail polling", TimeSpan.FromSeconds(5), "Asks the mailboxes whose time has come for new mail.");
            Every<ReconciliationJob>(quartz, "mailbox reconciliation", Reconciling, "Compares the mailboxes with the ledger and fetches what is missing.", later: true);
            Every<SilenceJob>(quartz, "silence alarm", TimeSpan.FromMinutes(5), "Looks whether a source that used to bring mail has fallen silent.");
        });
        services.AddQuartzHostedService(quartz => quartz.WaitForJobsToComplete = true);
    }

    /// <param name="later">For the first time after one pause; else at once.</param>
    private static void Every<TJob>(IQuartzBuilder quartz, string name, TimeSpan pause, string purpose, bool later = false)
        where TJob : IJob =>
        quartz.ScheduleJob<TJob>(
            trigger => trigger.WithIdentity(name).StartAt(TimeProvider.System.GetUtcNow() + (later ? pause : TimeSpan.Zero)).WithSimpleSchedule(pause),
            job => job.WithIdentity(name).WithDescription(purpose));
}
