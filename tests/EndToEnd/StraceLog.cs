using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace MailInbox.Tests.EndToEnd;

/// <summary>
/// The system calls of a process as <c>strace -f -y -x</c> wrote them. Places are line numbers: strace holds a thread at
/// the entry and at the exit of a call while it writes the line, so what one call causes always stands below it.
/// </summary>
internal sealed partial class StraceLog
{
    private readonly List<SystemCall> _calls = [];

    public StraceLog(string file)
    {
        Dictionary<string, (int Line, string Text)> open = [];
        int number = 0;
        foreach (string line in File.ReadLines(file, Encoding.Latin1))
        {
            number++;
            int space = line.IndexOf(' ', StringComparison.Ordinal);
            (string thread, string rest) = (line[..space], line[space..].TrimStart());
            if (rest.EndsWith("<unfinished ...>", StringComparison.Ordinal))
            {
                open[thread] = (number, rest[..^16]);
            }
            else if (rest.StartsWith("<... ", StringComparison.Ordinal) && open.Remove(thread, out (int Line, string Text) begun))
            {
                Add(begun.Line, number, begun.Text + rest[(rest.IndexOf('>', StringComparison.Ordinal) + 1)..]);
            }
            else
            {
                Add(number, number, rest);
            }
        }

        _calls.Sort((a, b) => a.Begin.CompareTo(b.Begin));
    }

    /// <summary>In the order of their beginnings.</summary>
    public IReadOnlyList<SystemCall> Calls => _calls;

    private void Add(int begin, int end, string text)
    {
        if (Shape().Match(text) is not { Success: true } call)
        {
            return;
        }

        _calls.Add(new SystemCall(begin, end, call.Groups["name"].Value, call.Groups["path"].Value, Bytes(call.Groups["bytes"].Value), long.Parse(call.Groups["result"].Value, CultureInfo.InvariantCulture)));
    }

    /// <summary>A string of strace: plain, or all of it in hex when any byte cannot be printed.</summary>
    private static string Bytes(string text) => text.StartsWith("\\x", StringComparison.Ordinal)
        ? Encoding.Latin1.GetString(Convert.FromHexString(text.Replace("\\x", "", StringComparison.Ordinal)))
        : text.Replace("\\r", "\r", StringComparison.Ordinal).Replace("\\n", "\n", StringComparison.Ordinal);

    [GeneratedRegex("""^(?<name>\w+)\(\d+<(?<path>[^>]*)>(?:, "(?<bytes>(?:[^"\\]|\\.)*)")?.*\) += (?<result>-?\d+)""", RegexOptions.Singleline)]
    private static partial Regex Shape();
}

/// <summary>A call on a file or socket.</summary>
/// <param name="Begin">The line of its entry.</param>
/// <param name="End">The line of its exit.</param>
/// <param name="Bytes">What it wrote, a character a byte.</param>
internal sealed record SystemCall(int Begin, int End, string Name, string Path, string Bytes, long Result);
