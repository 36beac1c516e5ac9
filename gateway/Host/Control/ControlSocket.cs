using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace MailInbox.Host.Control;

/// <summary>The socket of a data folder and its lines.</summary>
internal static class ControlSocket
{
    /// <summary>Bytes that systems allow for the path of a socket.</summary>
    private const int LongestPath = 103;

    private const int LongestAnswer = 64 * 1024;

    public static string PathOf(string folder) => Path.Combine(folder, "control");

    public static bool Fits(string path) => System.Text.Encoding.UTF8.GetByteCount(path) <= LongestPath;

    /// <summary>Asks the gateway that has the folder. Throws <see cref="IOException"/> when it cannot be reached or ends meanwhile.</summary>
    public static async IAsyncEnumerable<ControlAnswer> Ask(string folder, ControlRequest request, [EnumeratorCancellation] CancellationToken cancel)
    {
        using Socket socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await Connect(socket, folder, cancel);
        await using NetworkStream stream = new(socket, ownsSocket: false);
        await Write(stream, request, cancel);
        ControlAnswer answer;
        do
        {
            answer = await Read<ControlAnswer>(stream, LongestAnswer, cancel) ?? throw new IOException("The gateway ended before it was done. What it had begun goes on when it is started again.");
            yield return answer;
        }
        while (!answer.Done && answer.Refusal is null);
    }

    /// <summary>One line; null when the other side has closed.</summary>
    public static async Task<T?> Read<T>(Stream stream, int most, CancellationToken cancel)
        where T : class
    {
        byte[] line = new byte[most];
        for (int length = 0; length < most; length++)
        {
            if (await stream.ReadAsync(line.AsMemory(length, 1), cancel) == 0)
            {
                return null;
            }

            if (line[length] == '\n')
            {
                return JsonSerializer.Deserialize<T>(line.AsSpan(0, length));
            }
        }

        throw new IOException("A line of the control socket is too long.");
    }

    public static async Task Write<T>(Stream stream, T line, CancellationToken cancel)
    {
        await stream.WriteAsync((byte[])[.. JsonSerializer.SerializeToUtf8Bytes(line), (byte)'\n'], cancel);
    }

    private static async Task Connect(Socket socket, string folder, CancellationToken cancel)
    {
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(PathOf(folder)), cancel);
        }
        catch (Exception failure) when (failure is SocketException or ArgumentException)
        {
            throw new IOException($"The running gateway cannot be reached at {PathOf(folder)}: {failure.Message}", failure);
        }
    }
}
