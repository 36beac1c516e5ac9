using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using MailInbox.Mail.Wire;

namespace MailInbox.Mail.Imap;

/// <summary>The bytes of one connection, both directions, in the clear or under TLS; each wait within the <see cref="Deadline"/>.</summary>
/// <exception cref="ImapBroken">Whatever goes wrong on the wire.</exception>
internal sealed class ImapStream(ImapClientOptions options, TimeProvider clock) : IDisposable
{
    public ImapDeadline Deadline { get; } = new(clock, options.Timeouts.BytesPerSecond);

    public bool Tls { get; private set; }

    /// <summary>The peer is this machine: nobody listens on the way.</summary>
    public bool Loopback => _socket.RemoteEndPoint is IPEndPoint peer && IPAddress.IsLoopback(peer.Address);

    /// <summary>Bytes received and not yet taken; good until <see cref="Fill"/>.</summary>
    public ReadOnlyMemory<byte> Unread => _input.AsMemory(_start, _end - _start);

    public async Task Dial(CancellationToken cancel)
    {
        _socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
        _socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime, KeepAliveTime);
        _socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval, KeepAliveInterval);
        _socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveRetryCount, KeepAliveTries);
        try
        {
            await _socket.ConnectAsync(options.Host, options.Port, cancel).AsTask().WaitAsync(options.Timeouts.Connect, clock, cancel).ConfigureAwait(false);
            _wire = new NetworkStream(_socket, ownsSocket: false);
        }
        catch (TimeoutException late)
        {
            throw new ImapBroken(ImapFault.Unreachable, $"No connection within {options.Timeouts.Connect.TotalSeconds:0} s.", late);
        }
        catch (SocketException broken)
        {
            bool unknown = broken.SocketErrorCode is SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain;
            throw new ImapBroken(unknown ? ImapFault.UnknownHost : ImapFault.Unreachable, broken.Message, broken);
        }
    }

    /// <summary>Turns to TLS. Bytes that came before it were not protected: they are refused, not kept.</summary>
    public async Task StartTls(CancellationToken cancel)
    {
        if (_end != _start)
            throw new ImapBroken(ImapFault.Tls, "The server sent bytes before the TLS handshake.");
        SslStream tls = new(_wire!);
        _wire = tls;
        try
        {
            Task shake = tls.AuthenticateAsClientAsync(ClientTls.For(options.Host, options.TrustedRoots), cancel);
            await shake.WaitAsync(options.Timeouts.Handshake, clock, cancel).ConfigureAwait(false);
            Tls = true;
        }
        catch (TimeoutException late)
        {
            throw new ImapBroken(ImapFault.Silent, $"No TLS handshake within {options.Timeouts.Handshake.TotalSeconds:0} s.", late);
        }
        catch (Exception broken) when (broken is AuthenticationException or IOException or SocketException)
        {
            throw new ImapBroken(ImapFault.Tls, broken.InnerException is AuthenticationException inner ? inner.Message : broken.Message, broken);
        }
    }

    public void Take(int count) => _start += count;

    /// <summary>Waits for more bytes. One that was cancelled or came too late goes on: the next call waits for the same bytes.</summary>
    public async ValueTask Fill(CancellationToken cancel)
    {
        if (_reading is null)
        {
            Unread.CopyTo(_input);
            (_start, _end) = (0, _end - _start);
            _reading = Receive();
        }
        int count = await InTime(_reading, cancel).ConfigureAwait(false);
        _reading = null;
        _end += count;
        if (count == 0)
            throw new ImapBroken(ImapFault.Closed, "The server closed the connection.");
    }

    /// <summary>Puts bytes into the buffer of what is to be sent.</summary>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        if (_output.Length - _pending < bytes.Length)
            Array.Resize(ref _output, Math.Max(_output.Length * 2, _pending + bytes.Length));
        bytes.CopyTo(_output.AsSpan(_pending));
        _pending += bytes.Length;
    }

    public async ValueTask Flush(CancellationToken cancel)
    {
        ReadOnlyMemory<byte> bytes = _output.AsMemory(0, _pending);
        _pending = 0;
        if (bytes.Length > 0)
            await InTime(Transmit(bytes), cancel).ConfigureAwait(false);
    }

    /// <summary>Sends what waits, then a message's bytes; the time they take is measured by their number.</summary>
    public async ValueTask Send(ReadOnlyMemory<byte> mail, CancellationToken cancel)
    {
        await Flush(cancel).ConfigureAwait(false);
        for (; mail.Length > 0; mail = mail[Math.Min(mail.Length, Buffer)..])
        {
            ReadOnlyMemory<byte> block = mail[..Math.Min(mail.Length, Buffer)];
            Deadline.Earn(block.Length);
            await InTime(Transmit(block), cancel).ConfigureAwait(false);
        }
    }

    public void Dispose()
    {
        _wire?.Dispose();
        _socket.Dispose();
    }

    private const int Buffer = 64 << 10;

    // Below what routers on the way forget connections after.
    private const int KeepAliveTime = 60;
    private const int KeepAliveInterval = 20;
    private const int KeepAliveTries = 3;

    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly byte[] _input = new byte[Buffer];
    private byte[] _output = new byte[1024];
    private Stream? _wire;
    private Task<int>? _reading;
    private int _start, _end, _pending;

    private async Task<int> Receive()
    {
        try
        {
            return await _wire!.ReadAsync(_input.AsMemory(_end)).ConfigureAwait(false);
        }
        catch (Exception broken) when (broken is IOException or SocketException or ObjectDisposedException)
        {
            throw new ImapBroken(ImapFault.Closed, "The connection broke.", broken);
        }
    }

    private async Task<int> Transmit(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            await _wire!.WriteAsync(bytes).ConfigureAwait(false);
            return bytes.Length;
        }
        catch (Exception broken) when (broken is IOException or SocketException or ObjectDisposedException)
        {
            throw new ImapBroken(ImapFault.Closed, "The connection broke.", broken);
        }
    }

    private async ValueTask<int> InTime(Task<int> work, CancellationToken cancel)
    {
        TimeSpan left = Deadline.Left;
        try
        {
            return left > TimeSpan.Zero ? await work.WaitAsync(left, clock, cancel).ConfigureAwait(false) : throw new TimeoutException();
        }
        catch (TimeoutException late)
        {
            throw new ImapBroken(ImapFault.Silent, $"The server did not answer within {Deadline.Given.TotalSeconds:0} s.", late);
        }
    }
}
