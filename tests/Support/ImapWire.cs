using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace MailInbox.Tests.Support;

/// <summary>
/// A plain IMAP client that shares no line with the program it tests: another person's mail program on the same mailbox.
/// It sends what it is told and hands back the server's lines.
/// </summary>
internal sealed class ImapWire : IDisposable
{
    private readonly TcpClient _client;
    private readonly NetworkStream _stream;
    private readonly StreamReader _lines;
    private int _number;

    private ImapWire(TcpClient client)
    {
        _client = client;
        _stream = client.GetStream();
        _lines = new StreamReader(_stream, Encoding.Latin1);
    }

    /// <summary>Connects and logs in.</summary>
    /// <exception cref="IOException">The server closed, or did not let the user in.</exception>
    public static async Task<ImapWire> Connect(int port, string user, string password)
    {
        TcpClient client = new() { NoDelay = true };
        try
        {
            await client.ConnectAsync(IPAddress.Loopback, port);
            ImapWire wire = new(client);
            await wire.Line();
            await wire.Ask($"LOGIN \"{user}\" \"{password}\"");
            return wire;
        }
        catch
        {
            client.Dispose();
            throw;
        }
    }

    /// <summary>Sends a command; the untagged lines of its answer, those of literals among them.</summary>
    /// <exception cref="IOException">The server said NO or BAD, or closed. The words are its last line.</exception>
    public async Task<IReadOnlyList<string>> Ask(string command)
    {
        IReadOnlyList<string> lines = await Say(command);
        return lines[^1].StartsWith("OK", StringComparison.Ordinal) ? [.. lines.SkipLast(1)] : throw new IOException(lines[^1]);
    }

    /// <summary>Sends a command; the lines of its answer, the last one without its tag. Without such a one the server closed.</summary>
    public async Task<IReadOnlyList<string>> Say(string command)
    {
        string tag = Tag();
        await Write(Encoding.Latin1.GetBytes($"{tag}{command}\r\n"));
        List<string> lines = [];
        while (await _lines.ReadLineAsync() is { } line)
        {
            if (line.StartsWith(tag, StringComparison.Ordinal))
            {
                return [.. lines, line[tag.Length..]];
            }

            lines.Add(line);
        }

        return [.. lines, ""];
    }

    /// <summary>Selects a folder; its UIDVALIDITY.</summary>
    public async Task<long> Select(string folder)
    {
        const string Code = "* OK [UIDVALIDITY ";
        string line = (await Ask($"SELECT \"{folder}\"")).First(l => l.StartsWith(Code, StringComparison.Ordinal));
        return long.Parse(line[Code.Length..line.IndexOf(']', StringComparison.Ordinal)], CultureInfo.InvariantCulture);
    }

    /// <summary>Puts a mail into a folder (APPEND); ends once the server has acknowledged it.</summary>
    public async Task Append(string folder, ReadOnlyMemory<byte> mail)
    {
        string tag = Tag();
        await Write(Encoding.Latin1.GetBytes($"{tag}APPEND \"{folder}\" {{{mail.Length}+}}\r\n"));
        await Write(mail);
        await Write("\r\n"u8.ToArray());
        string line;
        while (!(line = await Line()).StartsWith(tag, StringComparison.Ordinal))
        {
            // News of the selected folder.
        }

        if (!line.StartsWith(tag + "OK", StringComparison.Ordinal))
        {
            throw new IOException(line);
        }
    }

    /// <summary>Idles (RFC 2177) until this is disposed; each line as it comes.</summary>
    public async IAsyncEnumerable<string> Idle()
    {
        await Write(Encoding.Latin1.GetBytes($"{Tag()}IDLE\r\n"));
        while (await Heard() is { } line)
        {
            yield return line;
        }
    }

    public void Dispose() => _client.Dispose();

    private async Task<string?> Heard()
    {
        try
        {
            return await _lines.ReadLineAsync();
        }
        catch (Exception over) when (over is IOException or ObjectDisposedException)
        {
            return null;
        }
    }

    private string Tag() => string.Create(CultureInfo.InvariantCulture, $"t{++_number} ");

    private async Task Write(ReadOnlyMemory<byte> bytes) => await _stream.WriteAsync(bytes);

    private async Task<string> Line() => await _lines.ReadLineAsync() ?? throw new IOException("The server closed the connection.");
}
