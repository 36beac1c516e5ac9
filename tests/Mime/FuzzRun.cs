using System.Diagnostics;
using System.Globalization;
using MailInbox.Tests.Support;

namespace MailInbox.Tests.Mime;

/// <summary>Reads many mutated mails on all processors under the eye of a watch. A mail that throws or hangs is written to a file.</summary>
internal sealed class FuzzRun(int count, int seed)
{
    /// <summary>A mail that takes so long hangs; none should take a hundredth of it.</summary>
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);

    private const int MaxFindings = 20;

    private readonly MailMutator _mutator = new(seed);
    private readonly List<string> _findings = [];
    private FuzzCounts _counts = new(0, 0, 0, 0, 0, 0);
    private int _next = -1;

    /// <summary>What was found, each with the file that shows it; says seed, speed and counts.</summary>
    public async Task<IReadOnlyList<string>> Run()
    {
        long began = Stopwatch.GetTimestamp();
        Worker[] workers = [.. Enumerable.Range(0, Environment.ProcessorCount).Select(_ => new Worker(this))];
        while (workers.Any(worker => worker.Works))
        {
            await Task.Delay(100);
            Worker[] hanging = [.. workers.Where(worker => worker.Works && worker.Took > Deadline)];
            foreach (Worker worker in hanging) Found(worker.Number, $"hangs for more than {Deadline.TotalSeconds:0} s");
            if (hanging.Length > 0) break;
        }
        double seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        FuzzCounts all = _counts;
        Figures.Say(string.Create(CultureInfo.InvariantCulture,
            $"fuzz: {all.Mails:N0} mutated mails of {MailMutator.Known:N0} read, seed {seed}, {all.Mails / seconds:N0} a second, {all.Bytes >> 20:N0} MB; {all.Defects:N0} defects, {all.Texts:N0} texts, {all.Sanitized:N0} pages cleaned, {all.Composed:N0} answers composed; {_findings.Count} exceptions or hangs"));
        lock (_findings) return [.. _findings];
    }

    private bool Next(out int number)
    {
        number = Interlocked.Increment(ref _next);
        lock (_findings) return number < count && _findings.Count < MaxFindings;
    }

    private void Read(int number, ref FuzzCounts counts)
    {
        try
        {
            counts = counts.Plus(FuzzReading.Read(_mutator.Mail(number), number));
        }
#pragma warning disable CA1031 // Whatever is thrown is what is looked for.
        catch (Exception thrown)
#pragma warning restore CA1031
        {
            Found(number, thrown.ToString());
        }
    }

    private void Found(int number, string what)
    {
        string file = Path.Combine(Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), "mailinbox-fuzz")).FullName, string.Create(CultureInfo.InvariantCulture, $"{seed}-{number}.eml"));
        File.WriteAllBytes(file, _mutator.Mail(number));
        lock (_findings) _findings.Add($"mail {number} of seed {seed} ({file}): {what}");
    }

    private void Add(FuzzCounts counts)
    {
        lock (_findings) _counts = _counts.Plus(counts);
    }

    /// <summary>A thread of its own, in the background so that one that hangs does not keep the process.</summary>
    private sealed class Worker
    {
        private readonly FuzzRun _run;
        private readonly Thread _thread;
        private long _began = Stopwatch.GetTimestamp();

        public Worker(FuzzRun run)
        {
            _run = run;
            _thread = new Thread(Work) { IsBackground = true };
            _thread.Start();
        }

        public bool Works => _thread.IsAlive;

        public int Number { get; private set; }

        public TimeSpan Took => Stopwatch.GetElapsedTime(Interlocked.Read(ref _began));

        private void Work()
        {
            FuzzCounts counts = new(0, 0, 0, 0, 0, 0);
            while (_run.Next(out int number))
            {
                Number = number;
                Interlocked.Exchange(ref _began, Stopwatch.GetTimestamp());
                _run.Read(number, ref counts);
            }
            _run.Add(counts);
        }
    }
}
