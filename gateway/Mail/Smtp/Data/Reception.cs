using MailInbox.Mail.Smtp.Dialogue;
using MailInbox.Mail.Smtp.Guard;
using Microsoft.Extensions.Logging;

namespace MailInbox.Mail.Smtp.Data;

/// <summary>The DATA command: streams one message to where the receiver wants it, and answers for both.</summary>
internal sealed class Reception(SmtpStream stream, SmtpDeadline deadline, SmtpServerOptions options, IMailReceiver receiver, ILogger logger)
{
    /// <summary>Whether what follows on the wire can be a command: not while the end of a message was not seen.</summary>
    public bool InStep { get; private set; } = true;

    /// <param name="cancel">Ends the receiver's work when the server closes what remains.</param>
    /// <exception cref="EndOfStreamException">The peer went away before the end.</exception>
    public async ValueTask<SmtpReply> Take(Envelope envelope, CancellationToken cancel)
    {
        deadline.Suspend();
        (IMailDelivery? delivery, _refusal) = await Begin(envelope, cancel).ConfigureAwait(false);
        if (delivery is null)
        {
            InStep = stream.Unread.IsEmpty;
            return _refusal ?? SmtpReplies.LocalError;
        }
        try
        {
            return await Stream(delivery, cancel).ConfigureAwait(false);
        }
        finally
        {
            await Release(delivery).ConfigureAwait(false);
        }
    }

    private SmtpReply? _refusal;
    private readonly DataScanner _scanner = new(options);

    private async ValueTask<(IMailDelivery?, SmtpReply?)> Begin(Envelope envelope, CancellationToken cancel)
    {
        try
        {
            return (await receiver.Begin(envelope, cancel).ConfigureAwait(false), null);
        }
        catch (Exception problem)
        {
            return (null, Answer(problem, cancel));
        }
    }

    private async ValueTask<SmtpReply> Stream(IMailDelivery delivery, CancellationToken cancel)
    {
        deadline.StartData();
        stream.Write(SmtpReplies.StartMail);
        stream.OpenBody();
        InStep = false;
        while (!stream.Scan(_scanner))
        {
            if (_scanner.Size > options.Limits.Message + options.Limits.Excess)
                return SmtpReplies.TooBig;
            if (stream.Full)
                await Store(delivery, cancel).ConfigureAwait(false);
            await Receive().ConfigureAwait(false);
        }
        InStep = true;
        await Store(delivery, cancel).ConfigureAwait(false);
        stream.CloseBody();
        return _refusal ?? await Commit(delivery, cancel).ConfigureAwait(false);
    }

    private async ValueTask Receive()
    {
        deadline.AllowData(_scanner.Size);
        if (stream.Pending > 0)
            await stream.Flush(deadline.Token).ConfigureAwait(false);
        if (!await stream.Fill(deadline.Token).ConfigureAwait(false))
            throw new EndOfStreamException();
    }

    /// <summary>Hands over what has come; after the first refusal bytes are only read, to find the end.</summary>
    private async ValueTask Store(IMailDelivery delivery, CancellationToken cancel)
    {
        _refusal ??= _scanner.Refusal;
        if (_refusal is null && !stream.Body.IsEmpty)
        {
            deadline.Suspend();
            try
            {
                await delivery.Write(stream.Body, cancel).ConfigureAwait(false);
            }
            catch (Exception problem)
            {
                _refusal = Answer(problem, cancel);
            }
        }
        stream.DropBody();
    }

    private async ValueTask<SmtpReply> Commit(IMailDelivery delivery, CancellationToken cancel)
    {
        deadline.Suspend();
        try
        {
            return await delivery.Commit(cancel).ConfigureAwait(false);
        }
        catch (Exception problem)
        {
            return Answer(problem, cancel);
        }
    }

    private async ValueTask Release(IMailDelivery delivery)
    {
        try
        {
            await delivery.DisposeAsync().ConfigureAwait(false);
        }
        catch (Exception problem)
        {
            logger.LogWarning(problem, "Dropping a delivery failed");
        }
    }

    private SmtpReply Answer(Exception problem, CancellationToken cancel)
    {
        if (problem is SmtpRefusal refusal)
            return refusal.Reply;
        if (cancel.IsCancellationRequested)
            return SmtpReplies.ShuttingDown;
        logger.LogError(problem, "The receiver failed");
        return SmtpReplies.LocalError;
    }
}
