namespace MailInbox.Inbox.Mailboxes.Ledger;

/// <summary>What became of a message that was seen on a server.</summary>
public enum SeenState
{
    /// <summary>To be fetched, once <see cref="SeenMessage.NextAt"/> is over.</summary>
    Waiting,

    /// <summary>Its bytes are kept.</summary>
    Taken,

    /// <summary>Larger than the limit: its header is kept.</summary>
    Stub,

    /// <summary>There before us, and by the start policy none of ours.</summary>
    Before,

    /// <summary>Could not be fetched after several tries: a person must look.</summary>
    Held,

    /// <summary>Was held; a person wants no more of it.</summary>
    Dismissed,

    /// <summary>Left the server before it was fetched.</summary>
    Gone,
}

/// <summary>A row of the ledger of mailboxes.</summary>
internal sealed record SeenMessage
{
    public long Id { get; init; }

    public long FolderId { get; init; }

    public long Uidvalidity { get; init; }

    public long Uid { get; init; }

    public SeenState State { get; init; }

    public long? RawId { get; init; }

    /// <summary>As the server tells it.</summary>
    public long? Size { get; init; }

    public DateTimeOffset? InternalDate { get; init; }

    public int Tries { get; init; }

    public DateTimeOffset NextAt { get; init; }

    public string Reason { get; init; } = "";

    public DateTimeOffset At { get; init; }

    public uint Number => (uint)Uid;
}

/// <summary>A folder of a mailbox and how far it was looked through.</summary>
internal sealed record FolderRow
{
    public long Id { get; init; }

    public string Source { get; init; } = "";

    public string Name { get; init; } = "";

    public long Uidvalidity { get; init; }

    /// <summary>Every message up to here has its row.</summary>
    public long HighUid { get; init; }

    /// <summary>Up to here the start policy decides.</summary>
    public long StartTo { get; init; }

    /// <summary>Up to here messages may be known under another number: they are compared by content.</summary>
    public long CompareTo { get; init; }

    public DateTimeOffset ReconciledAt { get; init; }
}
