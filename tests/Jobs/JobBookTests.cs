using MailInbox.Inbox.Jobs;
using MailInbox.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Quartz;

namespace MailInbox.Tests.Jobs;

public sealed class JobBookTests
{
    [TestCase(1, "every second")]
    [TestCase(30, "every 30 seconds")]
    [TestCase(60, "every minute")]
    [TestCase(90, "every 90 seconds")]
    [TestCase(7_200, "every 2 hours")]
    [TestCase(86_400, "every day")]
    public void A_schedule_is_said_in_words(int seconds, string words) =>
        Assert.That(JobBook.Every(TimeSpan.FromSeconds(seconds)), Is.EqualTo(words));

    [Test]
    public async Task A_failure_is_told_in_the_words_of_the_job_and_not_of_the_scheduler()
    {
        await using Bench bench = await Bench.Start();
        Assert.That(await bench.Book.Run("fails", TestGateway.Nobody, CancellationToken.None), Is.True);
        await Eventually.Holds(() => bench.Log.Of("fails").Runs == 1, "the job ran");
        JobRun run = bench.Log.Of("fails").Last[0];
        Assert.That(run.Failure, Is.EqualTo("The disk is full: 0 bytes are left."));
        Assert.That(bench.Log.Of("fails").Failures, Is.EqualTo(1));
        Assert.That(bench.Log.Of("fails").LastFailure, Is.EqualTo(run));
    }

    [Test]
    public async Task The_last_runs_are_kept_and_all_are_counted()
    {
        await using Bench bench = await Bench.Start();
        for (int i = 0; i < JobLog.Kept + 5; i++)
        {
            await bench.Book.Run("goes well", new(null, $"person {i}"), CancellationToken.None);
            await Eventually.Holds(() => bench.Log.Of("goes well").Runs == i + 1, "the job ran");
        }

        JobHistory history = bench.Log.Of("goes well");
        Assert.That(history.Last, Has.Count.EqualTo(JobLog.Kept));
        Assert.That(history.Last[0].By, Is.EqualTo($"person {JobLog.Kept + 4}"));
        Assert.That(history.Failures, Is.Zero);
    }

    [Test]
    public async Task A_job_that_runs_already_is_left_to_end()
    {
        await using Bench bench = await Bench.Start();
        await bench.Book.Run("waits", new(null, "first"), CancellationToken.None);
        await Eventually.Holds(() => bench.Log.Of("waits").RunningSince is not null, "the job runs");
        Assert.That(await bench.Book.Run("waits", new(null, "second"), CancellationToken.None), Is.True);
        bench.Gate.Open.SetResult();
        await Eventually.Holds(() => bench.Log.Of("waits") is { Runs: 1, RunningSince: null }, "the job ended");
        await bench.Book.Run("waits", new(null, "third"), CancellationToken.None);
        await Eventually.Holds(() => bench.Log.Of("waits").Runs >= 2, "the job ran again");
        Assert.That(bench.Log.Of("waits").Last.Select(r => r.By), Is.EqualTo(new[] { "third", "first" }));
    }

    [Test]
    public async Task The_book_names_every_job_with_its_purpose_and_schedule()
    {
        await using TestGateway gateway = await TestGateway.Start();
        IReadOnlyList<JobRow> rows = await gateway.Get<JobBook>().All(CancellationToken.None);
        Assert.That(rows.Select(r => r.Name), Is.SupersetOf(new[] { "intake retry", "outbound retries", "routing", "trash retention" }).And.Ordered);
        Assert.That(rows.Select(r => r.Purpose), Has.All.Match("^[A-Z].*[.]$"));
        Assert.That(rows.Single(r => r.Name == "intake retry").Schedule, Is.EqualTo("every 30 seconds"));
        Assert.That(rows.Select(r => r.Next), Has.None.Null);
    }

    /// <summary>A timetable of its own, whose jobs only run by hand, beside the database of a gateway.</summary>
    private sealed class Bench(TestGateway gateway, ServiceProvider services) : IAsyncDisposable
    {
        public JobBook Book => services.GetRequiredService<JobBook>();

        public JobLog Log => services.GetRequiredService<JobLog>();

        public Gate Gate => services.GetRequiredService<Gate>();

        public static async Task<Bench> Start()
        {
            TestGateway gateway = await TestGateway.Start();
            ServiceCollection services = new();
            services.AddLogging();
            services.AddSingleton(TimeProvider.System);
            services.AddSingleton(_ => gateway.Inbox);
            services.AddSingleton<Gate>();
            services.AddSingleton<JobLog>();
            services.AddSingleton<JobBook>();
            services.AddQuartz(quartz =>
            {
                quartz.AddJobListener(s => s.GetRequiredService<JobLog>());
                quartz.AddJob<FailingJob>(job => job.WithIdentity("fails").StoreDurably());
                quartz.AddJob<GoodJob>(job => job.WithIdentity("goes well").StoreDurably());
                quartz.AddJob<WaitingJob>(job => job.WithIdentity("waits").StoreDurably());
            });
            ServiceProvider built = services.BuildServiceProvider();
            IScheduler scheduler = await built.GetRequiredService<ISchedulerFactory>().GetScheduler(CancellationToken.None);
            await scheduler.Start(CancellationToken.None);
            return new Bench(gateway, built);
        }

        public async ValueTask DisposeAsync()
        {
            Gate.Open.TrySetResult();
            IScheduler scheduler = await services.GetRequiredService<ISchedulerFactory>().GetScheduler(CancellationToken.None);
            await scheduler.Shutdown(true, CancellationToken.None);
            await gateway.DisposeAsync();
        }
    }

    /// <summary>Holds a job until the test lets it go.</summary>
    private sealed class Gate
    {
        public TaskCompletionSource Open { get; } = new();
    }

    private sealed class FailingJob : IJob
    {
        public ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken) =>
            throw new IOException("The disk is full:\n  0 bytes are left.");
    }

    private sealed class GoodJob : IJob
    {
        public ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken) => ValueTask.CompletedTask;
    }

    [DisallowConcurrentExecution]
    private sealed class WaitingJob(Gate gate) : IJob
    {
        public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken) => await gate.Open.Task.WaitAsync(cancellationToken);
    }
}
