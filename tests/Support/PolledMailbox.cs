using System.Globalization;
using System.Text;
using MailInbox.Inbox.Intake;
using MailInbox.Inbox.Mailboxes;
using MailInbox.Inbox.Mailboxes.Ledger;
using MailInbox.Inbox.Mailboxes.Watching;

namespace MailInbox.Tests.Support;

/// <summary>A mailbox on a real server, and a gateway in this process that polls it.</summary>
internal sealed class PolledMailbox : IAsyncDisposable
{
    private const string Secret = "MAILINBOX_TEST_PASSWORD";
    private const string WrongSecret = "MAILINBOX_TEST_WRONG_PASSWORD";

    private readonly string _options;
    private readonly int? _smartHost;
    private TempFolder? _folder;
    private string _secret = Secret;

    private PolledMailbox(Dovecot server, string options, int? smartHost)
    {
        Server = server;
        Wire = FaultyWire.To(server.Port);
        (_options, _smartHost) = (options, smartHost);
        Environment.SetEnvironmentVariable(Secret, Dovecot.Password);
        Environment.SetEnvironmentVariable(WrongSecret, "wrong");
    }

    public Dovecot Server { get; }

    /// <summary>Between gateway and server.</summary>
    public FaultyWire Wire { get; }

    public TestGateway Gateway { get; private set; } = null!;

    public Maildir Inbox => Server.Maildir();

    public MailboxLedger Ledger => Gateway.Get<MailboxLedger>();

    public ImapMailbox Mailbox => Gateway.Get<Polling>().All[0];

    public SourceStatus Status => Gateway.Get<Sources>().All()[0];

    /// <summary>Starts the server; the gateway follows with <see cref="Start"/>.</summary>
    /// <param name="options">Further keys of the source: <c>"start": "all"</c>.</param>
    public static async Task<PolledMailbox> Prepare(string options = "\"start\": \"all\"", int? smartHost = null) => new(await Dovecot.Run(), options, smartHost);

    /// <summary>The same with the gateway running.</summary>
    public static async Task<PolledMailbox> Run(string options = "\"start\": \"all\"", int? smartHost = null)
    {
        PolledMailbox polled = await Prepare(options, smartHost);
        await polled.Start();
        return polled;
    }

    /// <summary>A small mail with its number as Message-ID.</summary>
    public static byte[] Mail(int number, string more = "") => Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture,
        $"Return-Path: <mina@kunde.example>\r\nFrom: Mina <mina@kunde.example>\r\nTo: support@example.com\r\nSubject: Order {number}\r\nMessage-ID: <m{number}@kunde.example>\r\nDate: Sat, 21 Nov 2026 10:00:00 +0000\r\n\r\nAbout order {number}.\r\n{more}"));

    public static IEnumerable<byte[]> Mails(int first, int count) => Enumerable.Range(first, count).Select(n => Mail(n));

    /// <summary>Starts the gateway, also again after <see cref="Stop"/>.</summary>
    public async Task Start() => Gateway = await TestGateway.Start(new TestConfiguration { Inboxes = Configuration() }, _folder);

    /// <summary>A gateway with the wrong password.</summary>
    public async Task StartRefused()
    {
        _secret = WrongSecret;
        await Start();
        await Eventually.Holds(() => Status.State == SourceState.Failing, "it is refused");
    }

    /// <summary>A gateway that is refused and so keeps away, and beside it a mailbox by a clock that is moved by hand.</summary>
    public async Task<MailboxByHand> StartByHand()
    {
        await StartRefused();
        return new MailboxByHand(Gateway.Get<MailboxRooms>(), Mailbox.Source with { Password = Dovecot.Password });
    }

    public async Task Stop() => _folder = await Gateway.Stop();

    /// <summary>Asks now and waits until so many mails of the mailbox are filed in all.</summary>
    public async Task Filed(int count)
    {
        Mailbox.Look();
        await Eventually.Holds(() => Outcome(FilingOutcome.Filed) >= count && Gateway.Raw.CountWaiting() == 0, $"{count} mails are filed; there are {Outcome(FilingOutcome.Filed)}. {Status}");
        Assert.That(Outcome(FilingOutcome.Filed), Is.EqualTo(count));
    }

    /// <summary>Waits until the mailbox was looked into once more from now on.</summary>
    public async Task Looked()
    {
        DateTimeOffset before = TimeProvider.System.GetUtcNow();
        Mailbox.Look();
        await Eventually.Holds(() => Status.LastSuccess > before && Status.State == SourceState.Ready, "the mailbox was looked into");
    }

    public long Outcome(FilingOutcome outcome) => Gateway.Get<IntakeLedger>().Counts()[outcome];

    /// <summary>Rows of the ledger in the present numbering of all folders.</summary>
    public long Rows(SeenState state) => Ledger.Folders(Mailbox.Source.Key).Sum(f => Ledger.Counts(f).GetValueOrDefault(state));

    // The server must end whatever else fails: it is another process.
    public async ValueTask DisposeAsync()
    {
        await using (Server)
        await using (Wire)
        {
            if (Gateway is not null)
            {
                await Gateway.DisposeAsync();
            }
        }
    }

    private string Configuration() =>
        $$"""
        {
          "inboxes": { "support": { "name": "Support", "addresses": ["support@example.com"]{{(_smartHost is null ? "" : ", \"sendThrough\": \"main\"")}},
            "sources": [{ "imap": "127.0.0.1", "port": {{Wire.Port}}, "security": "none", "user": "{{Dovecot.User}}", "password": "env:{{_secret}}", {{(_options.Contains("every", StringComparison.Ordinal) ? "" : "\"every\": \"1d\", ")}}{{_options}} }] } }{{(_smartHost is null ? "" : $$""", "submission": { "main": { "host": "127.0.0.1", "port": {{_smartHost}}, "security": "none" } }""")}}
        }
        """;
}
