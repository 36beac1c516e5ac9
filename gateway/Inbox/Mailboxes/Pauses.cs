using MailInbox.Inbox.Mailboxes.Ledger;

namespace MailInbox.Inbox.Mailboxes;

/// <summary>How long a mailbox is left alone after something went wrong.</summary>
internal static class Pauses
{
    /// <summary>A mailbox that stayed in order for this long starts again with short pauses.</summary>
    public static readonly TimeSpan Health = TimeSpan.FromMinutes(2);

    /// <summary>Before a message is tried again that only an ill server keeps from us.</summary>
    public static readonly TimeSpan IllServer = TimeSpan.FromMinutes(15);

    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan LongestLogin = TimeSpan.FromHours(1);

    /// <summary>Between tries of a message that the server does not give: at the end of the line, then two more over 15 minutes.</summary>
    private static readonly TimeSpan[] NoBytes = [TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(14)];

    /// <summary>Between tries of a message at which the connection broke. That may be the wire's fault: more tries, the first of them soon.</summary>
    private static readonly TimeSpan[] Broken = [TimeSpan.Zero, TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(12)];

    /// <summary>Failed tries before the last one of a message that the server does not give.</summary>
    public static int TriesWithoutBytes => NoBytes.Length;

    /// <summary>Tries after which a message that is tried once more is held again at once.</summary>
    public static int LastTry => Broken.Length;

    /// <summary>Before the next connection: hardly any after one that brought something, then 1 s doubled up to 5 minutes, fully spread.</summary>
    /// <param name="failures">In a row, from 1.</param>
    /// <param name="jitter">0 to 1.</param>
    public static TimeSpan Connection(int failures, double jitter) =>
        failures <= 1 ? TimeSpan.FromMilliseconds(250 * jitter) : Min(Longest, TimeSpan.FromSeconds(Math.Pow(2, Math.Min(failures - 2, 20)))) * jitter;

    /// <summary>After a refused log-in, lest the account be locked: 5 minutes doubled up to an hour.</summary>
    public static TimeSpan Login(int failures, double jitter) =>
        Min(LongestLogin, TimeSpan.FromMinutes(5 * Math.Pow(2, Math.Clamp(failures - 1, 0, 10)))) * (0.9 + (0.1 * jitter));

    /// <summary>When a message is tried again after one more failure; null when it is to be held.</summary>
    /// <param name="broken">The connection broke at it; otherwise the server gave no bytes.</param>
    public static DateTimeOffset? Message(SeenMessage message, bool broken, DateTimeOffset now)
    {
        TimeSpan[] pauses = broken ? Broken : NoBytes;
        return message.Tries < pauses.Length ? now + pauses[message.Tries] : null;
    }

    /// <summary>For what is to be done on the server: 1 minute doubled up to 6 hours.</summary>
    public static TimeSpan Action(int tries) => Min(TimeSpan.FromHours(6), TimeSpan.FromMinutes(Math.Pow(2, Math.Min(tries, 12))));

    private static TimeSpan Min(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
