using System.Buffers;
using System.Net.Security;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using MailInbox.Mail.Smtp.Data;

namespace MailInbox.Mail.Smtp;

/// <summary>
/// The bytes of one connection, both directions, in the clear or under TLS. Lines and message bytes are views
/// into one buffer: small between messages, rented and large while a message comes in.
/// </summary>
internal sealed class SmtpStream : IDisposable
{
    /// <summary>The buffer while a message comes in; one delivery write takes at most this.</summary>
    public const int BodyBuffer = 64 << 10;

    /// <summary>Replies waiting beyond this many bytes should be flushed.</summary>
    public const int FlushAt = 2048;

    /// <param name="lineLimit">The longest line the small buffer must hold, in bytes.</param>
    public SmtpStream(Socket socket, int lineLimit)
    {
        _socket = socket;
        _small = _input = new byte[Math.Max(4096, lineLimit + 2)];
    }

    public ReadOnlySpan<byte> Unread => _input.AsSpan(_start, _end - _start);

    public int Pending => _pending;

    public bool Tls => _tls is not null;

    /// <summary>Takes the next line without its CRLF (or LF); the span is good until the next call. False: no whole line is here yet.</summary>
    public bool TryReadLine(out ReadOnlySpan<byte> line)
    {
        int length = Unread.IndexOf((byte)'\n');
        if (length < 0)
        {
            line = default;
            return false;
        }
        line = Unread[..length];
        _start += length + 1;
        if (line.EndsWith("\r"u8))
            line = line[..^1];
        return true;
    }

    /// <summary>Waits for more bytes. False: the peer closed. The buffer must have room, see <see cref="Full"/>.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<bool> Fill(CancellationToken cancel)
    {
        if (!_inBody)
        {
            Shrink();
            MoveToFront();
        }
        Memory<byte> room = _input.AsMemory(_end);
        int count = _tls is null
            ? await _socket.ReceiveAsync(room, SocketFlags.None, cancel).ConfigureAwait(false)
            : await _tls.ReadAsync(room, cancel).ConfigureAwait(false);
        _end += count;
        return count > 0;
    }

    /// <summary>No byte can be read before some are taken away.</summary>
    public bool Full => _inBody ? _end == _input.Length : _end - _start == _input.Length;

    /// <summary>Forgets what was received and not read.</summary>
    public void DropUnread() => _start = _end = 0;

    /// <summary>From here on bytes belong to a message: <see cref="Scan"/> them.</summary>
    public void OpenBody()
    {
        if (!_rented)
        {
            byte[] large = ArrayPool<byte>.Shared.Rent(BodyBuffer);
            Unread.CopyTo(large);
            (_input, _start, _end, _rented) = (large, 0, _end - _start, true);
        }
        _inBody = true;
        _body = _kept = _start;
    }

    /// <summary>Unstuffs what is here. True: the end of the message was seen.</summary>
    public bool Scan(DataScanner scanner) => scanner.Scan(_input, ref _start, ref _kept, _end);

    /// <summary>Message bytes scanned since the last <see cref="DropBody"/>.</summary>
    public ReadOnlyMemory<byte> Body => _input.AsMemory(_body, _kept - _body);

    public void DropBody()
    {
        MoveToFront();
        _body = _kept = 0;
    }

    /// <summary>Back to lines; gives the large buffer back as soon as what is left fits the small one.</summary>
    public void CloseBody()
    {
        _inBody = false;
        _body = _kept = 0;
        Shrink();
    }

    /// <summary>Room of at least <paramref name="size"/> bytes to write into; <see cref="Advance"/> says how many were.</summary>
    public Span<byte> Reserve(int size)
    {
        if (_output.Length - _pending < size)
            Array.Resize(ref _output, Math.Max(_output.Length * 2, _pending + size));
        return _output.AsSpan(_pending);
    }

    public void Advance(int count) => _pending += count;

    public void Write(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(Reserve(bytes.Length));
        _pending += bytes.Length;
    }

    /// <summary>Sends what waits. Once this fails nothing more of it is sent, unless it was cancelled before it began.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    public async ValueTask Flush(CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        ReadOnlyMemory<byte> rest = _output.AsMemory(0, _pending);
        _pending = 0;
        if (_tls is not null && rest.Length > 0)
            await _tls.WriteAsync(rest, cancel).ConfigureAwait(false);
        else
            while (rest.Length > 0)
                rest = rest[await _socket.SendAsync(rest, SocketFlags.None, cancel).ConfigureAwait(false)..];
    }

    /// <summary>Turns to TLS as a client. Bytes that came before it were not protected: they are refused, not kept (RFC 3207 §6).</summary>
    /// <exception cref="IOException">The peer sent bytes after its answer to STARTTLS.</exception>
    public async Task StartTls(SslClientAuthenticationOptions options, CancellationToken cancel)
    {
        if (_end != _start)
            throw new IOException("The server sent bytes before the TLS handshake.");
        DropUnread();
        SslStream tls = new(new NetworkStream(_socket, ownsSocket: false), leaveInnerStreamOpen: false);
        _tls = tls;
        await tls.AuthenticateAsClientAsync(options, cancel).ConfigureAwait(false);
    }

    public void Dispose()
    {
        _tls?.Dispose();
        _socket.Dispose();
        if (_rented)
            ArrayPool<byte>.Shared.Return(_input);
        (_input, _rented, _start, _end) = (_small, false, 0, 0);
    }

    private readonly Socket _socket;
    private readonly byte[] _small;
    private byte[] _input;
    private byte[] _output = new byte[256];
    private SslStream? _tls;
    private int _start, _end, _body, _kept, _pending;
    private bool _rented, _inBody;

    private void Shrink()
    {
        if (!_rented || _end - _start > _small.Length / 2)
            return;
        Unread.CopyTo(_small);
        ArrayPool<byte>.Shared.Return(_input);
        (_input, _start, _end, _rented) = (_small, 0, _end - _start, false);
    }

    private void MoveToFront()
    {
        if (_start == 0)
            return;
        Unread.CopyTo(_input);
        (_start, _end) = (0, _end - _start);
    }
}
