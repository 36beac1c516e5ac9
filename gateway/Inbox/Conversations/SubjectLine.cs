namespace MailInbox.Inbox.Conversations;

/// <summary>Subjects without the words that mail programs put in front.</summary>
public static class SubjectLine
{
    private static readonly string[] Prefixes = ["re", "aw", "sv", "vs", "antw", "rif", "odp", "ynt", "fw", "fwd", "wg", "tr", "rv", "vb", "i", "doorst", "答复", "回复", "转发", "返信", "転送"];

    /// <summary>The subject itself: <c>Re: AW: [2] Order</c> is <c>[2] Order</c>.</summary>
    public static string Plain(string subject)
    {
        ReadOnlySpan<char> rest = subject.AsSpan().Trim();
        while (true)
        {
            int colon = rest.IndexOfAny(':', '：');
            if (colon <= 0 || colon > 12)
            {
                return rest.ToString();
            }

            ReadOnlySpan<char> word = rest[..colon].Trim();
            int bracket = word.IndexOfAny('[', '(');
            ReadOnlySpan<char> prefix = bracket > 0 ? word[..bracket] : word;
            if (!IsPrefix(prefix))
            {
                return rest.ToString();
            }

            rest = rest[(colon + 1)..].TrimStart();
        }
    }

    /// <summary>Whether two subjects name the same matter.</summary>
    public static bool Same(string one, string other) => string.Equals(Plain(one), Plain(other), StringComparison.OrdinalIgnoreCase);

    public static string Reply(string subject) => Prefixed("Re: ", subject);

    public static string Forward(string subject) => Prefixed("Fwd: ", subject);

    private static string Prefixed(string prefix, string subject) => (prefix + Plain(subject)).TrimEnd();

    private static bool IsPrefix(ReadOnlySpan<char> word)
    {
        foreach (string prefix in Prefixes)
        {
            if (word.Equals(prefix, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }
}
