using MailInbox.Inbox.Conversations;
using MailInbox.Inbox.Outbox;
using MailInbox.Inbox.RawMail;
using MailInbox.Inbox.Team;

namespace MailInbox.Host;

/// <summary>What is done before mail is taken: made good what an ended process left, and the first administrator invited.</summary>
internal sealed class GatewayStart(RawMailStore raw, Erasure erasure, OutboxStore outbox, Invitations invitations, GatewaySettings settings, ILogger<GatewayStart> logger)
{
    public async Task Repair(CancellationToken cancel)
    {
        int unfinished = await raw.Sweep();
        int unsent = await outbox.SweepUnsent(raw);
        await erasure.Purge(cancel);
        if (unfinished + unsent > 0)
        {
            logger.LogInformation("Dropped {Unfinished} mails that were never acknowledged and {Unsent} that were never queued", unfinished, unsent);
        }
    }

    /// <summary>Prints the one-time link while there is no administrator; once the web listens.</summary>
    public async Task Welcome(CancellationToken cancel)
    {
        if (await invitations.FirstAdministrator(cancel) is { } token)
        {
            // To the terminal alone: a secret has no place in a log file.
            await Console.Out.WriteLineAsync($"\n  Create the first administrator:  {new Uri(settings.PublicUrl, $"/welcome/{token}")}\n");
        }
    }
}
