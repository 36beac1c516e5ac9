using System.Buffers;
using System.Text;

namespace MailInbox.Mail.Mime.Reports;

/// <summary>The fields about one recipient (RFC 3464 §2.3), unfolded, empty when missing.</summary>
internal sealed class StatusFields
{
    /// <summary>Characters kept of one field.</summary>
    private const int MostValue = 4_000;

    /// <summary>Its index among the names: the one field whose lines many forget to indent.</summary>
    private const int DiagnosticField = 4;

    private static readonly string[] Names =
        ["final-recipient", "original-recipient", "action", "status", "diagnostic-code", "x-actual-recipient", "x-original-message-id", "original-message-id"];

    private static readonly SearchValues<char> NameCharacters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-");

    private readonly StringBuilder?[] _values = new StringBuilder?[Names.Length];

    public string Final => Value(0);

    public string Original => Value(1);

    public string Action => Value(2);

    public string Status => Value(3);

    public string Diagnostic => Value(DiagnosticField);

    public string Actual => Value(5);

    public string MessageId => Value(6) is { Length: > 0 } id ? id : Value(7);

    private bool HasRecipient => _values[0] != null || _values[1] != null;

    private bool IsEmpty => _values.All(v => v == null);

    /// <summary>Whether a text has any of the fields that say of a recipient.</summary>
    public static bool Has(string text) =>
        text.Contains("-Recipient:", StringComparison.OrdinalIgnoreCase) || text.Contains("Reporting-MTA:", StringComparison.OrdinalIgnoreCase);

    /// <summary>
    /// One after the other, at most <see cref="MailReport.MostRecipients"/>; the one that names no recipient comes last. Groups end at
    /// an empty line, and where a field repeats itself for want of one.
    /// </summary>
    public static List<StatusFields> Read(string text)
    {
        var groups = new List<StatusFields>();
        var group = new StatusFields();
        StringBuilder? open = null;
        bool diagnostic = false;
        foreach (var range in text.AsSpan().Split('\n'))
        {
            var line = text.AsSpan()[range].TrimEnd();
            if (line.IsEmpty)
            {
                open = null;
                if (group.HasRecipient)
                    group = group.Close(groups);
                if (groups.Count >= MailReport.MostRecipients)
                    return groups;
                continue;
            }
            int field = line[0] is ' ' or '\t' ? -1 : NameOf(line);
            if (field == -1 && open != null && (diagnostic || line[0] is ' ' or '\t'))
            {
                Append(open, line.Trim());
                continue;
            }
            open = null;
            if (field < 0)
                continue;
            if (group._values[field] != null && group.HasRecipient)
                group = group.Close(groups);
            open = group._values[field] = new StringBuilder();
            diagnostic = field == DiagnosticField;
            Append(open, line[(Names[field].Length + 1)..].Trim());
        }
        if (!group.IsEmpty)
            group.Close(groups);
        return groups;
    }

    private string Value(int index) => _values[index]?.ToString() ?? "";

    private StatusFields Close(List<StatusFields> groups)
    {
        if (groups.Count < MailReport.MostRecipients)
            groups.Add(this);
        return new StatusFields();
    }

    /// <summary>Index of a known field, -2 for another one, -1 for no field.</summary>
    private static int NameOf(ReadOnlySpan<char> line)
    {
        int colon = line.IndexOf(':');
        if (colon <= 0 || !char.IsAsciiLetter(line[0]) || line[..colon].ContainsAnyExcept(NameCharacters))
            return -1;
        for (int i = 0; i < Names.Length; i++)
        {
            if (line[..colon].Equals(Names[i], StringComparison.OrdinalIgnoreCase))
                return i;
        }
        return -2;
    }

    private static void Append(StringBuilder value, ReadOnlySpan<char> line)
    {
        if (value.Length > MostValue)
            return;
        if (value.Length > 0)
            value.Append(' ');
        value.Append(line[..Math.Min(line.Length, MostValue)]);
    }
}
