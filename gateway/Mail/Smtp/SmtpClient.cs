using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using MailInbox.Mail.Smtp.Dialogue;
using MailInbox.Mail.Wire;

namespace MailInbox.Mail.Smtp;

/// <summary>
/// A connection to a server that takes mail from us, ready to send. Where the server says no, the reply is the
/// result or comes as <see cref="SmtpRefusal"/>; where the wire breaks, as <see cref="IOException"/> or
/// <see cref="SocketException"/>. Not for use by two callers at once.
/// </summary>
public sealed class SmtpClient : IAsyncDisposable
{
    /// <summary>Connects, protects the connection as asked, and logs in.</summary>
    /// <exception cref="SmtpRefusal">The server refused the greeting, EHLO, STARTTLS or the credentials.</exception>
    /// <exception cref="AuthenticationException">TLS cannot be had or the certificate cannot be trusted; or the password may not be sent this way.</exception>
    /// <exception cref="IOException">The connection broke, or a timeout.</exception>
    /// <exception cref="SocketException">The host cannot be found or reached.</exception>
    public static async Task<SmtpClient> Connect(SmtpClientOptions options, TimeProvider clock, CancellationToken cancel)
    {
        if (options.HeloName.Length == 0 || options.HeloName.Any(letter => letter is <= ' ' or >= (char)127))
            throw new ArgumentException("The HELO name must be a host name.", nameof(options));
        Socket socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        SmtpClient client = new(options, socket, clock);
        try
        {
            await client.Open(cancel).ConfigureAwait(false);
            return client;
        }
        catch
        {
            await client.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Whether another message may be sent on this connection.</summary>
    public bool Usable { get; private set; } = true;

    /// <summary>Sends one message. Failures before the final dot are safe to repeat; after it the result is uncertain, also when <paramref name="cancel"/> fires.</summary>
    /// <exception cref="IOException">The connection broke before the final dot was out: nobody got the message.</exception>
    public async Task<SmtpSendResult> Send(SmtpMessage message, CancellationToken cancel)
    {
        if (!Usable)
            throw new InvalidOperationException("The connection is used up.");
        Usable = false;
        SmtpTransaction transaction = new(_exchange, _offer, _options.Timeouts);
        SmtpSendResult result = await transaction.Run(message, cancel).ConfigureAwait(false);
        Usable = transaction.Clean;
        return result;
    }

    /// <summary>RSET: drops what the server holds of a transaction, and shows that the connection still lives. False: it does not.</summary>
    public async Task<bool> Reset(CancellationToken cancel)
    {
        if (!Usable)
            return false;
        Usable = false;
        try
        {
            SmtpReply reply = await _exchange.Ask("RSET", _options.Timeouts.Reset, cancel).ConfigureAwait(false);
            return Usable = reply.Accepted;
        }
        catch (Exception broken) when (broken is IOException or SocketException)
        {
            return false;
        }
    }

    /// <summary>Says goodbye; a server that does not answer is no error.</summary>
    public async Task Quit(CancellationToken cancel)
    {
        if (!Usable)
            return;
        Usable = false;
        try
        {
            await _exchange.Ask("QUIT", _options.Timeouts.Quit, cancel).ConfigureAwait(false);
        }
        catch (Exception broken) when (broken is IOException or SocketException)
        {
            // It is gone either way.
        }
    }

    public ValueTask DisposeAsync()
    {
        Usable = false;
        _exchange.Stream.Dispose();
        return ValueTask.CompletedTask;
    }

    private const int ReplyLine = 8 << 10;

    private readonly SmtpClientOptions _options;
    private readonly Socket _socket;
    private readonly SmtpExchange _exchange;
    private SmtpOffer _offer = SmtpOffer.None;

    private SmtpClient(SmtpClientOptions options, Socket socket, TimeProvider clock)
    {
        (_options, _socket) = (options, socket);
        _exchange = new SmtpExchange(new SmtpStream(socket, ReplyLine), clock);
    }

    private async Task Open(CancellationToken cancel)
    {
        await _exchange.Within(_options.Timeouts.Connect, Dial, cancel).ConfigureAwait(false);
        if (_options.Security == WireSecurity.Tls)
            await Protect(cancel).ConfigureAwait(false);
        Demand(await _exchange.Hear(_options.Timeouts.Command, cancel).ConfigureAwait(false));
        await Hello(cancel).ConfigureAwait(false);
        if (_options.Security == WireSecurity.StartTls)
            await StartTls(cancel).ConfigureAwait(false);
        if (_options.User is not null)
            await Login(cancel).ConfigureAwait(false);
    }

    private async Task<bool> Dial(CancellationToken cancel)
    {
        await _socket.ConnectAsync(_options.Host, _options.Port, cancel).ConfigureAwait(false);
        return true;
    }

    private async Task Hello(CancellationToken cancel)
    {
        SmtpReply reply = await _exchange.Ask($"EHLO {_options.HeloName}", _options.Timeouts.Command, cancel).ConfigureAwait(false);
        _offer = reply.Accepted ? SmtpOffer.Read(reply) : SmtpOffer.None;
        if (reply.Permanent)
            reply = await _exchange.Ask($"HELO {_options.HeloName}", _options.Timeouts.Command, cancel).ConfigureAwait(false);
        Demand(reply);
    }

    private async Task StartTls(CancellationToken cancel)
    {
        if (!_offer.StartTls)
            throw new AuthenticationException("The server does not offer STARTTLS.");
        Demand(await _exchange.Ask("STARTTLS", _options.Timeouts.Command, cancel).ConfigureAwait(false));
        await Protect(cancel).ConfigureAwait(false);
        await Hello(cancel).ConfigureAwait(false); // What was offered in the clear may have been anybody's words.
    }

    private Task<bool> Protect(CancellationToken cancel)
    {
        SslClientAuthenticationOptions tls = ClientTls.For(_options.Host, _options.TrustedRoots);
        return _exchange.Within(_options.Timeouts.Handshake, async limit => { await _exchange.Stream.StartTls(tls, limit).ConfigureAwait(false); return true; }, cancel);
    }

    private async Task Login(CancellationToken cancel)
    {
        if (!_exchange.Stream.Tls && !IsLoopback())
            throw new AuthenticationException("The password is not sent without TLS.");
        await new SmtpLogin(_exchange, _options).Run(_offer, cancel).ConfigureAwait(false);
    }

    private bool IsLoopback() => _socket.RemoteEndPoint is IPEndPoint peer && IPAddress.IsLoopback(peer.Address);

    private static void Demand(SmtpReply reply)
    {
        if (!reply.Accepted)
            throw new SmtpRefusal(reply);
    }
}
