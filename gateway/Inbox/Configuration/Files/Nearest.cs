namespace MailInbox.Inbox.Configuration.Files;

/// <summary>Finds the word that was probably meant.</summary>
internal static class Nearest
{
    private const int MaximumLength = 60;

    /// <summary><c>did you mean "warehouse"?</c>, or null when no word is near.</summary>
    public static string? Hint(string word, IEnumerable<string> known)
        => Find(word, known) is { } near ? $"did you mean \"{near}\"?" : null;

    /// <summary>The word that the fewest changed, missing, added or swapped letters make of <paramref name="word"/>: at most a third of it.</summary>
    public static string? Find(string word, IEnumerable<string> known)
    {
        if (word.Length is 0 or > MaximumLength)
        {
            return null;
        }

        return known
            .Where(k => k.Length <= MaximumLength)
            .Select(k => (Word: k, Distance: Distance(word.ToLowerInvariant(), k.ToLowerInvariant())))
            .Where(k => k.Distance <= Math.Max(1, Math.Max(word.Length, k.Word.Length) / 3) && k.Distance < k.Word.Length)
            .OrderBy(k => k.Distance)
            .ThenBy(k => k.Word, StringComparer.Ordinal)
            .Select(k => k.Word)
            .FirstOrDefault();
    }

    private static int Distance(string from, string to)
    {
        int[,] cost = new int[from.Length + 1, to.Length + 1];
        for (int i = 0; i <= from.Length; i++)
        {
            for (int j = 0; j <= to.Length; j++)
            {
                cost[i, j] = i == 0 ? j : j == 0 ? i : Math.Min(
                    Math.Min(cost[i - 1, j], cost[i, j - 1]) + 1,
                    cost[i - 1, j - 1] + (from[i - 1] == to[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && from[i - 1] == to[j - 2] && from[i - 2] == to[j - 1])
                {
                    cost[i, j] = Math.Min(cost[i, j], cost[i - 2, j - 2] + 1);
                }
            }
        }

        return cost[from.Length, to.Length];
    }
}
