using System.Text;

namespace MailInbox.Mail.Mime.Attached;

/// <summary>One content line of a calendar, unfolded (RFC 5545 §3.1).</summary>
/// <param name="Name">In capitals.</param>
/// <param name="Parameters">What stands between name and value, as written.</param>
/// <param name="Value">As written, still escaped.</param>
internal readonly record struct CalendarLine(string Name, string Parameters, string Value)
{
    /// <summary>The value as text: escapes undone (RFC 5545 §3.3.11), control characters gone, no longer than <paramref name="most"/>.</summary>
    public string Text(int most)
    {
        var text = new StringBuilder(Math.Min(Value.Length, most));
        for (int i = 0; i < Value.Length && text.Length < most; i++)
        {
            char c = Value[i];
            if (c == '\\' && i + 1 < Value.Length)
            {
                c = Value[++i];
                c = c is 'n' or 'N' ? '\n' : c;
            }
            if (c == '\n' || !char.IsControl(c))
                text.Append(c);
        }
        return text.ToString().Trim();
    }

    /// <summary>A parameter named in capitals, without quotes and with its carets undone (RFC 6868); empty when missing.</summary>
    public string Parameter(string name)
    {
        int at = 0;
        while (at < Parameters.Length)
        {
            int end = End(Parameters, at, ';');
            var parameter = Parameters.AsSpan(at, end - at);
            at = end + 1;
            int equals = parameter.IndexOf('=');
            if (equals > 0 && parameter[..equals].Trim().Equals(name, StringComparison.OrdinalIgnoreCase))
                return parameter[(equals + 1)..].Trim(" \"").ToString().Replace("^n", " ", StringComparison.Ordinal).Replace("^'", "\"", StringComparison.Ordinal).Replace("^^", "^", StringComparison.Ordinal);
        }
        return "";
    }

    /// <summary>Offset of the first of that character outside quotes, from <paramref name="at"/> on; the length without one.</summary>
    public static int End(string line, int at, char stop)
    {
        bool quoted = false;
        for (int i = at; i < line.Length; i++)
        {
            if (line[i] == '"')
                quoted = !quoted;
            else if (!quoted && line[i] == stop)
                return i;
        }
        return line.Length;
    }
}

/// <summary>Cuts a calendar into content lines. Lines without a colon are nothing.</summary>
internal static class CalendarLines
{
    /// <summary>Characters of one line; nothing that people read is longer.</summary>
    private const int Longest = 20_000;

    /// <summary>The lines of a text with LF line breaks.</summary>
    public static IEnumerable<CalendarLine> Of(string text)
    {
        var folded = new StringBuilder();
        int at = 0;
        while (at < text.Length)
        {
            folded.Clear();
            Append(text, ref at, folded);
            while (at < text.Length && text[at] is ' ' or '\t')
            {
                // The blank that marks the fold is no part of the value.
                at++;
                Append(text, ref at, folded);
            }
            if (Line(folded.ToString()) is { } line)
                yield return line;
        }
    }

    private static void Append(string text, ref int at, StringBuilder folded)
    {
        int end = text.IndexOf('\n', at);
        end = end < 0 ? text.Length : end;
        if (folded.Length < Longest)
            folded.Append(text, at, Math.Min(end - at, Longest));
        at = end + 1;
    }

    private static CalendarLine? Line(string text)
    {
        int colon = CalendarLine.End(text, 0, ':');
        // A quote that is never closed hides the colon.
        if (colon == text.Length)
            colon = text.IndexOf(':', StringComparison.Ordinal);
        if (colon <= 0)
            return null;
        int name = text.AsSpan(0, colon).IndexOf(';');
        return name < 0
            ? new CalendarLine(text[..colon].Trim().ToUpperInvariant(), "", text[(colon + 1)..])
            : new CalendarLine(text[..name].Trim().ToUpperInvariant(), text[(name + 1)..colon], text[(colon + 1)..]);
    }
}
