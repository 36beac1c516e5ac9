namespace MailInbox.Inbox.Conversations;

public enum ConversationStatus
{
    Open,
    Closed,
}

/// <summary>Where a conversation stands.</summary>
public enum Disposition
{
    Inbox,
    Filtered,
    Trash,
}

/// <summary>Messages on one matter with one contact. The id is the number that people see (#42).</summary>
public sealed record Conversation
{
    public long Id { get; init; }

    /// <summary>Key of the inbox in inboxes.json.</summary>
    public string Inbox { get; init; } = "";

    public string Subject { get; init; } = "";

    public long ContactId { get; init; }

    public ConversationStatus Status { get; init; }

    public Disposition Disposition { get; init; }

    /// <summary>Why it is filtered, in words ("marketing@shop.example is a role address"); empty otherwise.</summary>
    public string FilterReason { get; init; } = "";

    /// <summary>A person said it is spam: mail that passes the filters does not bring it back.</summary>
    public bool MarkedSpam { get; init; }

    /// <summary>When the trash job deletes it for ever; null outside the trash.</summary>
    public DateTimeOffset? DeleteAt { get; init; }

    public long? AssigneeId { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>Time of the newest message; lists are sorted by it.</summary>
    public DateTimeOffset LastAt { get; init; }

    public Direction LastDirection { get; init; }

    /// <summary>First words of the newest message without quotes and signature.</summary>
    public string Preview { get; init; } = "";

    public bool HasAttachment { get; init; }

    /// <summary>Outside people in the conversation, the contact included.</summary>
    public int Participants { get; init; }

    /// <summary>Since when somebody outside waits for an answer; null when the last word is ours.</summary>
    public DateTimeOffset? WaitingSince { get; init; }

    /// <summary>False for an outgoing conversation that nobody answered yet: it stands in Sent only.</summary>
    public bool HasIncoming { get; init; }

    public bool HasOutgoing { get; init; }

    /// <summary>A recipient of an outgoing message failed and nobody has answered since.</summary>
    public bool SendFailed { get; init; }

    /// <summary>A conversation that this one may belong to; null when none.</summary>
    public long? LinkedId { get; init; }
}
