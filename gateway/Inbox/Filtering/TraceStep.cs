namespace MailInbox.Inbox.Filtering;

public enum TraceMark
{
    /// <summary>It decided or holds (✓ or →).</summary>
    Decided,

    /// <summary>It was looked at and did not apply (–).</summary>
    Passed,
}

/// <summary>One recorded reason for what the gateway decided about a message.</summary>
/// <param name="Step">received, threading, allowed, blocked, known, role, bulk, inbox, routing.</param>
/// <param name="Mark">Whether this step decided.</param>
/// <param name="Text">The sentence people read.</param>
/// <param name="Source">File and rule, or the person; empty when neither.</param>
public sealed record TraceStep(string Step, TraceMark Mark, string Text, string Source);
