using MailInbox.Inbox.Contacts;
using MailInbox.Inbox.Filtering;
using MailInbox.Inbox.Team;

namespace MailInbox.Inbox.Conversations;

/// <summary>A conversation with all that its page shows, oldest first.</summary>
public sealed record Thread(
    Conversation Conversation,
    Contact Contact,
    Agent? Assignee,
    IReadOnlyList<ThreadMessage> Messages,
    IReadOnlyList<ConversationEvent> Events,
    IReadOnlyList<TraceStep> Trace,
    IReadOnlyList<OtherConversation> Others);

/// <summary>A message in its thread.</summary>
/// <param name="Author">The agent's name of an outgoing message; empty for incoming ones.</param>
/// <param name="Recipients">Delivery state for each recipient of an outgoing message.</param>
public sealed record ThreadMessage(
    Message Message,
    string Author,
    IReadOnlyList<Attachment> Attachments,
    IReadOnlyList<RecipientState> Recipients);

/// <summary>How far an outgoing message came with one recipient.</summary>
public sealed record RecipientState
{
    public long MessageId { get; init; }

    public string Address { get; init; } = "";

    public DeliveryState State { get; init; }

    /// <summary>The server's words, or why it waits.</summary>
    public string Reply { get; init; } = "";

    public DateTimeOffset At { get; init; }

    /// <summary>When it is tried again; null when it is not.</summary>
    public DateTimeOffset? NextAt { get; init; }
}

public enum DeliveryState
{
    Queued,
    Sent,
    Deferred,
    Failed,

    /// <summary>Accepted first, reported back later.</summary>
    Bounced,

    /// <summary>The connection died after the last dot: it may have arrived.</summary>
    Uncertain,
}

/// <summary>A line of history.</summary>
public sealed record ConversationEvent
{
    public long Id { get; init; }

    public long ConversationId { get; init; }

    /// <summary>The word of the act: received, assigned, closed, reopened, trashed, restored, filtered, …</summary>
    public string Kind { get; init; } = "";

    public string Actor { get; init; } = "";

    /// <summary>The sentence people read ("Assigned to Mina Aas").</summary>
    public string Text { get; init; } = "";

    public DateTimeOffset At { get; init; }
}

/// <summary>Another conversation of the same contact, or a linked one.</summary>
public sealed record OtherConversation
{
    public long Id { get; init; }

    public string Inbox { get; init; } = "";

    public string Subject { get; init; } = "";

    public ConversationStatus Status { get; init; }

    public Disposition Disposition { get; init; }

    public DateTimeOffset LastAt { get; init; }

    public string Assignee { get; init; } = "";

    /// <summary>It may belong together with the shown one.</summary>
    public bool Linked { get; init; }
}
