using System.Net;
using System.Net.Sockets;
using MailInbox.Mail.Smtp;
using MailInbox.Mail.Wire;

namespace MailInbox.Host.Demo;

/// <summary>A connection to a gateway's listener, as a mail server of the world outside would have it.</summary>
internal sealed class DemoDelivery : IAsyncDisposable
{
    private readonly SmtpClient _client;

    private DemoDelivery(SmtpClient client, IPEndPoint listener) => (_client, Listener) = (client, listener);

    public IPEndPoint Listener { get; }

    /// <summary>Null when nothing listens there.</summary>
    /// <exception cref="DemoRefusal">Something is there, but does not let us in.</exception>
    public static async Task<DemoDelivery?> Open(IPEndPoint listener, TimeProvider clock, CancellationToken cancel)
    {
        IPAddress address = listener.Address.Equals(IPAddress.Any) ? IPAddress.Loopback : listener.Address.Equals(IPAddress.IPv6Any) ? IPAddress.IPv6Loopback : listener.Address;
        SmtpClientOptions options = new() { Host = address.ToString(), Port = listener.Port, Security = WireSecurity.None, HeloName = "demo.example" };
        try
        {
            return new DemoDelivery(await SmtpClient.Connect(options, clock, cancel), listener);
        }
        catch (SocketException problem) when (problem.SocketErrorCode == SocketError.ConnectionRefused)
        {
            return null;
        }
        catch (Exception problem) when (problem is SocketException or IOException or SmtpRefusal)
        {
            throw new DemoRefusal($"smtp://{listener} does not let mail in: {problem.Message}");
        }
    }

    /// <exception cref="DemoRefusal">The listener refused a mail or went away; those before it are delivered.</exception>
    public async Task Send(IReadOnlyList<DemoMail> mails, CancellationToken cancel)
    {
        foreach (DemoMail mail in mails)
        {
            await Send(mail, cancel);
        }

        await _client.Quit(cancel);
    }

    public ValueTask DisposeAsync() => _client.DisposeAsync();

    private async Task Send(DemoMail mail, CancellationToken cancel)
    {
        try
        {
            SmtpSendResult result = await _client.Send(new SmtpMessage(mail.EnvelopeFrom, mail.Recipients, mail.Bytes), cancel);
            if (result.Recipients.FirstOrDefault(r => !r.Reply.Accepted) is { } refused)
            {
                throw new DemoRefusal($"smtp://{Listener} refused a mail for {refused.Address}: {refused.Reply}\nIs it a gateway with this configuration (--config)?");
            }
        }
        catch (Exception problem) when (problem is IOException or SocketException)
        {
            throw new DemoRefusal($"smtp://{Listener} broke off: {problem.Message}");
        }
    }
}

/// <summary>The demo mails could not be brought in; the message says why and what to do.</summary>
internal sealed class DemoRefusal(string message) : Exception(message);
