using System.Text.Json;
using MailInbox.Inbox.Configuration;
using MailInbox.Inbox.RawMail;
using MailInbox.Inbox.Storage;
using MailInbox.Mail.Smtp;
using Microsoft.Extensions.Logging;

namespace MailInbox.Inbox.Intake;

/// <summary>
/// Takes mail from the listener and keeps it before anybody understands it: bytes and envelope are committed to mail.db,
/// and only then is 250 said.
/// </summary>
public sealed class Spool(InboxDirectory inboxes, RawMailStore raw, IntakeWorker worker, SpoolSurroundings surroundings, ILogger<Spool> logger) : IMailReceiver
{
    private static readonly TimeSpan SpaceCheck = TimeSpan.FromSeconds(1);
    private static readonly SmtpReply Full = new(452, "4.3.1", "Insufficient system storage, please try again later");
    private static readonly SmtpReply Failed = new(451, "4.3.0", "The message could not be stored, please try again later");

    private long _checkedAt;
    private volatile bool _short;

    public SmtpReply? Sender(Envelope envelope) => SpaceIsShort() ? Full : null;

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

    internal RawMessage RowOf(long id, Envelope envelope) => new()
    {
        Id = id,
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

    private bool SpaceIsShort()
    {
        long now = surroundings.Clock.GetTimestamp();
        long checkedAt = Volatile.Read(ref _checkedAt);
        if (checkedAt == 0 || surroundings.Clock.GetElapsedTime(checkedAt, now) > SpaceCheck)
        {
            Volatile.Write(ref _checkedAt, now);
            bool isShort = new DriveInfo(surroundings.DataFolder).AvailableFreeSpace < surroundings.LeastFree;
            if (isShort != _short)
            {
                logger.LogWarning("The disk of {Folder} has {State} space: mail is {Answer}", surroundings.DataFolder, isShort ? "too little" : "enough", isShort ? "put off (452)" : "taken again");
            }

            _short = isShort;
        }

        return _short;
    }
}

/// <summary>What the spool needs of the machine.</summary>
/// <param name="LeastFree">Free bytes on the disk of the data folder below which no new mail is taken.</param>
public sealed record SpoolSurroundings(TimeProvider Clock, string DataFolder, long LeastFree, Dialect Dialect);
