using MailInbox.Inbox.RawMail;
using MailInbox.Mail.Smtp;

namespace MailInbox.Inbox.Intake;

/// <summary>One message from the listener on its way to disk.</summary>
internal sealed class SpoolDelivery(Spool spool, RawMailStore raw, Envelope envelope) : IMailDelivery
{
    private readonly RawWriter _writer = new(raw);

    public ValueTask Write(ReadOnlyMemory<byte> bytes, CancellationToken cancel) => _writer.Write(bytes, cancel);

    public async ValueTask<SmtpReply> Commit(CancellationToken cancel)
    {
        try
        {
            await _writer.Finish(spool.RowOf(envelope));
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            return spool.Refuse(failure);
        }

        spool.Kept();
        return new SmtpReply(250, "2.0.0", $"Kept as {_writer.Id}");
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await _writer.DisposeAsync();
        }
        catch (Exception failure)
        {
            _ = spool.Refuse(failure);
        }
    }
}
