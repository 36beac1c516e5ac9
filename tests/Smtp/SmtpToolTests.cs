using System.Diagnostics;
using System.Net;
using MailInbox.Mail.Smtp;
using Microsoft.Extensions.Logging.Abstractions;

namespace MailInbox.Tests.Smtp;

/// <summary>Programs that others wrote and trust, against our server.</summary>
public class SmtpToolTests
{
    [Test]
    public async Task Swaks_delivers_a_mail()
    {
        Need("swaks");
        await using LiveServer live = LiveServer.Start();
        (int exit, string output) = await Run("swaks", "--server", "127.0.0.1", "--port", $"{live.Server.LocalEndPoint.Port}", "--pipeline",
            "--from", "a@b.example", "--to", "support@example.com", "--header", "Subject: by swaks", "--body", ".\n..\nend");
        Assert.That(exit, Is.Zero, output);
        Assert.That(live.Receiver.Mails.Single().Text, Does.Contain("\r\nSubject: by swaks\r\n").And.Contain("\r\n.\r\n..\r\nend"));
    }

    [Test]
    [Explicit("A measurement: dotnet test --filter Messages_a_second, best in a Release build")]
    [TestCase(1, 20000)]
    [TestCase(10, 40000)]
    [TestCase(50, 40000)]
    public async Task Messages_a_second(int sessions, int count)
    {
        Need("smtp-source");
        SmtpServerOptions options = new() { EndPoint = new IPEndPoint(IPAddress.Loopback, 0), HostName = "mx.example.com", Limits = new SmtpLimits { Messages = int.MaxValue } };
        CountingReceiver receiver = new();
        await using SmtpServer server = new(options, receiver, TimeProvider.System, NullLogger<SmtpServer>.Instance);
        server.Start();
        long before = Stopwatch.GetTimestamp();
        using Process self = Process.GetCurrentProcess();
        TimeSpan work = self.TotalProcessorTime;
        (int exit, string output) = await Run("smtp-source", "-s", $"{sessions}", "-m", $"{count}", "-l", "4096", "-d", "-f", "a@b.example",
            "-t", "support@example.com", "-M", "x", $"inet:127.0.0.1:{server.LocalEndPoint.Port}");
        double seconds = Stopwatch.GetElapsedTime(before).TotalSeconds;
        self.Refresh();
        Assert.That(exit, Is.Zero, output);
        Assert.That(receiver.Messages, Is.EqualTo(count));
        await TestContext.Out.WriteLineAsync($"{sessions} sessions: {count / seconds:0} messages/s, {(self.TotalProcessorTime - work).TotalMilliseconds * 1000 / count:0} µs each");
    }

    private static void Need(string program)
    {
        string folders = $"{Environment.GetEnvironmentVariable("PATH")}:/usr/sbin";
        if (folders.Split(':').Any(folder => File.Exists(Path.Combine(folder, program))))
            return;
        if (Environment.GetEnvironmentVariable("CI") == "true")
            Assert.Fail($"{program} is not installed.");
        Assert.Ignore($"{program} is not installed.");
    }

    private static async Task<(int, string)> Run(string program, params string[] arguments)
    {
        string sbin = Path.Combine("/usr/sbin", program);
        ProcessStartInfo start = new(File.Exists(sbin) ? sbin : program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        using Process process = Process.Start(start)!;
        using CancellationTokenSource limit = new(TimeSpan.FromMinutes(1));
        Task<string> output = process.StandardOutput.ReadToEndAsync(limit.Token);
        Task<string> errors = process.StandardError.ReadToEndAsync(limit.Token);
        await process.WaitForExitAsync(limit.Token);
        return (process.ExitCode, await output + await errors);
    }

    private sealed class CountingReceiver : IMailReceiver, IMailDelivery
    {
        public int Messages => _messages;

        public SmtpReply? Sender(Envelope envelope) => null;

        public SmtpReply? Recipient(Envelope envelope, SmtpPath recipient) => null;

        public ValueTask<IMailDelivery> Begin(Envelope envelope, CancellationToken cancel) => new(this);

        public ValueTask Write(ReadOnlyMemory<byte> bytes, CancellationToken cancel) => ValueTask.CompletedTask;

        public ValueTask<SmtpReply> Commit(CancellationToken cancel)
        {
            Interlocked.Increment(ref _messages);
            return new(new SmtpReply(250, "2.0.0", "Ok"));
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;

        private int _messages;
    }
}
