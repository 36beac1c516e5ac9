namespace MailInbox.Admin.Conversations.Messages;

/// <summary>Finds what can be clicked in plain text: http, https and mail addresses. Linear in the text.</summary>
internal static class PlainText
{
    /// <summary>Links of one text at most; the rest stays text.</summary>
    private const int MaxLinks = 2_000;

    private const int MaxAddress = 2_000;

    private static readonly string[] Starts = ["https://", "http://", "mailto:"];

    /// <param name="Text">As written.</param>
    /// <param name="Address">Where it leads; null for plain words.</param>
    public readonly record struct Piece(string Text, string? Address);

    public static IEnumerable<Piece> Pieces(string text)
    {
        int from = 0, at = 0, links = 0;
        while (links < MaxLinks && Next(text, at) is { } start)
        {
            int end = End(text, start);
            string written = text[start..end];
            if (Clickable(written) && (start == 0 || !char.IsAsciiLetterOrDigit(text[start - 1])))
            {
                if (start > from)
                    yield return new Piece(text[from..start], null);
                yield return new Piece(written, written);
                from = end;
                links++;
            }
            at = Math.Max(end, start + 1);
        }
        if (from < text.Length)
            yield return new Piece(text[from..], null);
    }

    /// <summary>Every scheme has a colon, so only those are looked at: one pass however often it is called.</summary>
    private static int? Next(string text, int from)
    {
        for (int colon = text.IndexOf(':', from); colon >= 0; colon = text.IndexOf(':', colon + 1))
        {
            foreach (string start in Starts)
            {
                int at = colon - start.IndexOf(':');
                if (at >= from && string.Compare(text, at, start, 0, start.Length, StringComparison.OrdinalIgnoreCase) == 0)
                    return at;
            }
        }
        return null;
    }

    private static bool Clickable(string written) =>
        written.Length <= MaxAddress && Uri.TryCreate(written, UriKind.Absolute, out Uri? address) && (address.Host.Length > 0 || written.Contains('@'));

    private static int End(string text, int start)
    {
        int limit = Math.Min(text.Length, start + MaxAddress + 1), end = start;
        while (end < limit && !char.IsWhiteSpace(text[end]) && !char.IsControl(text[end]) && !"<>\"`|\\^{}".Contains(text[end]))
            end++;
        bool opened = text.AsSpan(start, end - start).Contains('(');
        while (end > start && (".,;:!?']".Contains(text[end - 1]) || (text[end - 1] == ')' && !opened)))
            end--;
        return end;
    }
}
