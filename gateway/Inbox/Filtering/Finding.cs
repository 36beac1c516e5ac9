using System.Globalization;
using System.Text;

namespace MailInbox.Inbox.Filtering;

internal enum Verdict
{
    /// <summary>The next step looks.</summary>
    Open,
    Keep,
    Filter,
}

/// <summary>What one step found: its verdict and its line of the trace.</summary>
internal sealed record Finding(Verdict Verdict, TraceStep Line)
{
    private const int MaximumAddress = 100;

    public static Finding Keep(string step, string text, string source) => new(Verdict.Keep, new TraceStep(step, TraceMark.Decided, text, source));

    public static Finding Filter(string step, string text, string source) => new(Verdict.Filter, new TraceStep(step, TraceMark.Decided, text, source));

    public static Finding Pass(string step, string text, string source = "") => new(Verdict.Open, new TraceStep(step, TraceMark.Passed, text, source));

    /// <summary>An address as a sentence can carry it: strangers choose its length and its characters.</summary>
    public static string Shown(string address)
    {
        StringBuilder shown = new();
        foreach (Rune rune in address.EnumerateRunes())
        {
            if (shown.Length >= MaximumAddress)
            {
                return shown.Append('…').ToString();
            }

            // Format characters turn the direction of writing round or hide letters.
            shown.Append(Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format ? Rune.ReplacementChar : rune);
        }

        return shown.ToString();
    }

    /// <summary>The sender in words.</summary>
    public static string Sender(MailFacts facts) => facts.From.Count > 0 ? Shown(facts.From[0]) : facts.EnvelopeFrom.Length > 0 ? Shown(facts.EnvelopeFrom) : "this sender";
}
