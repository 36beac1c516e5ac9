using System.Collections.Concurrent;
using Quartz;

namespace MailInbox.Inbox.Jobs;

/// <summary>One run of a job that is over.</summary>
/// <param name="By">Who started it by hand; empty when the timetable did.</param>
/// <param name="Failure">What went wrong, in one line; empty when it went well.</param>
public sealed record JobRun(DateTimeOffset Began, TimeSpan Length, string By, string Failure)
{
    public bool Failed => Failure.Length > 0;
}

/// <summary>What is remembered of a job since the gateway started.</summary>
/// <param name="Last">The newest first.</param>
/// <param name="LastFailure">It may be older than all of <paramref name="Last"/>.</param>
/// <param name="RunningSince">Null when it does not run just now.</param>
public sealed record JobHistory(IReadOnlyList<JobRun> Last, long Runs, long Failures, JobRun? LastFailure, DateTimeOffset? RunningSince)
{
    public static JobHistory None { get; } = new([], 0, 0, null, null);
}

/// <summary>Remembers the last runs of each job, in memory only.</summary>
public sealed class JobLog(TimeProvider clock) : IJobListener
{
    /// <summary>Runs that are kept of each job.</summary>
    public const int Kept = 20;

    /// <summary>In the data of a run: who started it by hand.</summary>
    internal const string By = "by";

    /// <summary>Characters of what went wrong.</summary>
    private const int MaxWords = 400;

    private readonly ConcurrentDictionary<string, Record> _records = new();

    public string Name => "log of runs";

    public JobHistory Of(string job) => _records.TryGetValue(job, out Record? record) ? record.History : JobHistory.None;

    public ValueTask JobToBeExecuted(IJobExecutionContext context, CancellationToken cancellationToken)
    {
        RecordOf(context).Begin(context.FireInstanceId, clock.GetUtcNow());
        return ValueTask.CompletedTask;
    }

    public ValueTask JobWasExecuted(IJobExecutionContext context, JobExecutionException? jobException, CancellationToken cancellationToken)
    {
        string by = context.MergedJobDataMap.TryGetValue(By, out object? name) && name is string words ? words : "";
        RecordOf(context).End(context.FireInstanceId, clock.GetUtcNow(), by, jobException is null ? "" : Words(jobException));
        return ValueTask.CompletedTask;
    }

    private Record RecordOf(IJobExecutionContext context) => _records.GetOrAdd(context.JobDetail.Key.Name, _ => new Record());

    /// <summary>Of the job's own exception: those around it are of the scheduler and say the same of every failure.</summary>
    private static string Words(Exception exception)
    {
        while (exception is SchedulerException or AggregateException && exception.InnerException is { } inner)
        {
            exception = inner;
        }

        string line = string.Join(' ', exception.Message.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return line.Length == 0 ? exception.GetType().Name : line.Length > MaxWords ? line[..MaxWords] + "…" : line;
    }

    /// <summary>What is known of one job.</summary>
    private sealed class Record
    {
        private readonly Lock _lock = new();
        private readonly Dictionary<string, DateTimeOffset> _running = [];
        private JobHistory _history = JobHistory.None;

        public JobHistory History
        {
            get
            {
                lock (_lock)
                {
                    return _history with { RunningSince = _running.Count == 0 ? null : _running.Values.Min() };
                }
            }
        }

        public void Begin(string run, DateTimeOffset at)
        {
            lock (_lock)
            {
                _running[run] = at;
            }
        }

        public void End(string run, DateTimeOffset at, string by, string failure)
        {
            lock (_lock)
            {
                _running.Remove(run, out DateTimeOffset began);
                JobRun over = new(began, at - began, by, failure);
                _history = new JobHistory(
                    [over, .. _history.Last.Take(Kept - 1)],
                    _history.Runs + 1,
                    _history.Failures + (over.Failed ? 1 : 0),
                    over.Failed ? over : _history.LastFailure,
                    null);
            }
        }
    }
}
