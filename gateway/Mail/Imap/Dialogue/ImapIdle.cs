namespace MailInbox.Mail.Imap.Dialogue;

/// <summary>IDLE (RFC 2177): the server tells news by itself until we say DONE.</summary>
internal sealed class ImapIdle(ImapExchange exchange)
{
    /// <returns>True: there are news.</returns>
    public async Task<bool> Run(TimeSpan most, CancellationToken cancel)
    {
        exchange.Claim("IDLE", cancel);
        exchange.Stream.Deadline.Start(exchange.Time);
        exchange.Write(exchange.NextTag(), "IDLE");
        await exchange.Stream.Flush(CancellationToken.None).ConfigureAwait(false);
        ImapReply reply;
        do
            reply = await exchange.Hear(ImapAnswers.None, CancellationToken.None).ConfigureAwait(false);
        while (reply.Tag == ImapReply.Untagged);
        if (!reply.Ends)
            reply = await Listen(most, cancel).ConfigureAwait(false);
        exchange.Release();
        cancel.ThrowIfCancellationRequested();
        if (!reply.Ok)
            throw reply.Refusal("IDLE");
        bool news = exchange.News;
        exchange.News = false;
        return news;
    }

    private async Task<ImapReply> Listen(TimeSpan most, CancellationToken cancel)
    {
        long begin = exchange.Stream.Deadline.Clock.GetTimestamp();
        while (!exchange.News)
        {
            TimeSpan left = most - exchange.Stream.Deadline.Clock.GetElapsedTime(begin);
            if (left <= TimeSpan.Zero || !await Comes(left, cancel).ConfigureAwait(false))
                break;
            // A response that has begun is read to its end, or the next one could not be told from it.
            exchange.Stream.Deadline.Start(exchange.Time);
            if (await exchange.Hear(ImapAnswers.None, CancellationToken.None).ConfigureAwait(false) is { Ends: true } early)
                return early;
        }
        return await Done().ConfigureAwait(false);
    }

    /// <summary>Waits for the first byte of something. False: the time is over, or it was cancelled.</summary>
    private async Task<bool> Comes(TimeSpan left, CancellationToken cancel)
    {
        if (exchange.Stream.Unread.Length > 0)
            return !cancel.IsCancellationRequested;
        exchange.Stream.Deadline.Start(left);
        try
        {
            await exchange.Stream.Fill(cancel).ConfigureAwait(false);
            return true;
        }
        catch (ImapBroken silent) when (silent.Fault == ImapFault.Silent)
        {
            return false;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private async Task<ImapReply> Done()
    {
        exchange.Stream.Deadline.Start(exchange.Time);
        exchange.Stream.Write("DONE\r\n"u8);
        await exchange.Stream.Flush(CancellationToken.None).ConfigureAwait(false);
        while (true)
            if (await exchange.Hear(ImapAnswers.None, CancellationToken.None).ConfigureAwait(false) is { Ends: true } end)
                return end;
    }
}
