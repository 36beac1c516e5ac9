using System.Text;

namespace MailInbox.Mail.Smtp.Dialogue;

/// <summary>The client's half of the talk: commands out, replies in, each wait with its limit.</summary>
internal sealed class SmtpExchange(SmtpStream stream, TimeProvider clock)
{
    public SmtpStream Stream => stream;

    /// <summary>Puts a command into the buffer.</summary>
    public void Say(string command) => stream.Write(Encoding.UTF8.GetBytes($"{command}\r\n"));

    /// <summary>Sends a command and waits for its reply.</summary>
    public async Task<SmtpReply> Ask(string command, TimeSpan time, CancellationToken cancel)
    {
        Say(command);
        await Flush(time, cancel).ConfigureAwait(false);
        return await Hear(time, cancel).ConfigureAwait(false);
    }

    public Task Flush(TimeSpan time, CancellationToken cancel) =>
        Within(time, async limit => { await stream.Flush(limit).ConfigureAwait(false); return true; }, cancel);

    /// <summary>Waits for a reply.</summary>
    /// <exception cref="IOException">The server closed, talked nonsense, or took longer than <paramref name="time"/>.</exception>
    public Task<SmtpReply> Hear(TimeSpan time, CancellationToken cancel) => Within(time, Read, cancel);

    /// <summary>Runs a step of the talk; a step that takes too long breaks the connection.</summary>
    public async Task<T> Within<T>(TimeSpan time, Func<CancellationToken, Task<T>> step, CancellationToken cancel)
    {
        using CancellationTokenSource limit = new(time, clock);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancel);
        try
        {
            return await step(either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            throw new IOException($"The server did not answer within {time.TotalSeconds:0} s.");
        }
    }

    private async Task<SmtpReply> Read(CancellationToken cancel)
    {
        SmtpReplyParser parser = new();
        while (true)
        {
            if (stream.TryReadLine(out ReadOnlySpan<byte> line))
            {
                if (parser.Take(line) is { } reply)
                    return reply;
            }
            else if (stream.Full)
                throw new IOException("The server's reply has a line that is too long.");
            else if (!await stream.Fill(cancel).ConfigureAwait(false))
                throw new EndOfStreamException("The server closed the connection.");
        }
    }
}
