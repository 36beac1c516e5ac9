using System.Text;

namespace MailInbox.Inbox.Configuration.Files;

/// <summary>One file of the folder while it is read: takes the problems that are found in it.</summary>
internal sealed class ConfigurationFile(string folder, string name, List<ConfigurationProblem> problems)
{
    /// <summary>A file full of mistakes is told as far as anybody reads.</summary>
    public const int MaximumProblems = 1000;

    private const int MaximumQuote = 60;

    public string Name => name;

    /// <summary>"filters.json:12".</summary>
    public string SourceOf(JsonValue at) => $"{name}:{at.Line}";

    public void Refuse(JsonValue at, string reason, string? hint = null) => Refuse(at.Line, at.Column, reason, hint);

    public void Refuse(int line, int column, string reason, string? hint = null)
    {
        if (problems.Count < MaximumProblems)
        {
            problems.Add(new ConfigurationProblem($"{folder}/{name}", line, column, reason, hint));
        }
    }

    public void RefuseUnknown(JsonValue at, string kind, string word, IEnumerable<string> known)
        => Refuse(at, $"unknown {kind} {Quote(word)}", Nearest.Hint(word, known));

    /// <summary>Says so if a name stands for nothing. <paramref name="known"/> is null when the file that would tell could not be read.</summary>
    public bool CheckReference(JsonValue at, string kind, string word, IReadOnlyCollection<string>? known)
    {
        if (known is null || known.Contains(word))
        {
            return true;
        }

        RefuseUnknown(at, kind, word, known);
        return false;
    }

    /// <summary>Keys stand in commands and in addresses of pages.</summary>
    public bool CheckKey(JsonValue at, string kind)
    {
        bool good = at.Text.Length is > 0 and <= 40 && char.IsAsciiLetterOrDigit(at.Text[0])
            && at.Text.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '-' or '_');
        if (!good)
        {
            string lower = at.Text.ToLowerInvariant();
            string? hint = lower != at.Text && lower.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_') ? $"write {Quote(lower)}" : null;
            Refuse(at, $"{kind} key {Quote(at.Text)} must be 1 to 40 of a-z, 0-9, - and _", hint);
        }

        return good;
    }

    /// <summary>In quotes, without control characters, and cut where nobody would read on.</summary>
    public static string Quote(string text)
    {
        StringBuilder shown = new("\"");
        foreach (char c in text.AsSpan(0, Math.Min(text.Length, MaximumQuote)))
        {
            shown.Append(char.IsControl(c) ? '\uFFFD' : c);
        }

        return shown.Append(text.Length > MaximumQuote ? "…\"" : "\"").ToString();
    }
}
