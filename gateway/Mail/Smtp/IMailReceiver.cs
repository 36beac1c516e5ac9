namespace MailInbox.Mail.Smtp;

/// <summary>What the server asks of the product: who may receive, and where the bytes go.</summary>
public interface IMailReceiver
{
    /// <summary>Judges MAIL FROM. Null accepts; a reply (4xx or 5xx) refuses, for instance 452 4.3.1 when the disk is short.</summary>
    SmtpReply? Sender(Envelope envelope);

    /// <summary>Judges one RCPT TO before it joins the envelope. Null accepts; 550 5.1.1 is an unknown recipient, 550 5.7.1 relaying.</summary>
    SmtpReply? Recipient(Envelope envelope, SmtpPath recipient);

    /// <summary>Opens the place where the bytes of one message go. Called once the client may send them (DATA).</summary>
    ValueTask<IMailDelivery> Begin(Envelope envelope, CancellationToken cancel);
}

/// <summary>One message on its way to disk. Disposing it without <see cref="Commit"/> drops what was written.</summary>
public interface IMailDelivery : IAsyncDisposable
{
    /// <summary>Takes the next bytes, dots unstuffed. The memory may be reused by the caller once the task ends.</summary>
    ValueTask Write(ReadOnlyMemory<byte> bytes, CancellationToken cancel);

    /// <summary>Makes the message durable and answers: 250 only when it is safe on disk, else 451 or 452.</summary>
    ValueTask<SmtpReply> Commit(CancellationToken cancel);
}
