namespace MailInbox.Inbox.Mailboxes.Watching;

/// <summary>How a source stands.</summary>
public enum SourceState
{
    /// <summary>Connecting, or looking for the first time.</summary>
    Starting,

    /// <summary>Taking messages just now.</summary>
    Taking,

    /// <summary>All taken; waits for news or for the next look.</summary>
    Ready,

    /// <summary>Could not be used; tried again by itself.</summary>
    Failing,
}

/// <summary>One way for mail into an inbox, as its page shows it: a polled mailbox, or the listener.</summary>
public sealed record SourceStatus
{
    /// <summary>Name in the ledger and in forms.</summary>
    public required string Key { get; init; }

    /// <summary>Key of the inbox.</summary>
    public required string Inbox { get; init; }

    /// <summary>The mailbox's user, or the listener's address.</summary>
    public required string Name { get; init; }

    /// <summary>Host and port; empty for the listener.</summary>
    public string Place { get; init; } = "";

    /// <summary>A mailbox that we ask, so that it can be tested and asked now; false for the listener.</summary>
    public bool Polled { get; init; }

    public SourceState State { get; init; }

    /// <summary>What it is doing: "listening in INBOX (IDLE)", "fetching 312 of 10,000".</summary>
    public string Doing { get; init; } = "";

    /// <summary>When it was last asked, or heard, without a fault.</summary>
    public DateTimeOffset? LastSuccess { get; init; }

    /// <summary>When it last brought a mail.</summary>
    public DateTimeOffset? LastMail { get; init; }

    /// <summary>The last thing that went wrong; stays after it is over, with <see cref="SourceFault.Over"/>.</summary>
    public SourceFault? Fault { get; init; }

    /// <summary>Median time from arrival on the server to being kept here, over the last messages; null when unknown.</summary>
    public TimeSpan? Lag { get; init; }

    /// <summary>Messages on the server that are known and not taken yet.</summary>
    public long Waiting { get; init; }

    public long Taken { get; init; }

    /// <summary>Of those taken: only their header, for their size.</summary>
    public long Stubs { get; init; }

    /// <summary>Messages that could not be fetched and wait for a person.</summary>
    public long Held { get; init; }

    /// <summary>When silence began that is longer than it should be; null when all is well.</summary>
    public SilentSource? Silent { get; init; }

    /// <summary>An administrator must look.</summary>
    public bool Alarming => State == SourceState.Failing || Held > 0 || Silent is not null;
}

/// <summary>What went wrong with a source.</summary>
/// <param name="Words">For people, with the server's words.</param>
/// <param name="Hint">What to do about it.</param>
/// <param name="Since">When it first failed this time.</param>
/// <param name="NextTry">Null once it is over.</param>
public sealed record SourceFault(string Words, string Hint, DateTimeOffset Since, DateTimeOffset? NextTry)
{
    public bool Over => NextTry is null;
}

/// <param name="Since">The last mail.</param>
/// <param name="Limit">Longer than this is too long.</param>
/// <param name="Learned">From its past; otherwise from the configuration.</param>
public sealed record SilentSource(DateTimeOffset Since, TimeSpan Limit, bool Learned);

/// <summary>A message that could not be fetched after several tries.</summary>
/// <param name="Id">Of its row in the ledger.</param>
/// <param name="Reason">The server's words, or what was wrong.</param>
/// <param name="At">When it came to the server, as far as known.</param>
public sealed record HeldMessage(long Id, string Source, string Folder, long Uid, long? Size, DateTimeOffset? At, string Reason, DateTimeOffset HeldAt);

/// <summary>What a test of the connection found, step by step.</summary>
public sealed record SourceTest(bool Good, IReadOnlyList<SourceTestStep> Steps);

/// <param name="Words">"Signed in", or what was wrong.</param>
/// <param name="Hint">Empty when it went well.</param>
public sealed record SourceTestStep(bool Good, string Words, string Hint);
