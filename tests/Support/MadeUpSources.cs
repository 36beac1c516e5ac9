using MailInbox.Admin.Mailboxes;
using MailInbox.Inbox.Mailboxes.Watching;

namespace MailInbox.Tests.Support;

/// <summary>Sources of mail in every state that their page knows.</summary>
internal static class MadeUpSources
{
    public static SourceStatus Well { get; } = new()
    {
        Key = "support/imap.example.com/support@example.com",
        Inbox = "support",
        Name = "support@example.com",
        Place = "imap.example.com:993",
        Polled = true,
        State = SourceState.Ready,
        Doing = "listening in INBOX (IDLE)",
        LastSuccess = Ago(0, 12),
        LastMail = Ago(4),
        Lag = TimeSpan.FromMilliseconds(820),
        Taken = 12_048,
        Stubs = 3,
    };

    public static SourceStatus Failing { get; } = new()
    {
        Key = "sales/outlook.example.com/shared@example.com",
        Inbox = "sales",
        Name = "shared@example.com",
        Place = "outlook.example.com:993",
        Polled = true,
        State = SourceState.Failing,
        LastSuccess = Ago(1_300),
        LastMail = Ago(1_330),
        Fault = new SourceFault(
            "The server refused the sign-in: [AUTHENTICATIONFAILED] Invalid credentials (Failure)",
            "Check user and password of this source in config/inboxes.json; some providers want a password made for programs.",
            Ago(1_300),
            TimeProvider.System.GetUtcNow().AddSeconds(140)),
        Taken = 96,
        Waiting = 41,
    };

    public static SourceStatus Silent { get; } = new()
    {
        Key = "support/mail.example.net/orders@example.net",
        Inbox = "support",
        Name = "orders@example.net",
        Place = "mail.example.net:993",
        Polled = true,
        State = SourceState.Ready,
        Doing = "waiting for the next look",
        LastSuccess = Ago(1),
        LastMail = Ago(3_000),
        Lag = TimeSpan.FromSeconds(64),
        Taken = 512,
        Silent = new SilentSource(Ago(3_000), TimeSpan.FromHours(9), true),
        Fault = new SourceFault("The connection was closed by the server", "", Ago(9_000), null),
    };

    public static SourceStatus Taking { get; } = new()
    {
        Key = "sales/mx.example.org/archive-of-a-department-with-a-long-name@subsidiary.example.org",
        Inbox = "sales",
        Name = "archive-of-a-department-with-a-long-name@subsidiary.example.org",
        Place = "mx.example.org:143",
        Polled = true,
        State = SourceState.Taking,
        Doing = "fetching 312 of 10,000",
        LastSuccess = Ago(0, 2),
        LastMail = Ago(0, 3),
        Lag = TimeSpan.FromMinutes(12),
        Taken = 312,
        Waiting = 9_688,
        Held = 2,
    };

    public static SourceStatus Starting { get; } = new()
    {
        Key = "support/imap.example.com/new@example.com",
        Inbox = "support",
        Name = "new@example.com",
        Place = "imap.example.com:993",
        Polled = true,
        Doing = "connecting",
    };

    public static SourceStatus Listener { get; } = new()
    {
        Key = "support/smtp",
        Inbox = "support",
        Name = "0.0.0.0:25",
        State = SourceState.Ready,
        LastSuccess = Ago(0, 4),
        LastMail = Ago(2),
        Taken = 40_112,
    };

    public static IReadOnlyList<HeldMessage> Held { get; } =
    [
        new(7, Taking.Key, "INBOX", 4_294_967_295, 48_120_000, Ago(300), "FETCH: NO [SERVERBUG] Internal error occurred. Refer to server log for more information.", Ago(12)),
        new(8, Taking.Key, "Archive/2019/Customers", 12, null, null, "The server closed the connection while it sent the message (5 tries)", Ago(190)),
    ];

    /// <summary>All of them, with what they hold.</summary>
    public static SourcesState Page { get; } = new([Well, Failing, Silent, Taking, Starting, Listener], Held);

    public static SourceTest BadTest { get; } = new(false,
    [
        new(true, "Connected to outlook.example.com, port 993", ""),
        new(true, "TLS 1.3, certificate of *.example.com", ""),
        new(false, "The server refused the sign-in: [AUTHENTICATIONFAILED] Invalid credentials", "Check user and password in config/inboxes.json."),
    ]);

    private static DateTimeOffset Ago(int minutes, int seconds = 0) => TimeProvider.System.GetUtcNow() - new TimeSpan(0, minutes, seconds);
}
