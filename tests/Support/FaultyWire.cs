using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace MailInbox.Tests.Support;

/// <summary>A port on loopback that leads to another one, and breaks as it is told.</summary>
internal sealed class FaultyWire : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly ConcurrentDictionary<FaultyConnection, bool> _open = [];
    private readonly List<Task> _carrying = [];
    private readonly Task _accepting;
    private readonly int _port;
    private volatile WireFaults _faults = WireFaults.None;
    private TaskCompletionSource _changed = Changing();
    private long _resetIn = long.MaxValue;
    private int _connections;
    private int _resets;

    private FaultyWire(int port)
    {
        _port = port;
        _listener.Start();
        _accepting = Task.Run(Accept);
    }

    /// <summary>Where to connect to.</summary>
    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>What is wrong from now on, for the connections that are open and for those that come.</summary>
    public WireFaults Faults
    {
        get => _faults;
        set
        {
            _faults = value;
            Interlocked.Exchange(ref _changed, Changing()).TrySetResult();
            if (value.State == WireState.Refusing)
            {
                Reset();
            }
        }
    }

    /// <summary>How many have connected so far.</summary>
    public int Connections => Volatile.Read(ref _connections);

    /// <summary>How many connections are open now.</summary>
    public int Open => _open.Count;

    /// <summary>How often <see cref="ResetAfter"/> has struck.</summary>
    public int Resets => Volatile.Read(ref _resets);

    public static FaultyWire To(int port) => new(port);

    /// <summary>Once: after this many more bytes, in whichever direction, the connection that carries them is reset in both.</summary>
    public void ResetAfter(long bytes) => Volatile.Write(ref _resetIn, bytes);

    /// <summary>Resets every open connection now.</summary>
    public void Reset()
    {
        foreach (FaultyConnection connection in _open.Keys)
        {
            connection.Reset();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Dispose();
        await _accepting;
        Reset();
        await Task.WhenAll(_carrying);
        _end.Dispose();
    }

    /// <summary>Waits while nothing may be taken from the wire; then how the next bytes fare.</summary>
    internal async Task<WireFaults> Fate()
    {
        while (true)
        {
            // Taken before the look at the faults, so that no change between them is missed.
            Task changed = Volatile.Read(ref _changed).Task;
            WireFaults faults = _faults;
            if (faults.State != WireState.Stuck)
            {
                return faults;
            }

            await changed.WaitAsync(_end.Token);
        }
    }

    /// <summary>How many of these bytes may pass before a reset; all of them in most cases.</summary>
    internal bool Strikes(int count, out int passing)
    {
        passing = count;
        long before = Volatile.Read(ref _resetIn);
        while (before != long.MaxValue)
        {
            bool strikes = before <= count;
            long seen = Interlocked.CompareExchange(ref _resetIn, strikes ? long.MaxValue : before - count, before);
            if (seen == before)
            {
                passing = strikes ? (int)before : count;
                return strikes;
            }

            before = seen;
        }

        return false;
    }

    internal void Struck() => Interlocked.Increment(ref _resets);

    private static TaskCompletionSource Changing() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private async Task Accept()
    {
        try
        {
            while (true)
            {
                Socket client = await _listener.AcceptSocketAsync(_end.Token);
                Interlocked.Increment(ref _connections);
                _carrying.Add(Task.Run(() => Carry(new FaultyConnection(this, client))));
            }
        }
        catch (Exception over) when (over is OperationCanceledException or SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // The wire was taken down.
        }
    }

    private async Task Carry(FaultyConnection open)
    {
        using FaultyConnection connection = open;
        _open[connection] = true;
        await connection.Carry(_port, _end.Token);
        _open.TryRemove(connection, out _);
    }
}
