using System.Diagnostics;
using System.Globalization;
using MailInbox.Tests.Support;

namespace MailInbox.Tests.EndToEnd;

/// <summary>A gateway process that polls a real server over a wire that breaks, and is killed again and again meanwhile.</summary>
internal sealed class ImapChaos : IAsyncDisposable
{
    private const int MostBytesToReset = 400_000;
    private const int LongestLife = 1500;

    /// <summary>A connection that is quiet is not struck: then the next byte is.</summary>
    private static readonly TimeSpan QuietLimit = TimeSpan.FromSeconds(3);

    private static readonly TimeSpan FaultLimit = TimeSpan.FromMinutes(2);

    private readonly ChaosPlan _plan;
    private readonly Random _random;
    private readonly Dovecot _server;
    private readonly Maildir _inbox;
    private readonly FaultyWire _wire;
    private GatewayProcess? _gateway;
    private int _kills;

    private ImapChaos(ChaosPlan plan, Dovecot server, Random random)
    {
        _plan = plan;
        _server = server;
        _inbox = server.Maildir();
        _random = random;
        _wire = FaultyWire.To(server.Port);
        Others = new OtherClients(server, "chaos", new Random(random.Next())) { Read = plan.Afterwards == "leave" };
        Place = new GatewayPlace(inboxes: Inboxes());
        Place.Variables["IMAP_PASSWORD"] = Dovecot.Password;
    }

    public GatewayPlace Place { get; }

    public OtherClients Others { get; }

    public int Kills => _kills;

    public int Resets => _wire.Resets;

    public IReadOnlyDictionary<string, string> Flags => _inbox.Flags();

    public string Output => _gateway?.Output ?? "";

    /// <summary>The folder stands, with one poisoned message of each kind in the middle; the gateway has just started.</summary>
    public static async Task<ImapChaos> Start(ChaosPlan plan, Random random)
    {
        ImapChaos chaos = new(plan, await Dovecot.Run(), random);
        try
        {
            await chaos.Others.Deliver(plan.Messages / 2);
            await chaos.Others.Poison();
            await chaos.Others.Deliver(plan.Messages - plan.Messages / 2);
            using (ImapWire first = await chaos._server.Connect())
            {
                await first.Select("INBOX");
            }

            chaos._gateway = await GatewayProcess.Start(chaos.Place);
            return chaos;
        }
        catch
        {
            await chaos.DisposeAsync();
            throw;
        }
    }

    /// <summary>All that the plan says; afterwards nothing is wrong any more.</summary>
    public async Task Run()
    {
        Task breaking = Break();
        await Task.WhenAll(breaking, Others.Work(_plan, () => breaking.IsCompleted ? 1 : (double)(_kills + _wire.Resets) / _plan.Faults, () => breaking.IsCompleted));
    }

    /// <summary>How many mails are filed.</summary>
    public long Filed() => Place.Read("inbox.db", r => r.First<long>("SELECT count(DISTINCT message_id) FROM filing WHERE outcome = 'filed'"));

    /// <summary>What became of each message of the folder as it is numbered now.</summary>
    public IReadOnlyList<SeenRow> Seen()
    {
        (long validity, IReadOnlyDictionary<uint, string> numbered) = _inbox.Numbering();
        IReadOnlyList<SeenRow> rows = Place.Read("mail.db", r => r.All<SeenRow>("SELECT uid, state, tries, reason FROM seen WHERE uidvalidity = @validity", new { validity }));
        return [.. rows.Select(r => r with { MessageId = numbered.GetValueOrDefault((uint)r.Uid, "") })];
    }

    public async ValueTask DisposeAsync()
    {
        if (_gateway is not null)
        {
            await _gateway.DisposeAsync();
        }

        await _wire.DisposeAsync();
        await _server.DisposeAsync();
        Place.Dispose();
    }

    /// <summary>Kills and resets in turns, as evenly as their numbers allow.</summary>
    private async Task Break()
    {
        for (int fault = 1; fault <= _plan.Faults; fault++)
        {
            if ((long)fault * _plan.Kills / _plan.Faults > _kills)
            {
                await Kill();
            }
            else
            {
                await Reset();
            }
        }
    }

    private async Task Kill()
    {
        await Task.Delay(_random.Next(1, LongestLife));
        await _gateway!.Kill();
        await _gateway.DisposeAsync();
        _gateway = await GatewayProcess.Start(Place);
        _kills++;
    }

    private async Task Reset()
    {
        int before = _wire.Resets;
        // Small numbers as often as large ones: within greetings and commands, and within mails.
        _wire.ResetAfter((long)Math.Exp(_random.NextDouble() * Math.Log(MostBytesToReset)) + 1);
        long began = Stopwatch.GetTimestamp();
        bool waiting = true;
        while (_wire.Resets == before)
        {
            if (waiting && Stopwatch.GetElapsedTime(began) > QuietLimit)
            {
                _wire.ResetAfter(1);
                waiting = false;
            }

            Assert.That(Stopwatch.GetElapsedTime(began), Is.LessThan(FaultLimit), $"the gateway does not speak to the server: {Output}");
            await Task.Delay(5);
        }
    }

    private string Inboxes() => string.Create(CultureInfo.InvariantCulture,
        $$"""
        {
          "inboxes": {
            "support": {
              "addresses": ["support@example.com"],
              "sources": [{
                "imap": "127.0.0.1", "port": {{_wire.Port}}, "security": "none", "user": "{{Dovecot.User}}", "password": "env:IMAP_PASSWORD",
                "start": "all", "every": "10s", "afterwards": "{{_plan.Afterwards}}"
              }]
            }
          }
        }
        """);
}

/// <summary>A message of the server in the ledger of polled mailboxes.</summary>
internal sealed record SeenRow(long Uid, string State, long Tries, string Reason)
{
    /// <summary>Empty for one whose bytes cannot be read at all.</summary>
    public string MessageId { get; init; } = "";
}
