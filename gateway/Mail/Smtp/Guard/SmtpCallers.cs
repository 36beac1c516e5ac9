using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace MailInbox.Mail.Smtp.Guard;

/// <summary>Counts open connections in all, by address and by network.</summary>
internal sealed class SmtpCallers(SmtpLimits limits)
{
    /// <summary>Null: the connection may stay and <see cref="Leave"/> is owed; else why not.</summary>
    public SmtpReply? Enter(IPAddress address)
    {
        (Network host, Network network) = Of(address);
        lock (_lock)
        {
            if (_total >= limits.Connections)
                return new SmtpReply(421, "4.3.2", "Too many connections, try again later");
            bool known = IPAddress.IsLoopback(address);
            if (!known && (_open.GetValueOrDefault(host) >= limits.ConnectionsPerAddress
                || _open.GetValueOrDefault(network) >= limits.ConnectionsPerNetwork))
                return new SmtpReply(421, "4.7.0", "Too many connections from your network, try again later");
            _total++;
            CollectionsMarshal.GetValueRefOrAddDefault(_open, host, out _)++;
            CollectionsMarshal.GetValueRefOrAddDefault(_open, network, out _)++;
            return null;
        }
    }

    public void Leave(IPAddress address)
    {
        (Network host, Network network) = Of(address);
        lock (_lock)
        {
            _total--;
            Drop(host);
            Drop(network);
        }
    }

    private readonly record struct Network(UInt128 Prefix, int Bits);

    private readonly Lock _lock = new();
    private readonly Dictionary<Network, int> _open = [];
    private int _total;

    private void Drop(Network network)
    {
        if (--CollectionsMarshal.GetValueRefOrAddDefault(_open, network, out _) == 0)
            _open.Remove(network);
    }

    // Whoever has one IPv6 address has a /64 of them, so that counts as the address.
    private static (Network Host, Network Network) Of(IPAddress address)
    {
        Span<byte> bytes = stackalloc byte[16];
        bytes.Clear();
        address.TryWriteBytes(bytes, out _);
        UInt128 value = BinaryPrimitives.ReadUInt128BigEndian(bytes);
        (int host, int network) = address.AddressFamily == AddressFamily.InterNetwork ? (32, 24) : (64, 48);
        return (new(value >> (128 - host), host), new(value >> (128 - network), network));
    }
}
