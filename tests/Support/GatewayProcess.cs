using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace MailInbox.Tests.Support;

/// <summary>The built gateway as a process of its own, to be killed, stopped and traced.</summary>
internal sealed class GatewayProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(30);

    private readonly Process _process;
    private readonly StringBuilder _output = new();

    private GatewayProcess(Process process)
    {
        _process = process;
        process.OutputDataReceived += Keep;
        process.ErrorDataReceived += Keep;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public int Id => _process.Id;

    public bool Lives => !_process.HasExited;

    /// <summary>From the start of the process to its greeting.</summary>
    public TimeSpan Started { get; private set; }

    /// <summary>What it has printed, for the message of a test that fails.</summary>
    public string Output
    {
        get
        {
            lock (_output)
            {
                return _output.ToString();
            }
        }
    }

    /// <summary>The most memory it has had, in bytes (VmHWM).</summary>
    public long PeakMemory
    {
        get
        {
            string line = File.ReadLines($"/proc/{Id}/status").First(l => l.StartsWith("VmHWM:", StringComparison.Ordinal));
            return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2], CultureInfo.InvariantCulture) << 10;
        }
    }

    /// <summary>Starts it and waits for the greeting.</summary>
    /// <param name="settings">Environment variables such as <c>Smtp__LeastFree=0</c>.</param>
    public static async Task<GatewayProcess> Start(GatewayPlace place, params IEnumerable<string> settings)
    {
        ProcessStartInfo command = place.Command();
        Set(command, settings);
        return await Start(place, command);
    }

    /// <summary>Starts it under strace, which writes to a file: the process is still the gateway's own.</summary>
    public static async Task<GatewayProcess> Trace(GatewayPlace place, string log, params IEnumerable<string> options)
    {
        ProcessStartInfo plain = place.Command();
        ProcessStartInfo command = new(Tools.Require("strace"), ["-D", "-f", "-o", log, .. options, plain.FileName, .. plain.ArgumentList])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = plain.WorkingDirectory,
        };
        return await Start(place, command);
    }

    /// <summary>Ends it as a power cut would, without a chance to do anything.</summary>
    public async Task Kill()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>SIGTERM; returns the exit code and how long the end took.</summary>
    public async Task<(int Code, TimeSpan Took)> Terminate()
    {
        long began = Stopwatch.GetTimestamp();
        using (Process kill = Process.Start("kill", ["-TERM", Id.ToString(CultureInfo.InvariantCulture)]))
        {
            await kill.WaitForExitAsync();
        }

        await _process.WaitForExitAsync();
        return (_process.ExitCode, Stopwatch.GetElapsedTime(began));
    }

    public async ValueTask DisposeAsync()
    {
        if (Lives)
        {
            await Kill();
        }

        _process.Dispose();
    }

    private static async Task<GatewayProcess> Start(GatewayPlace place, ProcessStartInfo command)
    {
        Assert.That(File.Exists(GatewayPlace.Program), Is.True, $"{GatewayPlace.Program} is not built");
        long began = Stopwatch.GetTimestamp();
        GatewayProcess gateway = new(Process.Start(command)!);
        while (!await Greets(place.SmtpPort))
        {
            if (!gateway.Lives || Stopwatch.GetElapsedTime(began) > StartLimit)
            {
                await gateway.DisposeAsync();
                Assert.Fail($"The gateway did not start: {gateway.Output}");
            }

            await Task.Delay(5);
        }

        gateway.Started = Stopwatch.GetElapsedTime(began);
        return gateway;
    }

    private static void Set(ProcessStartInfo command, IEnumerable<string> settings)
    {
        foreach (string setting in settings)
        {
            command.Environment[setting[..setting.IndexOf('=', StringComparison.Ordinal)]] = setting[(setting.IndexOf('=', StringComparison.Ordinal) + 1)..];
        }
    }

    private static async Task<bool> Greets(int port)
    {
        try
        {
            using TcpClient client = new();
            await client.ConnectAsync(IPAddress.Loopback, port);
            using StreamReader reader = new(client.GetStream(), Encoding.ASCII);
            return (await reader.ReadLineAsync())?.StartsWith("220 ", StringComparison.Ordinal) == true;
        }
        catch (Exception notYet) when (notYet is SocketException or IOException)
        {
            return false;
        }
    }

    private void Keep(object sender, DataReceivedEventArgs line)
    {
        lock (_output)
        {
            _output.AppendLine(line.Data);
        }
    }
}
