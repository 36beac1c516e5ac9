using System.Net.Sockets;
using System.Text.Json;
using MailInbox.Inbox.Storage;

namespace MailInbox.Host.Control;

/// <summary>
/// Where commands that change something reach the gateway that has the data folder: a local socket inside that folder, which
/// only its owner can enter. One request a connection, answers as JSON lines.
/// </summary>
internal sealed class ControlServer(DataFolder folder, ControlVerbs verbs, TimeProvider clock, ILogger<ControlServer> logger) : IDisposable
{
    /// <summary>Requests at a time.</summary>
    private const int MostSessions = 8;

    /// <summary>Bytes of a request.</summary>
    private const int MostBytes = 4_096;

    /// <summary>A request comes at once or not at all.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim _sessions = new(MostSessions);

    /// <summary>Serves until cancelled.</summary>
    public async Task Run(CancellationToken cancel)
    {
        string path = ControlSocket.PathOf(folder.Path);
        File.Delete(path);
        using Socket listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        if (!ControlSocket.Fits(path))
        {
            logger.LogWarning("The path {Path} is too long for a socket: backfill and reconcile work only while the gateway is stopped", path);
            return;
        }

        try
        {
            listener.Bind(new UnixDomainSocketEndPoint(path));
        }
        catch (SocketException failure)
        {
            logger.LogWarning("No socket can be made at {Path}: {Failure}. Backfill and reconcile work only while the gateway is stopped", path, failure.Message);
            return;
        }

        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        listener.Listen(MostSessions);
        while (!cancel.IsCancellationRequested)
        {
            try
            {
                await _sessions.WaitAsync(cancel);
                Socket client = await listener.AcceptAsync(cancel);
                _ = Task.Run(() => Session(client, cancel), CancellationToken.None);
            }
            catch (SocketException failure)
            {
                _sessions.Release();
                logger.LogWarning("The control socket could not take a command: {Failure}", failure.Message);
                await Task.Delay(Pause, clock, cancel).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (OperationCanceledException)
            {
                break;
            }
        }

        File.Delete(path);
    }

    public void Dispose() => _sessions.Dispose();

    private async Task Session(Socket client, CancellationToken cancel)
    {
        try
        {
            await using NetworkStream stream = new(client, ownsSocket: true);
            using CancellationTokenSource patience = new(Patience, clock);
            using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancel);
            ControlRequest request = await ControlSocket.Read<ControlRequest>(stream, MostBytes, either.Token) ?? new ControlRequest("", null, null);
            await foreach (ControlAnswer answer in verbs.Run(request, cancel))
            {
                await ControlSocket.Write(stream, answer, cancel);
            }
        }
        catch (Exception ended) when (ended is IOException or JsonException or OperationCanceledException)
        {
            // Whoever asked has left, or said nothing sensible: there is nobody to tell.
        }
        catch (Exception failure)
        {
            logger.LogError(failure, "A command was interrupted");
        }
        finally
        {
            _sessions.Release();
        }
    }
}
