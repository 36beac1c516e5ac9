using System.Text.Json;
using MailInbox.Inbox.Configuration;
using MailInbox.Inbox.RawMail;
using MailInbox.Mail.Smtp;
using Microsoft.Extensions.Logging;

namespace MailInbox.Inbox.Intake;

/// <summary>
/// Takes mail from the listener and keeps it before anybody understands it: bytes and envelope are committed to mail.db,
/// and only then is 250 said.
/// </summary>
public sealed class Spool(InboxDirectory inboxes, RawMailStore raw, IntakeWorker worker, DiskSpace space, SpoolSurroundings surroundings, ILogger<Spool> logger) : IMailReceiver
{
    private static readonly SmtpReply Full = new(452, "4.3.1", "Insufficient system storage, please try again later");
    private static readonly SmtpReply Failed = new(451, "4.3.0", "The message could not be stored, please try again later");

    public SmtpReply? Sender(Envelope envelope) => space.IsShort ? Full : null;

    public SmtpReply? Recipient(Envelope envelope, SmtpPath recipient)
    {
        if (inboxes.Find(recipient.LocalPart, recipient.Domain) is not null)
        {
            return null;
        }

        return inboxes.OwnsDomain(recipient.Domain)
            ? new SmtpReply(550, "5.1.1", $"No such mailbox here: {recipient.Address}")
            : new SmtpReply(550, "5.7.1", $"Relaying is not allowed: {recipient.Address}");
    }

    public ValueTask<IMailDelivery> Begin(Envelope envelope, CancellationToken cancel) => ValueTask.FromResult<IMailDelivery>(new SpoolDelivery(this, raw, envelope));

    /// <summary>The message is on disk: it can be filed.</summary>
    internal void Kept() => worker.Wake();

    internal RawMessage RowOf(Envelope envelope) => new()
    {
        Source = RawSource.Smtp,
        State = RawState.Waiting,
        EnvelopeFrom = envelope.From.Address,
        Recipients = JsonSerializer.Serialize(envelope.Recipients.Select(r => new RawRecipient(r.Address, inboxes.Find(r.LocalPart, r.Domain)!.Key))),
        Client = envelope.Client.Address.ToString(),
        Helo = envelope.Helo,
        Tls = envelope.Tls,
        ReceivedAt = surroundings.Clock.GetUtcNow(),
    };

    /// <summary>The answer to a client whose message could not be stored.</summary>
    internal SmtpReply Refuse(Exception failure)
    {
        logger.LogError(failure, "A message could not be stored and was put off");
        return surroundings.Dialect.IsFull(failure) ? Full : Failed;
    }
}
