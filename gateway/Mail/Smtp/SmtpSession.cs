using System.Net;
using System.Net.Sockets;
using MailInbox.Mail.Smtp.Data;
using MailInbox.Mail.Smtp.Dialogue;
using MailInbox.Mail.Smtp.Guard;
using Microsoft.Extensions.Logging;

namespace MailInbox.Mail.Smtp;

/// <summary>What all sessions of one server share.</summary>
internal sealed record SmtpSessionContext(SmtpServerOptions Options, IMailReceiver Receiver, TimeProvider Clock, ILogger Logger, CancellationToken Abort);

/// <summary>One connection: reads commands, keeps the envelope, answers. Refusals are answered in one place, the loop.</summary>
internal sealed class SmtpSession(Socket socket, IPEndPoint client, SmtpSessionContext context) : IDisposable
{
    /// <summary>Talks until either side ends it; never throws.</summary>
    public async Task Run()
    {
        try
        {
            if (await Greet().ConfigureAwait(false))
                await Converse().ConfigureAwait(false);
            await SayLastWords().ConfigureAwait(false);
        }
        catch (Exception gone) when (gone is IOException or SocketException or ObjectDisposedException or OperationCanceledException)
        {
            context.Logger.LogDebug("Session with {Client} broke: {Reason}", client, gone.Message);
        }
        catch (Exception bug)
        {
            context.Logger.LogError(bug, "Session with {Client} failed", client);
        }
    }

    /// <summary>Ends the session after the message it is in, or now.</summary>
    public void Drain()
    {
        _draining = true;
        Interlocked.MemoryBarrier();
        if (_idle)
            _deadline.Interrupt(SmtpReplies.ShuttingDown);
    }

    /// <summary>Looks at the deadline; called once a second.</summary>
    public void Check(long now)
    {
        if (_deadline.Overdue(now))
            Cut();
    }

    /// <summary>Ends the session without a word.</summary>
    public void Cut() => socket.Dispose();

    public void Dispose()
    {
        _stream.Dispose();
        _deadline.Dispose();
    }

    private readonly SmtpStream _stream = new(socket, context.Options.Limits.CommandLine);
    private readonly SmtpDeadline _deadline = new(context.Clock, context.Options.Limits);
    private readonly SmtpPatience _patience = new(context.Options.Limits);
    private readonly SmtpLimits _limits = context.Options.Limits;
    private volatile bool _draining, _idle;
    private SmtpState _state = SmtpState.Connected;
    private Envelope? _envelope;
    private string _helo = "";
    private bool _extended, _midCommand, _open = true;
    private int _messages;

    private async ValueTask<bool> Greet()
    {
        if (_limits.GreetingPause > TimeSpan.Zero)
            await Task.Delay(_limits.GreetingPause, context.Clock, _deadline.Token).ConfigureAwait(false);
        if (socket.Available > 0)
        {
            _stream.Write(SmtpReplies.OutOfStep);
            return false;
        }
        _stream.Write(new SmtpReply(220, "", $"{context.Options.HostName} ESMTP MailInbox"));
        return true;
    }

    private async ValueTask Converse()
    {
        try
        {
            while (_open)
            {
                if (_draining && _envelope is null)
                    Close(SmtpReplies.ShuttingDown);
                else if (!_stream.TryReadLine(out ReadOnlySpan<byte> line))
                    await More().ConfigureAwait(false);
                else if (line.Length > _limits.CommandLine)
                    Close(SmtpReplies.LineTooLong);
                else
                    await Answer(Understand(line)).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (_deadline.Cause is not null)
        {
            _stream.Write(_deadline.Cause);
        }
    }

    private async ValueTask More()
    {
        if (_stream.Unread.Length > _limits.CommandLine)
        {
            Close(SmtpReplies.LineTooLong);
            return;
        }
        await Flush().ConfigureAwait(false);
        AllowCommand();
        _idle = _envelope is null;
        Interlocked.MemoryBarrier();
        if (_draining && _idle)
            return;
        _open = await _stream.Fill(_deadline.Token).ConfigureAwait(false);
        _idle = false;
    }

    private void AllowCommand()
    {
        if (_stream.Unread.IsEmpty)
            _deadline.Allow(_limits.Idle);
        else if (!_midCommand)
            _deadline.Allow(_limits.Command);
        _midCommand = !_stream.Unread.IsEmpty;
    }

    private readonly record struct Answered(SmtpVerb Verb, SmtpReply? Reply);

    /// <summary>Carries out a line; a null reply is DATA, which takes longer.</summary>
    private Answered Understand(ReadOnlySpan<byte> line)
    {
        _midCommand = false;
        SmtpVerb verb = SmtpVerb.Unknown;
        try
        {
            verb = SmtpCommands.Read(line, out ReadOnlySpan<byte> argument);
            return new Answered(verb, SmtpStateTable.Refusal(_state, verb) ?? Obey(verb, argument));
        }
        catch (SmtpRefusal refusal)
        {
            return new Answered(verb, refusal.Reply);
        }
    }

    private async ValueTask Answer(Answered answered)
    {
        if (!_open)
            return;
        SmtpReply reply = answered.Reply ?? await Data().ConfigureAwait(false);
        if (_patience.Slows(answered.Verb, reply))
        {
            _deadline.Suspend();
            await Task.Delay(_limits.ErrorPause, context.Clock, _deadline.Token).ConfigureAwait(false);
        }
        _stream.Write(reply);
        if (answered.Verb == SmtpVerb.Quit || reply.Code == 421)
            _open = false;
        else if (_patience.Exhausted)
            Close(SmtpReplies.TooManyErrors);
        else if (answered is { Verb: SmtpVerb.Data, Reply: not null } && !_stream.Unread.IsEmpty)
            Close(SmtpReplies.OutOfStep); // A message follows that nobody asked for: its lines must not be read as commands.
        if (_stream.Pending > SmtpStream.FlushAt)
            await Flush().ConfigureAwait(false);
    }

    private SmtpReply? Obey(SmtpVerb verb, ReadOnlySpan<byte> argument) => verb switch
    {
        SmtpVerb.Ehlo or SmtpVerb.Helo => Hello(argument, verb == SmtpVerb.Ehlo),
        SmtpVerb.Mail => Mail(argument),
        SmtpVerb.Rcpt => Rcpt(argument),
        SmtpVerb.Data => OutOfTurn(),
        SmtpVerb.Rset => Reset(),
        SmtpVerb.Noop => SmtpReplies.Ok,
        SmtpVerb.Quit => SmtpReplies.Bye,
        SmtpVerb.Vrfy => SmtpReplies.Verify,
        SmtpVerb.Expn => SmtpReplies.NoExpand,
        SmtpVerb.Help => SmtpReplies.Help,
        _ => Leave(),
    };

    private SmtpReply Hello(ReadOnlySpan<byte> argument, bool extended)
    {
        if (OutOfTurn() is { } refusal)
            return refusal;
        _helo = System.Text.Encoding.ASCII.GetString(argument[..Math.Min(argument.Length, 255)]).Replace('\t', ' ');
        _extended = extended;
        Reset();
        return extended
            ? new SmtpReply(250, "", $"{context.Options.HostName}\nPIPELINING\nSIZE {_limits.Message}\n8BITMIME\nENHANCEDSTATUSCODES")
            : new SmtpReply(250, "", context.Options.HostName);
    }

    /// <summary>What cannot be pipelined must be the last in its group (RFC 2920 §3.1).</summary>
    private SmtpReply? OutOfTurn()
    {
        if (_extended || _stream.Unread.IsEmpty)
            return null;
        _open = false;
        _stream.Write(SmtpReplies.OutOfStep);
        return SmtpReplies.OutOfStep;
    }

    private SmtpReply Mail(ReadOnlySpan<byte> argument)
    {
        if (_messages >= (IPAddress.IsLoopback(client.Address) ? _limits.LocalMessages : _limits.Messages))
            return SmtpReplies.TooManyMessages;
        MailArguments mail = MailArguments.ReadMail(argument);
        if (mail.Size > _limits.Message)
            return SmtpReplies.TooBig;
        Envelope envelope = new() { Client = client, Helo = _helo, Tls = _stream.Tls, From = mail.Path, DeclaredSize = mail.Size };
        if (Ask(() => context.Receiver.Sender(envelope)) is { } refusal)
            return refusal;
        (_envelope, _state) = (envelope, SmtpState.Sender);
        return SmtpReplies.SenderOk;
    }

    private SmtpReply Rcpt(ReadOnlySpan<byte> argument)
    {
        SmtpPath recipient = MailArguments.ReadRcpt(argument).Path;
        Envelope envelope = _envelope!;
        if (envelope.Recipients.Count >= _limits.Recipients)
            return SmtpReplies.TooManyRecipients;
        if (Ask(() => context.Receiver.Recipient(envelope, recipient)) is { } refusal)
            return refusal;
        envelope.Add(recipient);
        _state = SmtpState.Recipients;
        return SmtpReplies.RecipientOk;
    }

    private SmtpReply? Ask(Func<SmtpReply?> question)
    {
        try
        {
            return question();
        }
        catch (Exception problem) when (problem is not SmtpRefusal)
        {
            context.Logger.LogError(problem, "The receiver failed");
            return SmtpReplies.LocalError;
        }
    }

    private async ValueTask<SmtpReply> Data()
    {
        Reception reception = new(_stream, _deadline, context.Options, context.Receiver, context.Logger);
        SmtpReply reply = await reception.Take(_envelope!, context.Abort).ConfigureAwait(false);
        _open = reception.InStep;
        if (reply.Accepted)
            _patience.MessageTaken();
        _messages++;
        Reset();
        return reply;
    }

    private SmtpReply Reset()
    {
        _envelope = null;
        _state = _helo.Length > 0 ? SmtpState.Greeted : SmtpState.Connected;
        return SmtpReplies.Ok;
    }

    private SmtpReply? Leave()
    {
        _open = false;
        return null;
    }

    private void Close(SmtpReply lastWords)
    {
        _stream.Write(lastWords);
        _open = false;
    }

    private async ValueTask Flush()
    {
        if (_stream.Pending == 0)
            return;
        _deadline.Allow(_limits.Command);
        await _stream.Flush(_deadline.Token).ConfigureAwait(false);
    }

    /// <summary>
    /// Sends what is still to be said, also after an interruption: a 250 that waits here must not get lost.
    /// A close with bytes unread would reset the connection and take the words with it, so some are read away.
    /// </summary>
    private async ValueTask SayLastWords()
    {
        _deadline.Allow(_lastWords);
        await _stream.Flush(CancellationToken.None).ConfigureAwait(false);
        socket.Shutdown(SocketShutdown.Send);
        if (_stream.Unread.IsEmpty && socket.Available == 0)
            return;
        int count = 0;
        do
            _stream.DropUnread();
        while (await _stream.Fill(_deadline.Token).ConfigureAwait(false) && ++count < LingerReads);
    }

    private const int LingerReads = 256;
    private static readonly TimeSpan _lastWords = TimeSpan.FromSeconds(5);
}
