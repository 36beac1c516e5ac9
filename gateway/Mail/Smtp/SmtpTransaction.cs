using System.Net.Sockets;
using System.Text;
using MailInbox.Mail.Smtp.Data;
using MailInbox.Mail.Smtp.Dialogue;

namespace MailInbox.Mail.Smtp;

/// <summary>One message from MAIL to the final dot, as the client sees it.</summary>
internal sealed class SmtpTransaction(SmtpExchange exchange, SmtpOffer offer, SmtpTimeouts timeouts)
{
    /// <summary>Whether the connection is in order for the next message.</summary>
    public bool Clean { get; private set; }

    public async Task<SmtpSendResult> Run(SmtpMessage message, CancellationToken cancel)
    {
        if (!offer.EightBit && IsEightBit(message) && message.SevenBit is { } convert)
            message = message with { Bytes = convert(message.Bytes) };
        SmtpReply?[] replies = [.. message.To.Select(Fault)];
        SmtpReply? refusal = message.To.Count == 0 ? _noRecipients : (message.From.Length > 0 ? Fault(message.From) : null) ?? Unfit(message);
        if (refusal is not null || !replies.Contains(null))
        {
            Clean = true;
            return Result(message, replies, refusal);
        }
        refusal = await Announce(message, replies, cancel).ConfigureAwait(false);
        bool wanted = replies.Any(reply => reply is { Accepted: true });
        if (refusal is not null || !wanted)
            await Reset(refusal, replies, cancel).ConfigureAwait(false);
        else
            refusal = await Deliver(message, cancel).ConfigureAwait(false);
        return Result(message, replies, refusal);
    }

    private const int Window = 50;
    private const int MaxAddress = 600;
    private static readonly SmtpReply _noRecipients = new(554, "5.5.1", "No recipients");
    private static readonly SmtpReply _badAddress = new(553, "5.1.3", "Not sent: bad address syntax");
    private static readonly SmtpReply _needsUtf8 = new(553, "5.6.7", "Not sent: the server does not take international addresses");
    private static readonly SmtpReply _needsEightBit = new(554, "5.6.3", "Not sent: the server takes 7-bit mail only");
    private static readonly SmtpReply _lost = new(451, "4.4.2", "Connection lost before the message was confirmed");

    private SmtpReply? Fault(string address)
    {
        bool quoted = address.StartsWith('"');
        if (address.Length is 0 or > MaxAddress || address.Any(letter => char.IsControl(letter) || letter is '<' or '>' || (letter == ' ' && !quoted)))
            return _badAddress;
        return Ascii.IsValid(address) || offer.Utf8 ? null : _needsUtf8;
    }

    private SmtpReply? Unfit(SmtpMessage message)
    {
        if (offer.MaxSize > 0 && message.Bytes.Length > offer.MaxSize)
            return new SmtpReply(552, "5.3.4", $"Not sent: {message.Bytes.Length} bytes, the server takes {offer.MaxSize}");
        return !offer.EightBit && IsEightBit(message) ? _needsEightBit : null;
    }

    private static bool IsEightBit(SmtpMessage message) => !Ascii.IsValid(message.Bytes.Span);

    /// <summary>MAIL and all RCPT, in groups where the server allows it (RFC 2920). Returns the answer that refused everything.</summary>
    private async Task<SmtpReply?> Announce(SmtpMessage message, SmtpReply?[] replies, CancellationToken cancel)
    {
        List<int> open = [.. Enumerable.Range(0, replies.Length).Where(index => replies[index] is null)];
        exchange.Say(Mail(message));
        int window = offer.Pipelining ? Window : 0;
        SmtpReply? mail = null;
        for (int at = 0; at < open.Count; window = Math.Max(window, offer.Pipelining ? Window : 1))
        {
            List<int> group = open.GetRange(at, Math.Min(window, open.Count - at));
            foreach (int index in group)
                exchange.Say($"RCPT TO:<{message.To[index]}>");
            await exchange.Flush(timeouts.Command, cancel).ConfigureAwait(false);
            mail ??= await exchange.Hear(timeouts.Command, cancel).ConfigureAwait(false);
            if (mail.Code == 421)
                return mail;
            foreach (int index in group)
                if ((replies[index] = await exchange.Hear(timeouts.Command, cancel).ConfigureAwait(false))!.Code == 421)
                    return replies[index];
            if (!mail.Accepted)
            {
                group.ForEach(index => replies[index] = mail);
                return mail;
            }
            at += group.Count;
        }
        return null;
    }

    private string Mail(SmtpMessage message)
    {
        StringBuilder line = new($"MAIL FROM:<{message.From}>");
        if (offer.Size)
            line.Append(System.Globalization.CultureInfo.InvariantCulture, $" SIZE={message.Bytes.Length}");
        if (offer.EightBit && IsEightBit(message))
            line.Append(" BODY=8BITMIME");
        if (!Ascii.IsValid(message.From) || !message.To.All(address => Ascii.IsValid(address)))
            line.Append(offer.Utf8 ? " SMTPUTF8" : "");
        return line.ToString();
    }

    private async Task Reset(SmtpReply? refusal, SmtpReply?[] replies, CancellationToken cancel)
    {
        if (refusal?.Code == 421 || replies.Any(reply => reply?.Code == 421))
            return;
        Clean = (await exchange.Ask("RSET", timeouts.Reset, cancel).ConfigureAwait(false)).Accepted;
    }

    /// <summary>DATA, the bytes and the dot. Returns the answer that decided for all accepted recipients.</summary>
    private async Task<SmtpReply> Deliver(SmtpMessage message, CancellationToken cancel)
    {
        SmtpReply reply = await exchange.Ask("DATA", timeouts.Data, cancel).ConfigureAwait(false);
        if (reply.Code != 354)
            return reply.Code >= 400 ? reply : throw new IOException($"The server answered DATA with {reply.Code}.");
        DotStuffer stuffer = new();
        for (int at = 0; at < message.Bytes.Length;)
        {
            at += stuffer.Write(message.Bytes.Span[at..], exchange.Stream);
            if (at < message.Bytes.Length)
                await exchange.Flush(timeouts.Block, cancel).ConfigureAwait(false);
        }
        stuffer.End(exchange.Stream);
        await exchange.Flush(timeouts.Block, cancel).ConfigureAwait(false);
        return await Confirm(cancel).ConfigureAwait(false);
    }

    /// <summary>From here the server has it all: whatever goes wrong now, the message may have arrived.</summary>
    private async Task<SmtpReply> Confirm(CancellationToken cancel)
    {
        try
        {
            SmtpReply reply = await exchange.Hear(timeouts.Dot, cancel).ConfigureAwait(false);
            Clean = reply.Accepted;
            return reply.Accepted || reply.Code >= 400 ? reply : _lost;
        }
        catch (Exception broken) when (broken is IOException or SocketException or OperationCanceledException)
        {
            return _lost;
        }
    }

    private static SmtpSendResult Result(SmtpMessage message, SmtpReply?[] replies, SmtpReply? decided)
    {
        RecipientResult Of(string address, SmtpReply? own) =>
            new(address, own is { Accepted: false } || decided is null ? own! : decided);
        return new SmtpSendResult([.. message.To.Zip(replies, Of)], ReferenceEquals(decided, _lost));
    }
}
