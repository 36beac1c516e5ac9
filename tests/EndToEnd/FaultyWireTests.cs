using System.Net;
using System.Net.Sockets;
using MailInbox.Tests.Support;

namespace MailInbox.Tests.EndToEnd;

/// <summary>The wire between a gateway and its server breaks as it is told.</summary>
public sealed class FaultyWireTests
{
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(300);

    [Test]
    public async Task Bytes_pass_in_both_directions_until_both_have_closed()
    {
        using TcpListener server = Listen();
        await using FaultyWire wire = FaultyWire.To(PortOf(server));
        (TcpClient client, Socket peer) = await Connected(wire, server);
        await client.Client.SendAsync("hello"u8.ToArray());
        client.Client.Shutdown(SocketShutdown.Send);
        Assert.That(await Read(peer, 10), Is.EqualTo("hello"u8.ToArray()), "up to the end");
        await peer.SendAsync("goodbye"u8.ToArray());
        peer.Dispose();
        Assert.That(await Read(client.Client, 10), Is.EqualTo("goodbye"u8.ToArray()));
        await Eventually.Holds(() => wire.Open == 0, "the connection is over");
        Assert.That((wire.Connections, wire.Resets), Is.EqualTo((1, 0)));
        client.Dispose();
    }

    [Test]
    public async Task A_reset_strikes_at_its_byte()
    {
        using TcpListener server = Listen();
        await using FaultyWire wire = FaultyWire.To(PortOf(server));
        (TcpClient client, Socket peer) = await Connected(wire, server);
        wire.ResetAfter(70_000);
        Task sending = peer.SendAsync(new byte[200_000]);
        List<byte> heard = [];
        SocketException? end = await Assert.CatchAsync<SocketException>(async () =>
        {
            while (await Read(client.Client, 1) is [byte one])
            {
                heard.Add(one);
            }
        });
        Assert.Multiple(() =>
        {
            Assert.That(end!.SocketErrorCode, Is.EqualTo(SocketError.ConnectionReset));
            Assert.That(heard, Has.Count.LessThanOrEqualTo(70_000));
            Assert.That(wire.Resets, Is.EqualTo(1));
            Assert.That(async () => { await sending; await Read(peer, 1); }, Throws.InstanceOf<SocketException>(), "the other side too");
        });
        client.Dispose();
    }

    [Test]
    public async Task A_swallowed_connection_stays_silent_when_the_wire_is_well_again()
    {
        using TcpListener server = Listen();
        await using FaultyWire wire = FaultyWire.To(PortOf(server));
        (TcpClient client, Socket peer) = await Connected(wire, server);
        wire.Faults = new WireFaults(WireState.Swallowing);
        await peer.SendAsync("lost"u8.ToArray());
        peer.Dispose();
        using TcpClient second = new();
        await second.ConnectAsync(IPAddress.Loopback, wire.Port);
        await second.Client.SendAsync("lost too"u8.ToArray());
        await Eventually.Holds(() => wire.Connections == 2, "the second is taken");
        Task<byte[]> heard = Read(client.Client, 1);
        await Task.WhenAny(heard, Task.Delay(Quiet));
        wire.Faults = WireFaults.None;
        await Task.WhenAny(heard, Task.Delay(Quiet));
        Assert.That(heard.IsCompleted, Is.False, "neither bytes nor the end");
        (TcpClient third, Socket well) = await Connected(wire, server);
        await well.SendAsync("new"u8.ToArray());
        Assert.That(await Read(third.Client, 3), Is.EqualTo("new"u8.ToArray()), "a new connection is well");
        client.Dispose();
        third.Dispose();
    }

    [Test]
    public async Task A_stuck_connection_goes_on_afterwards()
    {
        using TcpListener server = Listen();
        await using FaultyWire wire = FaultyWire.To(PortOf(server));
        (TcpClient client, Socket peer) = await Connected(wire, server);
        wire.Faults = new WireFaults(WireState.Stuck);
        await peer.SendAsync("late"u8.ToArray());
        Task<byte[]> heard = Read(client.Client, 4);
        await Task.WhenAny(heard, Task.Delay(Quiet));
        Assert.That(heard.IsCompleted, Is.False);
        wire.Faults = WireFaults.None;
        Assert.That(await heard, Is.EqualTo("late"u8.ToArray()));
        wire.Faults = new WireFaults(WireState.Refusing);
        Assert.That(async () => await Read(client.Client, 1), Throws.InstanceOf<SocketException>());
        client.Dispose();
    }

    private static TcpListener Listen()
    {
        TcpListener server = new(IPAddress.Loopback, 0);
        server.Start();
        return server;
    }

    private static int PortOf(TcpListener server) => ((IPEndPoint)server.LocalEndpoint).Port;

    private static async Task<(TcpClient Client, Socket Peer)> Connected(FaultyWire wire, TcpListener server)
    {
        TcpClient client = new();
        await client.ConnectAsync(IPAddress.Loopback, wire.Port);
        return (client, await server.AcceptSocketAsync());
    }

    /// <summary>So many bytes, or fewer when the other side closes before.</summary>
    private static async Task<byte[]> Read(Socket socket, int count)
    {
        byte[] bytes = new byte[count];
        int length = 0;
        int more;
        while (length < count && (more = await socket.ReceiveAsync(bytes.AsMemory(length))) > 0)
        {
            length += more;
        }

        return bytes[..length];
    }
}
