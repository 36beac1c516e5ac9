using MailInbox.Inbox.Storage;
using MailInbox.Inbox.Team;
using Quartz;

namespace MailInbox.Inbox.Jobs;

/// <summary>A job as its page shows it.</summary>
/// <param name="Purpose">What it is for, in a sentence.</param>
/// <param name="Schedule">In words: "every 30 seconds".</param>
/// <param name="Next">When the timetable runs it again; null for never.</param>
public sealed record JobRow(string Name, string Purpose, string Schedule, DateTimeOffset? Next, JobHistory History);

/// <summary>Every job with its runs, and the way to run one by hand.</summary>
public sealed class JobBook(ISchedulerFactory schedulers, JobLog log, Database inbox)
{
    /// <summary>In the order of their names.</summary>
    public async Task<IReadOnlyList<JobRow>> All(CancellationToken cancel)
    {
        IScheduler scheduler = await schedulers.GetScheduler(cancel);
        List<JobRow> rows = [];
        foreach (JobKey key in await scheduler.GetJobKeys(GroupMatcher<JobKey>.AnyGroup(), cancel))
        {
            if (await scheduler.GetJobDetail(key, cancel) is { } job)
            {
                rows.Add(RowOf(job, await scheduler.GetTriggersOfJob(key, cancel)));
            }
        }

        return [.. rows.OrderBy(r => r.Name, StringComparer.Ordinal)];
    }

    /// <summary>Runs it now; one that runs already and may not run twice is left to end. False: no such job.</summary>
    public async Task<bool> Run(string name, Actor actor, CancellationToken cancel)
    {
        IScheduler scheduler = await schedulers.GetScheduler(cancel);
        if (await scheduler.GetJobDetail(new JobKey(name), cancel) is not { } job)
        {
            return false;
        }

        await AuditLog.Write(inbox, actor, "ran", $"job {name}", cancel);
        if (!job.ConcurrentExecutionDisallowed || log.Of(name).RunningSince is null)
        {
            await scheduler.TriggerJob(job.Key, new JobDataMap { [JobLog.By] = actor.Name }, cancel);
        }

        return true;
    }

    /// <summary>"every minute", "every 90 seconds".</summary>
    internal static string Every(TimeSpan pause) => pause.Ticks switch
    {
        > 0 and var ticks when ticks % TimeSpan.TicksPerDay == 0 => Every(ticks / TimeSpan.TicksPerDay, "day"),
        > 0 and var ticks when ticks % TimeSpan.TicksPerHour == 0 => Every(ticks / TimeSpan.TicksPerHour, "hour"),
        > 0 and var ticks when ticks % TimeSpan.TicksPerMinute == 0 => Every(ticks / TimeSpan.TicksPerMinute, "minute"),
        > 0 and var ticks when ticks % TimeSpan.TicksPerSecond == 0 => Every(ticks / TimeSpan.TicksPerSecond, "second"),
        _ => $"every {pause.TotalMilliseconds:0} milliseconds",
    };

    private static string Every(long count, string unit) => count == 1 ? $"every {unit}" : $"every {count} {unit}s";

    /// <summary>A run by hand has a trigger of its own for a moment: it is no part of the schedule.</summary>
    private JobRow RowOf(IJobDetail job, IReadOnlyCollection<ITrigger> triggers)
    {
        ISimpleTrigger? timed = triggers.OfType<ISimpleTrigger>().FirstOrDefault(t => t.RepeatInterval > TimeSpan.Zero);
        return new JobRow(
            job.Key.Name,
            job.Description ?? "",
            timed is null ? "by hand" : Every(timed.RepeatInterval),
            timed?.NextFireTimeUtc,
            log.Of(job.Key.Name));
    }
}
