using MailInbox.Inbox.Filtering;

namespace MailInbox.Inbox.Conversations;

/// <summary>What is known of a received mail before its transaction: read from the bytes and the envelope, for one inbox.</summary>
public sealed record IncomingMail
{
    public required long RawId { get; init; }

    public required string Inbox { get; init; }

    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>Of the message as product.md defines it: the same mail by whatever way has the same one.</summary>
    public required string Digest { get; init; }

    /// <summary>Without brackets; empty when missing.</summary>
    public string MessageId { get; init; } = "";

    /// <summary>In-Reply-To first, then References from the newest to the oldest; without brackets or repeats.</summary>
    public IReadOnlyList<string> References { get; init; } = [];

    public required Person From { get; init; }

    /// <summary>How many addresses the From field holds; more than one is nobody's word.</summary>
    public int FromCount { get; init; } = 1;

    public IReadOnlyList<Person> To { get; init; } = [];

    public IReadOnlyList<Person> Cc { get; init; } = [];

    public IReadOnlyList<Person> ReplyTo { get; init; } = [];

    public string Subject { get; init; } = "";

    public string Preview { get; init; } = "";

    public IReadOnlyList<Attachment> Attachments { get; init; } = [];

    public MessageKind Kind { get; init; }

    /// <summary>Written by a machine: nobody waits for an answer.</summary>
    public bool Automatic { get; init; }

    /// <summary>Tells of something that nobody has to act on: joins without bringing its conversation back.</summary>
    public bool Quiet { get; init; }

    /// <summary>Came through a mailing list, whose members are strangers to each other.</summary>
    public bool List { get; init; }

    /// <summary>Our addresses are no outside people.</summary>
    public required Func<string, bool> Ours { get; init; }

    /// <summary>The first line of the trace: how it came.</summary>
    public required TraceStep Received { get; init; }
}
