using MailInbox.Inbox.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Quartz;

namespace MailInbox.Inbox.Jobs;

/// <summary>Every job of the gateway and when it runs.</summary>
public static class Timetable
{
    public static void AddJobs(this IServiceCollection services, GatewayOptions options)
    {
        services.AddQuartz(quartz =>
        {
            Every<TrashJob>(quartz, "trash retention", TimeSpan.FromSeconds(5));
            Every<OutboxJob>(quartz, "outbound retries", TimeSpan.FromSeconds(15));
            Every<IntakeJob>(quartz, "intake retry", TimeSpan.FromSeconds(30));
            Every<RoutingJob>(quartz, "routing", options.Routing.Every);
        });
        services.AddQuartzHostedService(quartz => quartz.WaitForJobsToComplete = true);
    }

    private static void Every<TJob>(IQuartzBuilder quartz, string name, TimeSpan pause)
        where TJob : IJob =>
        quartz.ScheduleJob<TJob>(trigger => trigger.WithIdentity(name).StartNow().WithSimpleSchedule(pause));
}
