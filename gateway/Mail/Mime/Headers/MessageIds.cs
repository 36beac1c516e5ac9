using System.Buffers;
using System.Text;

namespace MailInbox.Mail.Mime.Headers;

/// <summary>Message identifiers (RFC 5322 §3.6.4), also in the lists that broken mailers write.</summary>
public static class MessageIds
{
    private static readonly SearchValues<char> IdEnd = SearchValues.Create(string.Concat(Enumerable.Range(0, 0xA0).Select(c => (char)c).Where(c => c <= ' ' || c is '<' or '>' || char.IsControl(c))));

    /// <summary>All identifiers of an unfolded value in their order, without brackets and blanks. Without any bracket a single word is one, and so is each of several when all look like one.</summary>
    public static IReadOnlyList<string> Parse(string value) => value.Length == 0 ? [] : Read(value, MimeLimits.MessageIds);

    /// <summary>The first identifier; empty when there is none.</summary>
    public static string First(string value)
    {
        if (value.Length == 0)
            return "";
        if (value[0] == '<' && value.AsSpan(1).IndexOfAny(IdEnd) is > 0 and var length && value[length + 1] == '>')
            return value.Substring(1, length);
        var ids = Read(value, 1);
        return ids.Count == 0 ? "" : ids[0];
    }

    private static List<string> Read(string value, int limit)
    {
        var ids = new List<string>();
        // Python's library encodes identifiers that are too long for its lines.
        if (value.StartsWith("=?", StringComparison.Ordinal))
            value = EncodedWords.Decode(value);
        int open = value.IndexOf('<', StringComparison.Ordinal);
        if (open < 0)
        {
            Words(value, ids, limit);
            return ids;
        }
        while (open >= 0 && ids.Count < limit)
        {
            int run = value.AsSpan(open).IndexOfAnyExcept('<');
            if (run < 0)
                break;
            open += run - 1;
            int close = value.AsSpan(open + 1).IndexOfAny('<', '>');
            int end = close < 0 ? value.Length : open + 1 + close;
            string id = WithoutBlanks(value.AsSpan(open + 1, end - open - 1));
            if (id.Length > 0)
                ids.Add(id);
            open = end < value.Length ? value.IndexOf('<', end) : -1;
        }
        return ids;
    }

    /// <summary>Old mailers answer "Your message of Tue, 27 Aug": words that would join what has nothing in common.</summary>
    private static void Words(string value, List<string> ids, int limit)
    {
        bool sentence = false;
        foreach (var range in value.AsSpan().SplitAny(" \t,;"))
        {
            if (value.AsSpan(range).IsEmpty)
                continue;
            string word = HeaderText.Printable(value[range]).Trim(' ', '>');
            if (word.Length == 0)
                continue;
            sentence |= !word.Contains('@', StringComparison.Ordinal);
            ids.Add(word);
            if (ids.Count > 1 && sentence)
            {
                ids.Clear();
                return;
            }
            if (ids.Count == limit)
                return;
        }
    }

    /// <summary>Long identifiers get folded in the middle; the blank that leaves is none of theirs.</summary>
    private static string WithoutBlanks(ReadOnlySpan<char> id)
    {
        bool clean = true;
        foreach (char c in id)
            clean &= c > ' ' && !char.IsControl(c);
        if (clean)
            return id.ToString();
        var kept = new StringBuilder(id.Length);
        foreach (char c in id)
        {
            if (c > ' ' && !char.IsControl(c))
                kept.Append(c);
        }
        return kept.ToString();
    }
}
