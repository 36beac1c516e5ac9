namespace MailInbox.Inbox.Filtering;

/// <summary>What the filters say about one mail.</summary>
/// <param name="Filtered">To <i>Filtered</i>; else to the inbox.</param>
/// <param name="Reason">The sentence of the step that decided ("marketing@shop.example is a role address").</param>
/// <param name="Trace">A line of each step up to the one that decided.</param>
public sealed record Decision(bool Filtered, string Reason, IReadOnlyList<TraceStep> Trace);
