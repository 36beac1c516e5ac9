namespace MailInbox.Inbox.Outbox;

public enum ReplyKind
{
    Reply,
    ReplyAll,
    Forward,
    Compose,
}

/// <summary>What the composer starts with, and what it hands in.</summary>
public sealed record ReplyDraft
{
    public ReplyKind Kind { get; init; }

    public string Inbox { get; init; } = "";

    /// <summary>Null for a new conversation.</summary>
    public long? ConversationId { get; init; }

    /// <summary>The message that is answered or forwarded; null when composing.</summary>
    public long? MessageId { get; init; }

    /// <summary>Newest message the agent had seen; sending onto a thread that changed meanwhile is refused. Null does not check.</summary>
    public long? LastSeenId { get; init; }

    /// <summary>Addresses as typed: <c>Name &lt;a@b&gt;, c@d</c>.</summary>
    public string To { get; init; } = "";

    public string Cc { get; init; } = "";

    public string Bcc { get; init; } = "";

    public string Subject { get; init; } = "";

    /// <summary>What the agent wrote, as HTML from the editor; null when written as plain text.</summary>
    public string? Html { get; init; }

    /// <summary>What the agent wrote as plain text, when there was no editor.</summary>
    public string Text { get; init; } = "";

    public IReadOnlyList<Upload> Attachments { get; init; } = [];

    /// <summary>Forward the original as a file with its bytes as received, not in the text.</summary>
    public bool AttachOriginal { get; init; }

    /// <summary>Close the conversation with this answer.</summary>
    public bool Close { get; init; }
}

/// <summary>A file from the composer.</summary>
public sealed record Upload(string FileName, string Type, byte[] Bytes);

/// <summary>What became of a draft: a message, or the words that stand beside a field.</summary>
/// <param name="Problems">By field (to, cc, bcc, subject, text, attachments, thread); empty when it was taken.</param>
public sealed record ReplyResult(long ConversationId, long MessageId, IReadOnlyDictionary<string, string> Problems);
