using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using MailInbox.Inbox.Storage;

namespace MailInbox.Tests.Support;

/// <summary>The folder, the files and the addresses of a gateway process: what stays when the process is killed.</summary>
internal sealed class GatewayPlace : IDisposable
{
    private static readonly JsonSerializerOptions Names = new(JsonSerializerDefaults.Web) { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    private readonly TempFolder _folder = new();

    /// <param name="data">A data folder elsewhere; null for one of its own.</param>
    /// <param name="inboxes">The text of inboxes.json; null for the sample's.</param>
    public GatewayPlace(string? data = null, string? inboxes = null)
    {
        Data = data ?? _folder.File("data");
        Config = new TestConfiguration { Inboxes = inboxes ?? "", Filters = """{ "roleAddresses": { "filter": false }, "bulk": { "filterLists": false, "filterPromotions": false } }""" }.Write(_folder.Path);
        (SmtpPort, WebPort) = (FreePort(), FreePort());
    }

    /// <summary>The gateway as it was built with these tests.</summary>
    public static string Program { get; } = Find();

    public string Data { get; }

    public string Config { get; }

    public int SmtpPort { get; }

    public int WebPort { get; }

    /// <summary>Variables that each process gets, for secrets of the configuration.</summary>
    public Dictionary<string, string> Variables { get; } = [];

    /// <summary>A place for what a test wants to keep beside the data.</summary>
    public string Beside(string name) => _folder.File(name);

    /// <summary>The start of the program at this place, with its output kept.</summary>
    public ProcessStartInfo Command(params IEnumerable<string> verbs)
    {
        string web = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{WebPort}");
        string smtp = string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{SmtpPort}");
        ProcessStartInfo command = new(Program, [.. verbs, "--data", Data, "--config", Config, "--smtp", smtp, "--web", web])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = _folder.Path,
        };
        foreach ((string name, string value) in Variables)
        {
            command.Environment[name] = value;
        }

        return command;
    }

    /// <summary>Runs a verb to its end.</summary>
    public async Task<Ended> Run(params IEnumerable<string> verbs)
    {
        using Process process = Process.Start(Command(verbs))!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return new Ended(process.ExitCode, output, await errors);
    }

    /// <summary>What <c>mailinbox ledger</c> says: a line for each mail received.</summary>
    public async Task<IReadOnlyList<LedgerLine>> Ledger()
    {
        Ended ended = await Run("ledger", "--json");
        Assert.That(ended.Code, Is.Zero, ended.Errors);
        return [.. ended.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonSerializer.Deserialize<LedgerLine>(line, Names)!)];
    }

    /// <summary>What <c>mailinbox status</c> says.</summary>
    public async Task<StatusFigures> Status()
    {
        Ended ended = await Run("status", "--json");
        Assert.That(ended.Code, Is.Zero, ended.Errors);
        return JsonSerializer.Deserialize<StatusFigures>(ended.Output, Names)!;
    }

    /// <summary>Ends once the gateway has filed all it has.</summary>
    public async Task Filed(TimeSpan limit)
    {
        long began = Stopwatch.GetTimestamp();
        while ((await Status()).Waiting > 0)
        {
            Assert.That(Stopwatch.GetElapsedTime(began), Is.LessThan(limit), "mail is still waiting to be filed");
            await Task.Delay(100);
        }
    }

    /// <summary>Reads mail.db or inbox.db beside the gateway.</summary>
    public T Read<T>(string file, Func<Snapshot, T> work)
    {
        using Database database = Database.OpenReadOnly(Path.Combine(Data, file), new SqliteDialect());
        return database.Read(work);
    }

    public void Dispose() => _folder.Dispose();

    private static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static string Find()
    {
        string framework = Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory);
        string configuration = Path.GetFileName(Path.GetDirectoryName(framework))!;
        return Path.Combine(Repository.Root, "gateway", "Host", "bin", configuration, Path.GetFileName(framework), "mailinbox");
    }
}

/// <summary>A run that is over.</summary>
internal sealed record Ended(int Code, string Output, string Errors);

/// <summary>A line of <c>mailinbox ledger --json</c>.</summary>
internal sealed record LedgerLine(long Id, string Sha256, string MessageId, string EnvelopeFrom, IReadOnlyList<string> Recipients, string Source, IReadOnlyList<LedgerPlace> Filings);

internal sealed record LedgerPlace(string Inbox, string Outcome, string Reason, long? Conversation);

/// <summary>The counts of <c>mailinbox status --json</c> that tests look at.</summary>
internal sealed record StatusFigures(long Raw, long Filed, long Duplicates, long Quarantined, long Waiting);
