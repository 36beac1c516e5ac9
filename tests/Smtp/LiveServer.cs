using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using MailInbox.Mail.Smtp;
using Microsoft.Extensions.Logging;

namespace MailInbox.Tests.Smtp;

/// <summary>A server on loopback with a receiver in memory, and what both have to say.</summary>
internal sealed class LiveServer : IAsyncDisposable
{
    public static LiveServer Start(SmtpLimits? limits = null, TimeProvider? clock = null, bool rejectBareLf = true)
    {
        SmtpServerOptions options = new()
        {
            EndPoint = new IPEndPoint(IPAddress.Loopback, 0),
            HostName = "mx.example.com",
            Limits = limits ?? new SmtpLimits { ErrorPause = TimeSpan.Zero },
            RejectBareLf = rejectBareLf,
        };
        LiveServer live = new(options, clock ?? TimeProvider.System);
        live.Server.Start();
        return live;
    }

    public SmtpServer Server { get; }

    public MemoryReceiver Receiver { get; } = new();

    public ErrorLog Log { get; } = new();

    /// <summary>Connects and takes the greeting.</summary>
    public async Task<SmtpTalk> Dial()
    {
        SmtpTalk talk = await SmtpTalk.Connect(Server.LocalEndPoint);
        Assert.That(await talk.Hear(), Does.StartWith("220 mx.example.com "));
        return talk;
    }

    /// <summary>Connects and says EHLO.</summary>
    public async Task<SmtpTalk> Greet()
    {
        SmtpTalk talk = await Dial();
        Assert.That(await talk.Ask("EHLO client.example"), Does.StartWith("250-"));
        return talk;
    }

    /// <summary>Connects and talks up to the 354.</summary>
    public async Task<SmtpTalk> OpenData()
    {
        SmtpTalk talk = await Greet();
        Assert.That(await talk.Ask("MAIL FROM:<a@b.example>"), Is.EqualTo("250 2.1.0 Ok"));
        Assert.That(await talk.Ask("RCPT TO:<support@example.com>"), Is.EqualTo("250 2.1.5 Ok"));
        Assert.That(await talk.Ask("DATA"), Does.StartWith("354 "));
        return talk;
    }

    public ValueTask DisposeAsync() => Server.DisposeAsync();

    private LiveServer(SmtpServerOptions options, TimeProvider clock) => Server = new SmtpServer(options, Receiver, clock, Log);
}

/// <summary>Keeps mail for support@example.com in memory; fails where it is told to.</summary>
internal sealed class MemoryReceiver : IMailReceiver
{
    public ConcurrentQueue<(Envelope Envelope, string Text)> Mails { get; } = [];

    public ConcurrentQueue<int> Writes { get; } = [];

    public Func<Envelope, SmtpReply?> OnSender { get; set; } = _ => null;

    public Func<SmtpPath, SmtpReply?> OnRecipient { get; set; } = path =>
        path.Domain != "example.com" ? new SmtpReply(550, "5.7.1", "Relaying denied")
        : path.LocalPart != "support" ? new SmtpReply(550, "5.1.1", "No such recipient")
        : null;

    public Action OnBegin { get; set; } = () => { };

    public Action OnWrite { get; set; } = () => { };

    public Func<Task<SmtpReply>> OnCommit { get; set; } = () => Task.FromResult(new SmtpReply(250, "2.0.0", "Stored"));

    public int Dropped => _dropped;

    public SmtpReply? Sender(Envelope envelope) => OnSender(envelope);

    public SmtpReply? Recipient(Envelope envelope, SmtpPath recipient) => OnRecipient(recipient);

    public ValueTask<IMailDelivery> Begin(Envelope envelope, CancellationToken cancel)
    {
        OnBegin();
        return new(new Delivery(this, envelope));
    }

    private int _dropped;

    private sealed class Delivery(MemoryReceiver receiver, Envelope envelope) : IMailDelivery
    {
        public ValueTask Write(ReadOnlyMemory<byte> bytes, CancellationToken cancel)
        {
            receiver.OnWrite();
            receiver.Writes.Enqueue(bytes.Length);
            _text.Append(Encoding.Latin1.GetString(bytes.Span));
            return ValueTask.CompletedTask;
        }

        public async ValueTask<SmtpReply> Commit(CancellationToken cancel)
        {
            SmtpReply reply = await receiver.OnCommit();
            if (reply.Accepted)
                receiver.Mails.Enqueue((envelope, _text.ToString()));
            _committed = reply.Accepted;
            return reply;
        }

        public ValueTask DisposeAsync()
        {
            if (!_committed)
                Interlocked.Increment(ref receiver._dropped);
            return ValueTask.CompletedTask;
        }

        private readonly StringBuilder _text = new();
        private bool _committed;
    }
}

/// <summary>Keeps what the server logs as an error: a bug, unless the test made the receiver fail.</summary>
internal sealed class ErrorLog : ILogger<SmtpServer>
{
    public ConcurrentQueue<string> Errors { get; } = [];

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel))
            Errors.Enqueue($"{formatter(state, exception)} {exception}");
    }
}

/// <summary>A bare client: bytes out, replies in.</summary>
internal sealed class SmtpTalk : IDisposable
{
    public static async Task<SmtpTalk> Connect(IPEndPoint server)
    {
        Socket socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(server);
        return new SmtpTalk(socket);
    }

    public async Task Send(string text)
    {
        try
        {
            await _socket.SendAsync(Encoding.Latin1.GetBytes(text));
        }
        catch (SocketException)
        {
            // The server has closed; what it said before is what counts.
        }
    }

    public async Task<string> Ask(string command)
    {
        await Send($"{command}\r\n");
        return await Hear();
    }

    /// <summary>One reply, its lines joined by LF; empty when the server has closed.</summary>
    public async Task<string> Hear()
    {
        List<string> lines = [];
        while (await Line() is { } line)
        {
            lines.Add(line);
            if (line.Length < 4 || line[3] != '-')
                break;
        }
        return string.Join('\n', lines);
    }

    /// <summary>All replies up to the close.</summary>
    public async Task<List<string>> HearAll()
    {
        List<string> replies = [];
        while (await Hear() is { Length: > 0 } reply)
            replies.Add(reply);
        return replies;
    }

    public void EndSending() => _socket.Shutdown(SocketShutdown.Send);

    public void Dispose() => _socket.Dispose();

    private readonly Socket _socket;
    private readonly byte[] _buffer = new byte[8192];
    private string _text = "";

    private SmtpTalk(Socket socket) => _socket = socket;

    private async Task<string?> Line()
    {
        int end;
        while ((end = _text.IndexOf("\r\n", StringComparison.Ordinal)) < 0)
        {
            using CancellationTokenSource limit = new(TimeSpan.FromSeconds(20));
            try
            {
                int count = await _socket.ReceiveAsync(_buffer, limit.Token);
                if (count == 0)
                    return null;
                _text += Encoding.Latin1.GetString(_buffer, 0, count);
            }
            catch (SocketException)
            {
                return null;
            }
        }
        string line = _text[..end];
        _text = _text[(end + 2)..];
        return line;
    }
}
