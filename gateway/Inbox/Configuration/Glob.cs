namespace MailInbox.Inbox.Configuration;

/// <summary>Texts with <c>*</c> for any number of characters. Linear in both lengths, whatever they hold.</summary>
internal static class Glob
{
    /// <summary>Whether the whole of <paramref name="text"/> meets the pattern, case ignored.</summary>
    public static bool Matches(ReadOnlySpan<char> pattern, ReadOnlySpan<char> text)
    {
        int first = pattern.IndexOf('*');
        if (first < 0)
        {
            return Same(pattern, text);
        }

        int last = pattern.LastIndexOf('*');
        ReadOnlySpan<char> head = pattern[..first];
        ReadOnlySpan<char> tail = pattern[(last + 1)..];
        if (text.Length < head.Length + tail.Length || !Same(head, text[..head.Length]) || !Same(tail, text[^tail.Length..]))
        {
            return false;
        }

        // The earliest place for each piece between two stars leaves the most room for the next one.
        return first == last || FindInOrder(pattern[(first + 1)..last], text[head.Length..^tail.Length]);
    }

    /// <summary>Whether two texts are the same but for case.</summary>
    public static bool Same(ReadOnlySpan<char> one, ReadOnlySpan<char> other)
    {
        if (one.Length != other.Length)
        {
            return false;
        }

        for (int i = 0; i < one.Length; i++)
        {
            if (Fold(one[i]) != Fold(other[i]))
            {
                return false;
            }
        }

        return true;
    }

    private static bool FindInOrder(ReadOnlySpan<char> pieces, ReadOnlySpan<char> text)
    {
        foreach (Range range in pieces.Split('*'))
        {
            ReadOnlySpan<char> piece = pieces[range];
            int end = EndOf(piece, text);
            if (end < 0)
            {
                return false;
            }

            text = text[end..];
        }

        return true;
    }

    /// <summary>Where the first occurrence ends, by the method of Knuth, Morris and Pratt; -1 when there is none.</summary>
    private static int EndOf(ReadOnlySpan<char> piece, ReadOnlySpan<char> text)
    {
        if (piece.Length == 0 || piece.Length > text.Length)
        {
            return piece.Length == 0 ? 0 : -1;
        }

        Span<int> back = piece.Length <= 256 ? stackalloc int[piece.Length] : new int[piece.Length];
        back[0] = 0;
        for (int i = 1, same = 0; i < piece.Length; i++)
        {
            same = Step(piece, back, same, piece[i]);
            back[i] = same;
        }

        int met = 0;
        for (int i = 0; i < text.Length; i++)
        {
            met = Step(piece, back, met, text[i]);
            if (met == piece.Length)
            {
                return i + 1;
            }
        }

        return -1;
    }

    private static int Step(ReadOnlySpan<char> piece, ReadOnlySpan<int> back, int met, char next)
    {
        while (met > 0 && Fold(piece[met]) != Fold(next))
        {
            met = back[met - 1];
        }

        return Fold(piece[met]) == Fold(next) ? met + 1 : met;
    }

    private static char Fold(char c)
    {
        if (c < 128)
        {
            return c is >= 'A' and <= 'Z' ? (char)(c | 0x20) : c;
        }

        // The Kelvin sign is no k: an address must not pass for another one.
        char lower = char.ToLowerInvariant(c);
        return lower < 128 ? c : lower;
    }
}
