using System.Text;

namespace MailInbox.Mail.Mime.Attached;

/// <summary>The cleartext signature framework (RFC 9580 §7) and PGP messages in a text. Reading only: the mail stays as it is.</summary>
public static class InlinePgp
{
    private const string Mark = "-----BEGIN PGP ";
    private const string Signed = "-----BEGIN PGP SIGNED MESSAGE-----";
    private const string Signature = "-----BEGIN PGP SIGNATURE-----";
    private const string SignatureEnd = "-----END PGP SIGNATURE-----";
    private const string Message = "-----BEGIN PGP MESSAGE";

    /// <summary>Signed, encrypted or neither, by the first frame at the beginning of a line.</summary>
    public static ProtectionKind KindOf(string text)
    {
        bool mayBeSigned = true;
        for (int at = text.IndexOf(Mark, StringComparison.Ordinal); at >= 0; at = text.IndexOf(Mark, at + 1, StringComparison.Ordinal))
        {
            if (at > 0 && text[at - 1] != '\n')
                continue;
            var line = Line(text, at);
            if (mayBeSigned && line.SequenceEqual(Signed))
            {
                if (Find(text, Signature, at) >= 0)
                    return ProtectionKind.PgpInlineSigned;
                mayBeSigned = false;
            }
            if (line.StartsWith(Message, StringComparison.Ordinal))
                return ProtectionKind.PgpInlineEncrypted;
        }
        return ProtectionKind.None;
    }

    /// <summary>
    /// A text with LF line breaks as its writer wrote it: signed parts without frame, hash lines, dash escapes and signature, everything around them
    /// as it is. Texts without a whole frame, and encrypted ones, come back unchanged.
    /// </summary>
    public static string Readable(string text)
    {
        if (!text.Contains(Signed, StringComparison.Ordinal))
            return text;
        var readable = new StringBuilder(text.Length);
        int at = 0;
        bool ended = true;
        while (Find(text, Signed, at) is >= 0 and var begin)
        {
            int signature = Find(text, Signature, begin);
            if (signature < 0)
                break;
            readable.Append(text, at, begin - at);
            AppendSigned(text, AfterHashes(text, AfterLine(text, begin)), signature, readable);
            int end = ended ? Find(text, SignatureEnd, signature) : -1;
            ended = end >= 0;
            // Without its end a signature goes to the first empty line behind its data.
            at = end >= 0 ? AfterLine(text, end) : AfterData(text, signature);
        }
        return readable.Append(text, at, text.Length - at).ToString();
    }

    private static ReadOnlySpan<char> Line(string text, int at)
    {
        int end = text.IndexOf('\n', at);
        return text.AsSpan(at, (end < 0 ? text.Length : end) - at).TrimEnd();
    }

    private static int AfterLine(string text, int at)
    {
        int end = text.IndexOf('\n', at);
        return end < 0 ? text.Length : end + 1;
    }

    /// <summary>Offset of a line that is this and nothing else; -1 without one.</summary>
    private static int Find(string text, string line, int from)
    {
        for (int at = text.IndexOf(line, from, StringComparison.Ordinal); at >= 0; at = text.IndexOf(line, at + line.Length, StringComparison.Ordinal))
        {
            if ((at == 0 || text[at - 1] == '\n') && Line(text, at).Length == line.Length)
                return at;
        }
        return -1;
    }

    /// <summary>The hash lines end at an empty line; where there is none, the text begins at once.</summary>
    private static int AfterHashes(string text, int at)
    {
        int next = at;
        while (next < text.Length && Line(text, next).Contains(": ", StringComparison.Ordinal))
            next = AfterLine(text, next);
        return next < text.Length && Line(text, next).IsEmpty ? AfterLine(text, next) : at;
    }

    private static void AppendSigned(string text, int from, int to, StringBuilder readable)
    {
        while (from < to)
        {
            int after = Math.Min(to, AfterLine(text, from));
            int skip = text.AsSpan(from, after - from).StartsWith("- ") ? 2 : 0;
            readable.Append(text, from + skip, after - from - skip);
            from = after;
        }
    }

    private static int AfterData(string text, int signature)
    {
        int at = AfterLine(text, signature);
        bool data = false;
        while (at < text.Length)
        {
            bool empty = Line(text, at).IsEmpty;
            if (empty && data)
                return at;
            data |= !empty && !Line(text, at).Contains(": ", StringComparison.Ordinal);
            at = AfterLine(text, at);
        }
        return at;
    }
}
