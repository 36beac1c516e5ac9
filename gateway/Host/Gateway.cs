using MailInbox.Host.Control;
using MailInbox.Inbox.Intake;
using MailInbox.Inbox.Mailboxes;
using MailInbox.Inbox.Outbox;
using MailInbox.Inbox.RawMail;
using MailInbox.Mail.Smtp;

namespace MailInbox.Host;

/// <summary>Starts and ends what runs beside the web: the listener, the polling, the filing and the sending.</summary>
internal sealed class Gateway(
    SmtpServer server, GatewayWork work, RawMailStore raw, GatewayStart start, GatewaySettings settings, ILogger<Gateway> logger) : IHostedService, IDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private Task _work = Task.CompletedTask;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await start.Repair(cancellationToken);
        _work = work.Run(_stopping.Token);
        server.Start();
        logger.LogInformation("Mail comes in at smtp://{Smtp}, agents work at {Web}, data stands in {Data} ({Count} mails)", server.LocalEndPoint, settings.PublicUrl, settings.Data, raw.Counts().All);
    }

    /// <summary>No new mail, running sessions end, what was accepted is on disk already and is filed at the next start if not now.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await server.Stop(cancellationToken);
        await _stopping.CancelAsync();
        await _work.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        logger.LogInformation("Stopped");
    }

    public void Dispose() => _stopping.Dispose();
}

/// <summary>What goes on until the gateway stops.</summary>
internal sealed record GatewayWork(IntakeWorker Intake, OutboxSender Sender, Polling Polling, ControlServer Control)
{
    public Task Run(CancellationToken cancel) => Task.WhenAll(((Func<CancellationToken, Task>[])[Intake.Run, Sender.Run, Polling.Run, Control.Run])
        .Select(run => Task.Run(() => run(cancel), CancellationToken.None)));
}
