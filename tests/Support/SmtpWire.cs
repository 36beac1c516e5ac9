using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;

namespace MailInbox.Tests.Support;

/// <summary>
/// A plain SMTP client that shares no line with the program it tests: it sends what it is told, right or wrong, and
/// hands back the server's words.
/// </summary>
internal sealed class SmtpWire : IDisposable
{
    private readonly Socket _socket;
    private readonly byte[] _input = new byte[4096];
    private int _start;
    private int _end;

    private SmtpWire(Socket socket) => _socket = socket;

    /// <summary>Connects, hears the greeting and says EHLO.</summary>
    /// <exception cref="IOException">The server closed, or greeted with something else than 220.</exception>
    public static async Task<SmtpWire> Connect(int port)
    {
        Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        SmtpWire wire = new(socket);
        try
        {
            await socket.ConnectAsync(IPAddress.Loopback, port);
            string greeting = await wire.Hear();
            if (!greeting.StartsWith("220", StringComparison.Ordinal))
            {
                throw new IOException(greeting);
            }

            await wire.Say("EHLO client.example");
            return wire;
        }
        catch
        {
            wire.Dispose();
            throw;
        }
    }

    /// <summary>Bytes as a client has to send them: each bare LF made CRLF, CRLF at the end. Anything else stays as it is.</summary>
    public static byte[] Canonical(ReadOnlySpan<byte> mail)
    {
        List<byte> canonical = new(mail.Length + 64);
        byte before = 0;
        foreach (byte letter in mail)
        {
            if (letter == '\n' && before != '\r')
            {
                canonical.Add((byte)'\r');
            }

            canonical.Add(letter);
            before = letter;
        }

        if (canonical.Count > 0 && !(canonical is [.., (byte)'\r', (byte)'\n']))
        {
            canonical.AddRange("\r\n"u8);
        }

        return [.. canonical];
    }

    public static string Sha256(ReadOnlySpan<byte> mail) => Convert.ToHexStringLower(SHA256.HashData(mail));

    /// <summary>The id that the server gave a mail, from its answer "250 2.0.0 Kept as 17"; 0 when the answer is another.</summary>
    public static long KeptAs(string reply) =>
        reply.StartsWith("250 2.0.0 Kept as ", StringComparison.Ordinal) ? long.Parse(reply.AsSpan(18), CultureInfo.InvariantCulture) : 0;

    /// <summary>Sends one mail: MAIL, RCPT and DATA in one go (RFC 2920), then the bytes. The answer to the dot, or the first refusal.</summary>
    /// <param name="mail">Canonical; dots are stuffed here.</param>
    public async Task<string> Send(ReadOnlyMemory<byte> mail, string from = "jonas@berg.example", string to = "support@example.com")
    {
        await Write(Encoding.ASCII.GetBytes($"MAIL FROM:<{from}>\r\nRCPT TO:<{to}>\r\nDATA\r\n"));
        string[] replies = [await Hear(), await Hear(), await Hear()];
        if (!replies[2].StartsWith("354", StringComparison.Ordinal))
        {
            return replies.First(r => r[0] is '4' or '5');
        }

        await Write(Stuffed(mail.Span));
        return await Hear();
    }

    public async Task<string> Say(string line)
    {
        await Write(Encoding.ASCII.GetBytes(line + "\r\n"));
        return await Hear();
    }

    /// <summary>Sends bytes as they are.</summary>
    public async Task Write(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            while (bytes.Length > 0)
            {
                bytes = bytes[await _socket.SendAsync(bytes)..];
            }
        }
        catch (SocketException gone)
        {
            throw new IOException(gone.Message, gone);
        }
    }

    /// <summary>The last line of the next answer.</summary>
    /// <exception cref="IOException">The server closed before it.</exception>
    public async Task<string> Hear()
    {
        while (true)
        {
            string line = await Line();
            if (line.Length < 4 || line[3] != '-')
            {
                return line;
            }
        }
    }

    public void Dispose() => _socket.Dispose();

    private async Task<string> Line()
    {
        int length;
        while ((length = _input.AsSpan(_start, _end - _start).IndexOf((byte)'\n')) < 0)
        {
            await Fill();
        }

        string line = Encoding.ASCII.GetString(_input, _start, length).TrimEnd('\r');
        _start += length + 1;
        return line;
    }

    private async Task Fill()
    {
        _input.AsSpan(_start, _end - _start).CopyTo(_input);
        (_start, _end) = (0, _end - _start);
        int count;
        try
        {
            count = await _socket.ReceiveAsync(_input.AsMemory(_end));
        }
        catch (SocketException gone)
        {
            throw new IOException(gone.Message, gone);
        }

        _end += count > 0 ? count : throw new IOException("The server closed the connection.");
    }

    private static byte[] Stuffed(ReadOnlySpan<byte> mail)
    {
        using MemoryStream stuffed = new(mail.Length + 64);
        while (!mail.IsEmpty)
        {
            if (mail[0] == '.')
            {
                stuffed.WriteByte((byte)'.');
            }

            int end = mail.IndexOf("\r\n"u8);
            int length = end < 0 ? mail.Length : end + 2;
            stuffed.Write(mail[..length]);
            mail = mail[length..];
        }

        stuffed.Write(".\r\n"u8);
        return stuffed.ToArray();
    }
}
