using MailInbox.Inbox.Configuration;
using MailInbox.Inbox.Intake;
using MailInbox.Inbox.Mailboxes.Access;
using MailInbox.Inbox.Mailboxes.Ledger;
using MailInbox.Inbox.Outbox;
using MailInbox.Inbox.RawMail;
using Microsoft.Extensions.Logging;

namespace MailInbox.Inbox.Mailboxes;

/// <summary>What a mailbox works with.</summary>
public sealed record MailboxRooms(
    GatewayOptions Options,
    MailboxConnections Connections,
    MailboxLedger Ledger,
    RawMailStore Raw,
    IntakeWorker Intake,
    DiskSpace Space,
    ServerActions Actions,
    SentCopies Copies,
    TimeProvider Clock,
    ILogger<ImapMailbox> Logger);
