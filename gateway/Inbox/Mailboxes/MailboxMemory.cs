namespace MailInbox.Inbox.Mailboxes;

/// <summary>What a mailbox remembers from one connection to the next about things that went wrong.</summary>
internal sealed class MailboxMemory
{
    /// <summary>Numbers asked for their size and date at a time, while nothing is known against it.</summary>
    private const int Batch = 500;

    /// <summary>A server that breaks at so many messages, one after the other, is ill itself.</summary>
    private const int MostStrikes = 8;

    /// <summary>By how much a batch shrinks at which a server broke.</summary>
    private const int Closer = 8;

    private readonly Dictionary<string, (uint Until, int Size)> _careful = [];
    private int _strikes;

    /// <summary>Connections in a row that brought nothing.</summary>
    public int Failures { get; set; }

    /// <summary>Whether a message at which the server breaks may be to blame.</summary>
    public bool BlamesMessages => _strikes < MostStrikes;

    /// <summary>Something was brought forward: earlier failures count no more.</summary>
    public void Forward() => (Failures, _strikes) = (0, 0);

    /// <summary>The connection broke at a message. That is dealt with too, unless it is the server.</summary>
    public void Struck()
    {
        Failures = BlamesMessages ? 0 : Failures;
        _strikes++;
    }

    /// <summary>How many numbers from this one on are asked for at once.</summary>
    public int BatchFrom(string folder, uint number) =>
        _careful.TryGetValue(folder, out (uint Until, int Size) care) && number <= care.Until ? care.Size : Batch;

    /// <summary>The server broke when it was asked for these numbers: one of them is to blame, and the next time they are asked for in smaller groups. True: it is found.</summary>
    public bool Narrow(string folder, IReadOnlyList<uint> numbers)
    {
        _careful[folder] = (numbers[^1], Math.Max(1, numbers.Count / Closer));
        return numbers.Count == 1;
    }
}
