using MailInbox.Inbox.Conversations;

namespace MailInbox.Inbox.Views;

/// <summary>What a row of a list shows.</summary>
public sealed record ConversationRow
{
    public long Id { get; init; }

    public string Inbox { get; init; } = "";

    public string ContactName { get; init; } = "";

    public string ContactAddress { get; init; } = "";

    public string Who => ContactName.Length > 0 ? ContactName : ContactAddress;

    /// <summary>Outside people, the contact included; the row shows "+n" for the others.</summary>
    public int Participants { get; init; }

    public string Subject { get; init; } = "";

    public string Preview { get; init; } = "";

    public DateTimeOffset LastAt { get; init; }

    public Direction LastDirection { get; init; }

    public ConversationStatus Status { get; init; }

    public Disposition Disposition { get; init; }

    public string FilterReason { get; init; } = "";

    public DateTimeOffset? DeleteAt { get; init; }

    public DateTimeOffset? WaitingSince { get; init; }

    public bool HasAttachment { get; init; }

    public bool HasIncoming { get; init; }

    public bool HasOutgoing { get; init; }

    public bool SendFailed { get; init; }

    public long? AssigneeId { get; init; }

    public string AssigneeName { get; init; } = "";

    /// <summary>Nothing new since this agent looked.</summary>
    public bool Read { get; init; }
}

/// <summary>One page of a list.</summary>
/// <param name="Next">Where the next page begins; null at the end.</param>
public sealed record ConversationPage(IReadOnlyList<ConversationRow> Rows, string? Next);
