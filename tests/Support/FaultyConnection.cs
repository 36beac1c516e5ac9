using System.Net;
using System.Net.Sockets;

namespace MailInbox.Tests.Support;

/// <summary>One connection over a <see cref="FaultyWire"/>.</summary>
internal sealed class FaultyConnection(FaultyWire wire, Socket client) : IDisposable
{
    private const int Piece = 16 * 1024;

    private readonly Socket _server = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };

    /// <summary>Something was lost on it: what comes after it would be no stream any more.</summary>
    private volatile bool _dead;

    /// <summary>Carries bytes until both sides have closed, or it is broken.</summary>
    public async Task Carry(int port, CancellationToken end)
    {
        try
        {
            client.NoDelay = true;
            WireState state = (await wire.Fate()).State;
            _dead = state == WireState.Swallowing;
            if (_dead)
            {
                await Up(end);
            }
            else if (state != WireState.Refusing)
            {
                await _server.ConnectAsync(IPAddress.Loopback, port, end);
                await Task.WhenAll(Up(end), Down(end));
                return;
            }
        }
        catch (Exception gone) when (gone is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // Nothing answers behind the wire, or it was taken down.
        }

        Reset();
    }

    /// <summary>Ends it on both sides with RST.</summary>
    public void Reset()
    {
        client.Close(0);
        _server.Close(0);
    }

    /// <summary>Ends it in order.</summary>
    public void Dispose()
    {
        client.Dispose();
        _server.Dispose();
    }

    private async Task Up(CancellationToken end)
    {
        try
        {
            await Pass(client, _server, end);
            if (!_dead)
            {
                _server.Shutdown(SocketShutdown.Send);
                return;
            }
        }
        catch (Exception gone) when (gone is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // The client broke it, or the server does not take any more.
        }

        // Who gave up a dead peer has no use for it.
        Reset();
    }

    private async Task Down(CancellationToken end)
    {
        try
        {
            await Pass(_server, client, end);
            if (!_dead)
            {
                client.Shutdown(SocketShutdown.Send);
            }
        }
        catch (Exception gone) when (gone is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // The client of a dead peer hears nothing, also not of its end.
            if (!_dead)
            {
                Reset();
            }
        }
    }

    /// <summary>Ends when the sender has closed.</summary>
    private async Task Pass(Socket from, Socket to, CancellationToken end)
    {
        byte[] buffer = new byte[Piece];
        while (true)
        {
            int count = await from.ReceiveAsync(buffer, end);
            WireFaults faults = await wire.Fate();
            _dead |= faults.State == WireState.Swallowing;
            if (count == 0)
            {
                return;
            }

            if (!_dead)
            {
                await Task.Delay(faults.Delay, end);
                await Deliver(buffer.AsMemory(0, count), to, end);
            }
        }
    }

    private async Task Deliver(ReadOnlyMemory<byte> bytes, Socket to, CancellationToken end)
    {
        bool strikes = wire.Strikes(bytes.Length, out int passing);
        bytes = bytes[..passing];
        while (bytes.Length > 0)
        {
            bytes = bytes[await to.SendAsync(bytes, end)..];
        }

        if (strikes)
        {
            Reset();
            wire.Struck();
        }
    }
}
