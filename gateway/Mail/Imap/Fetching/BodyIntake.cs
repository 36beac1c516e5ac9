using MailInbox.Mail.Imap.Dialogue;

namespace MailInbox.Mail.Imap.Fetching;

/// <summary>Hands the string that the reader has opened on to a receiver. The receiver's time is not the server's.</summary>
internal static class BodyIntake
{
    /// <summary>All of it, from its beginning.</summary>
    /// <returns>The number of bytes.</returns>
    public static async ValueTask<long> Pass(ImapExchange exchange, IImapReceiver receiver, uint uid, CancellationToken cancel)
    {
        await exchange.Stream.Deadline.Outside(receiver.Begin(uid, cancel)).ConfigureAwait(false);
        return await GoOn(exchange, receiver, cancel).ConfigureAwait(false);
    }

    /// <summary>As the bytes that follow those handed on before.</summary>
    /// <returns>The number of bytes.</returns>
    public static async ValueTask<long> GoOn(ImapExchange exchange, IImapReceiver receiver, CancellationToken cancel)
    {
        long count = 0;
        ReadOnlyMemory<byte> piece;
        while ((piece = await exchange.Reader.Piece(cancel).ConfigureAwait(false)).Length > 0)
        {
            await exchange.Stream.Deadline.Outside(receiver.Write(piece, cancel)).ConfigureAwait(false);
            count += piece.Length;
        }
        return count;
    }
}
