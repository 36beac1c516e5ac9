using System.Diagnostics.CodeAnalysis;

namespace MailInbox.Inbox.Configuration;

/// <summary>The configuration is not taken up. Holds every problem of every file, sorted by file and place.</summary>
[SuppressMessage("Naming", "CA1710", Justification = "Refusal is the word of the house for a mistake of the other side.")]
public sealed class ConfigurationRefusal(IReadOnlyList<ConfigurationProblem> problems)
    : Exception(string.Join('\n', problems))
{
    public IReadOnlyList<ConfigurationProblem> Problems { get; } = problems;
}
