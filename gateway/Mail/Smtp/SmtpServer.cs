using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using MailInbox.Mail.Smtp.Guard;
using Microsoft.Extensions.Logging;

namespace MailInbox.Mail.Smtp;

/// <summary>
/// Listens for SMTP (RFC 5321) and hands what is accepted to the receiver. Offers PIPELINING, SIZE, 8BITMIME and
/// ENHANCEDSTATUSCODES. A session costs no thread and, while idle, less than 16 KB.
/// </summary>
public sealed class SmtpServer : IAsyncDisposable
{
    public SmtpServer(SmtpServerOptions options, IMailReceiver receiver, TimeProvider clock, ILogger<SmtpServer> logger)
    {
        (_options, _clock, _logger) = (options, clock, logger);
        _callers = new SmtpCallers(options.Limits);
        _context = new SmtpSessionContext(options, receiver, clock, logger, _abort.Token);
    }

    /// <summary>Where clients find the server; its port is the real one when the options say 0.</summary>
    public IPEndPoint LocalEndPoint => (IPEndPoint?)_listener?.LocalEndPoint ?? _options.EndPoint;

    /// <summary>Binds and begins to accept.</summary>
    /// <exception cref="IOException">The address or port cannot be had; the message says which and why.</exception>
    public void Start()
    {
        _listener = Bind();
        TimeSpan second = TimeSpan.FromSeconds(1);
        _watch = _clock.CreateTimer(_ => CheckDeadlines(), null, second, second);
        _accepting = Task.Run(() => Accept(_listener));
        _logger.LogInformation("SMTP listens on {EndPoint}", LocalEndPoint);
    }

    /// <summary>
    /// Stops accepting at once. Sessions may finish the message they are in, idle ones are told 421; what remains
    /// after <see cref="SmtpServerOptions.Drain"/>, or when <paramref name="cancel"/> fires, is cut. Never throws.
    /// </summary>
    public async Task Stop(CancellationToken cancel)
    {
        _stopping = true;
        _listener?.Dispose();
        await _accepting.ConfigureAwait(false);
        foreach (SmtpSession session in _sessions.Keys)
            session.Drain();
        if (!await Ended(_options.Drain, cancel).ConfigureAwait(false))
        {
            await _abort.CancelAsync().ConfigureAwait(false);
            foreach (SmtpSession session in _sessions.Keys)
                session.Cut();
            await Ended(_grace, CancellationToken.None).ConfigureAwait(false);
        }
        if (_watch is not null)
            await _watch.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>Cuts all sessions.</summary>
    public async ValueTask DisposeAsync()
    {
        await Stop(new CancellationToken(canceled: true)).ConfigureAwait(false);
        _abort.Dispose();
    }

    private const int Backlog = 512;
    private static readonly TimeSpan _grace = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan _acceptPause = TimeSpan.FromMilliseconds(500);

    private readonly SmtpServerOptions _options;
    private readonly TimeProvider _clock;
    private readonly ILogger _logger;
    private readonly SmtpCallers _callers;
    private readonly SmtpSessionContext _context;
    private readonly CancellationTokenSource _abort = new();
    private readonly ConcurrentDictionary<SmtpSession, Task> _sessions = [];
    private Task _accepting = Task.CompletedTask;
    private volatile bool _stopping;
    private Socket? _listener;
    private ITimer? _watch;

    private Socket Bind()
    {
        IPEndPoint endPoint = _options.EndPoint;
        Socket listener = new(endPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            if (endPoint.Address.Equals(IPAddress.IPv6Any))
                listener.DualMode = true;
            listener.Bind(endPoint);
            listener.Listen(Backlog);
            return listener;
        }
        catch (SocketException problem)
        {
            listener.Dispose();
            throw new IOException($"SMTP cannot listen on {endPoint}: {problem.Message}", problem);
        }
    }

    private async Task Accept(Socket listener)
    {
        while (!_stopping)
        {
            try
            {
                Admit(await listener.AcceptAsync().ConfigureAwait(false));
            }
            catch (Exception) when (_stopping)
            {
                return;
            }
            catch (SocketException problem)
            {
                // Out of file handles, or a client gone before its turn: accepting again at once would spin.
                _logger.LogWarning("SMTP cannot accept: {Reason}", problem.Message);
                await Task.Delay(_acceptPause, _clock).ConfigureAwait(false);
            }
        }
    }

    private void Admit(Socket socket)
    {
        try
        {
            socket.NoDelay = true;
            IPEndPoint client = (IPEndPoint)socket.RemoteEndPoint!;
            if (client.Address.IsIPv4MappedToIPv6)
                client = new IPEndPoint(client.Address.MapToIPv4(), client.Port);
            if (_callers.Enter(client.Address) is { } refusal)
                TurnAway(socket, refusal);
            else
                Open(socket, client);
        }
        catch (SocketException)
        {
            socket.Dispose();
        }
    }

    private void Open(Socket socket, IPEndPoint client)
    {
        SmtpSession session = new(socket, client, _context);
        TaskCompletionSource done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _sessions[session] = done.Task;
        _ = Task.Run(() => Serve(session, client.Address, done));
        if (_stopping)
            session.Drain();
    }

    private async Task Serve(SmtpSession session, IPAddress address, TaskCompletionSource done)
    {
        await session.Run().ConfigureAwait(false);
        _sessions.TryRemove(session, out _);
        session.Dispose();
        _callers.Leave(address);
        done.SetResult();
    }

    private static void TurnAway(Socket socket, SmtpReply reply)
    {
        socket.Blocking = false;
        socket.Send(System.Text.Encoding.ASCII.GetBytes($"{reply}\r\n"));
        socket.Dispose();
    }

    private void CheckDeadlines()
    {
        long now = _clock.GetTimestamp();
        foreach (KeyValuePair<SmtpSession, Task> session in _sessions)
            session.Key.Check(now);
    }

    private async Task<bool> Ended(TimeSpan time, CancellationToken cancel)
    {
        try
        {
            await Task.WhenAll(_sessions.Values).WaitAsync(time, _clock, cancel).ConfigureAwait(false);
            return true;
        }
        catch (Exception late) when (late is TimeoutException or OperationCanceledException)
        {
            return false;
        }
    }
}
