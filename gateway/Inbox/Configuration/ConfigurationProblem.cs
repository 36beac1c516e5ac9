namespace MailInbox.Inbox.Configuration;

/// <summary>One mistake in a file of the configuration folder.</summary>
/// <param name="File">Folder and file: <c>config/routing.json</c>.</param>
/// <param name="Line">From 1.</param>
/// <param name="Column">From 1, in characters.</param>
/// <param name="Reason">What is wrong; never holds a secret.</param>
/// <param name="Hint">What was probably meant, or null.</param>
public sealed record ConfigurationProblem(string File, int Line, int Column, string Reason, string? Hint)
{
    public override string ToString() => $"{File}:{Line}:{Column}: {Reason}{(Hint is null ? "" : $", {Hint}")}";
}
