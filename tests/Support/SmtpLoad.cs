using System.Collections.Concurrent;
using System.Net.Sockets;

namespace MailInbox.Tests.Support;

/// <summary>A mail that the server took responsibility for.</summary>
internal sealed record Acknowledgement(long Id, string MessageId, string Sha256);

/// <summary>
/// Sessions that send mail after mail, come back when the server goes away, and write down what was acknowledged.
/// No mail is sent twice.
/// </summary>
internal sealed class SmtpLoad(int port, int sessions, Func<long, LoadMail> make)
{
    /// <summary>Mails of one connection, below what servers allow.</summary>
    private const int PerConnection = 90;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    private readonly ConcurrentDictionary<string, string> _tried = [];
    private readonly ConcurrentBag<Acknowledgement> _acknowledged = [];
    private readonly ConcurrentBag<string> _refusals = [];
    private Task _work = Task.CompletedTask;
    private long _number;
    private volatile bool _stopping;

    /// <summary>SHA-256 of every mail whose sending began.</summary>
    public IReadOnlyCollection<string> Tried => [.. _tried.Keys];

    public IReadOnlyCollection<Acknowledgement> Acknowledged => [.. _acknowledged];

    public int Count => _acknowledged.Count;

    /// <summary>Answers other than 250 to a mail, and than the 421 of a server that goes.</summary>
    public IReadOnlyCollection<string> Refusals => [.. _refusals];

    public void Start() => _work = Task.WhenAll(Enumerable.Range(0, sessions).Select(_ => Task.Run(Session)));

    /// <summary>Lets each session finish the mail it is in.</summary>
    public async Task Stop()
    {
        _stopping = true;
        await _work;
    }

    private async Task Session()
    {
        while (!_stopping)
        {
            try
            {
                using SmtpWire wire = await SmtpWire.Connect(port);
                await Send(wire);
            }
            catch (Exception gone) when (gone is IOException or SocketException)
            {
                await Task.Delay(Pause);
            }
        }
    }

    private async Task Send(SmtpWire wire)
    {
        for (int i = 0; i < PerConnection && !_stopping; i++)
        {
            LoadMail mail = make(Interlocked.Increment(ref _number) - 1);
            string sha = mail.Sha256;
            _tried[sha] = mail.MessageId;
            string reply = await wire.Send(mail.Bytes, mail.From);
            long id = SmtpWire.KeptAs(reply);
            if (id > 0)
            {
                _acknowledged.Add(new Acknowledgement(id, mail.MessageId, sha));
            }
            else if (reply.StartsWith("421", StringComparison.Ordinal))
            {
                return;
            }
            else
            {
                _refusals.Add(reply);
            }
        }

        await wire.Say("QUIT");
    }
}
