using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace MailInbox.Tests.Support;

/// <summary>A server that plays one connection from a script, to see how a client of ours bears it.</summary>
internal sealed class ScriptedPeer : IAsyncDisposable
{
    public static ScriptedPeer Play(Func<ScriptedPeer, Task> script) => new(script);

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Ends with the script; carries its failure.</summary>
    public Task Done { get; }

    /// <summary>Every line heard so far.</summary>
    public List<string> Heard { get; } = [];

    public Task Say(string text) => _wire!.WriteAsync(Encoding.Latin1.GetBytes(text)).AsTask();

    /// <summary>One line without its CRLF; null when the client has closed.</summary>
    public async Task<string?> Hear()
    {
        StringBuilder line = new();
        byte[] one = new byte[1];
        while (await _wire!.ReadAsync(one) == 1)
        {
            if (one[0] == '\n')
            {
                Heard.Add(line.ToString().TrimEnd('\r'));
                return Heard[^1];
            }
            line.Append((char)one[0]);
        }
        return null;
    }

    /// <summary>Hears one line and answers it.</summary>
    public async Task<string?> Answer(string reply)
    {
        string? line = await Hear();
        await Say(reply);
        return line;
    }

    /// <summary>Hears until a lone dot; the lines before it.</summary>
    public async Task<List<string>> HearMessage()
    {
        List<string> lines = [];
        while (await Hear() is { } line && line != ".")
            lines.Add(line);
        return lines;
    }

    /// <summary>Says no more, and goes on hearing.</summary>
    public void EndSaying() => _client?.Client?.Shutdown(SocketShutdown.Send);

    public async Task StartTls(X509Certificate2 certificate)
    {
        SslStream tls = new(_wire!);
        await tls.AuthenticateAsServerAsync(certificate);
        _wire = tls;
    }

    /// <summary>Closes with a reset, as a crash does.</summary>
    public void Crash()
    {
        _client!.LingerState = new LingerOption(true, 0);
        _client.Dispose();
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Dispose();
        _client?.Dispose();
        try
        {
            await Done;
        }
        catch (Exception gone) when (gone is IOException or SocketException or ObjectDisposedException or AuthenticationException)
        {
            // The client left first.
        }
    }

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private TcpClient? _client;
    private Stream? _wire;

    private ScriptedPeer(Func<ScriptedPeer, Task> script)
    {
        _listener.Start();
        Done = Task.Run(async () =>
        {
            _client = await _listener.AcceptTcpClientAsync();
            _client.NoDelay = true;
            _wire = _client.GetStream();
            await script(this);
            _client.Dispose();
        });
    }
}
