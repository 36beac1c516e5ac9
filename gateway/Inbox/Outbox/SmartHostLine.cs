using System.Net.Sockets;
using MailInbox.Inbox.Configuration;
using MailInbox.Inbox.Conversations;
using MailInbox.Mail.Smtp;

namespace MailInbox.Inbox.Outbox;

/// <summary>The connection to one smart host, opened when first needed and again after it broke. Its answers become outcomes; it never throws for what a host does.</summary>
internal sealed class SmartHostLine(SubmissionOptions host, string heloName, TimeProvider clock) : IAsyncDisposable
{
    /// <summary>Messages over one connection.</summary>
    private const int MostMessages = 100;

    private SmtpClient? _client;
    private int _sent;

    /// <summary>Sends one message; one outcome for each recipient.</summary>
    public async Task<IReadOnlyList<Outcome>> Send(SmtpMessage message, CancellationToken cancel)
    {
        try
        {
            _client ??= await SmtpClient.Connect(Options(), clock, cancel);
            SmtpSendResult result = await _client.Send(message, cancel);
            if (result.Uncertain || ++_sent >= MostMessages || result.Recipients.Any(r => !r.Reply.Accepted))
            {
                await Hang();
            }

            return [.. result.Recipients.Select(r => new Outcome(r.Address, State(r.Reply, result.Uncertain), r.Reply.ToString()))];
        }
        catch (SmtpRefusal refusal)
        {
            await Hang();
            // A greeting or a login that fails says nothing about the message: it waits, and the thread shows why.
            return All(message, $"{host.Host} refuses: {refusal.Reply}");
        }
        catch (Exception broken) when (broken is IOException or SocketException or TimeoutException or System.Security.Authentication.AuthenticationException)
        {
            await Hang();
            return All(message, $"{host.Host}:{host.Port} cannot be used: {broken.Message}");
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_client is not null)
        {
            await _client.Quit(CancellationToken.None);
        }

        await Hang();
    }

    private static DeliveryState State(SmtpReply reply, bool uncertain) => reply switch
    {
        { Accepted: true } => DeliveryState.Sent,
        { Permanent: true } => DeliveryState.Failed,
        _ => uncertain ? DeliveryState.Uncertain : DeliveryState.Deferred,
    };

    private static List<Outcome> All(SmtpMessage message, string reply) => [.. message.To.Select(to => new Outcome(to, DeliveryState.Deferred, reply))];

    private SmtpClientOptions Options() => new()
    {
        Host = host.Host,
        Port = host.Port,
        Security = host.Security,
        User = host.User,
        Password = host.Password,
        HeloName = heloName,
    };

    private async Task Hang()
    {
        if (_client is not null)
        {
            await _client.DisposeAsync();
        }

        (_client, _sent) = (null, 0);
    }
}
