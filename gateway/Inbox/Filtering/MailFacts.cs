namespace MailInbox.Inbox.Filtering;

/// <summary>What the filters need to know about one mail in one inbox, gathered before they judge.</summary>
public sealed record MailFacts
{
    /// <summary>Key of the inbox it came to.</summary>
    public required string Inbox { get; init; }

    /// <summary>All addresses of the header From; usually one.</summary>
    public IReadOnlyList<string> From { get; init; } = [];

    /// <summary>The reverse path; empty for <c>&lt;&gt;</c>.</summary>
    public string EnvelopeFrom { get; init; } = "";

    /// <summary>Sent by a mailing list (List-Id and its kin, RFC 2919).</summary>
    public bool IsList { get; init; }

    /// <summary>Promotional or other bulk mail.</summary>
    public bool IsPromotion { get; init; }

    /// <summary>Written by a machine: auto-reply, notification, report (RFC 3834).</summary>
    public bool IsAutomatic { get; init; }

    /// <summary>A delivery report that matches a message of ours (RFC 3464).</summary>
    public bool IsReportOfOurs { get; init; }

    /// <summary>The block by an agent that holds for this sender; null when none does.</summary>
    public AgentBlock? AgentBlock { get; init; }

    /// <summary>The sender takes part in the conversation it answers, and so does the team.</summary>
    public bool ParticipantOfAnswered { get; init; }

    /// <summary>The team has written to the sender.</summary>
    public bool WrittenTo { get; init; }

    /// <summary>More than one person claims to have written it: then From proves nothing (RFC 5322 §3.6.2).</summary>
    internal bool HasSeveralFrom => From.Distinct(StringComparer.OrdinalIgnoreCase).Skip(1).Any();
}

/// <summary>An agent's <i>Block sender</i>.</summary>
/// <param name="Agent">The agent's name.</param>
/// <param name="Address">The address that was blocked.</param>
public sealed record AgentBlock(string Agent, string Address);
