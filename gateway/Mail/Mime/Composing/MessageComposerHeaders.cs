using System.Text;
using MailInbox.Mail.Mime.Headers;

namespace MailInbox.Mail.Mime.Composing;

/// <summary>Header fields being written, folded at 78 columns where there is a place to fold (RFC 5322 §2.2.3).</summary>
internal sealed class MessageComposerHeaders
{
    private const int MaxLine = 78;
    private const int MaxWord = 75;

    /// <summary>A line that holds an encoded word (RFC 2047 §2).</summary>
    private const int MaxEncodedLine = 76;

    /// <summary>Longest word that is left as it is; encoded words can be broken (the limit of a line is 998).</summary>
    private const int MaxPlainWord = 900;

    private readonly StringBuilder _text = new();
    private int _column;
    private bool _hasWords;
    private bool _holdsEncoded;

    /// <summary>Words that are ASCII already, folded at their spaces.</summary>
    public void Words(string name, string words)
    {
        Begin(name);
        foreach (string word in words.Split(' ')) Add(word);
        End();
    }

    /// <summary>Unstructured text (RFC 2047 where it is not plain).</summary>
    public void Text(string name, string text)
    {
        Begin(name);
        if (IsPlain(text)) AddPlain(text);
        else AddEncoded(text);
        End();
    }

    /// <summary>An address list; none writes no field.</summary>
    public void Addresses(string name, IReadOnlyList<MailAddress> addresses)
    {
        if (addresses.Count == 0) return;
        Begin(name);
        for (int i = 0; i < addresses.Count; i++)
        {
            string written = MessageComposerChecks.WritableAddress(addresses[i].Address)!;
            string comma = i + 1 < addresses.Count ? "," : "";
            if (addresses[i].Name.Trim().Length == 0)
            {
                Add(written + comma);
                continue;
            }
            AddName(addresses[i].Name.Trim());
            Add($"<{written}>{comma}");
        }
        End();
    }

    /// <summary>Message ids in angle brackets; none writes no field.</summary>
    public void Ids(string name, IReadOnlyList<string> ids)
    {
        if (ids.Count == 0) return;
        Begin(name);
        foreach (string id in ids) Add($"<{id}>");
        End();
    }

    /// <summary>A value with parameters, each a word that stays whole.</summary>
    public void Parameters(string name, string value, IEnumerable<string> parameters)
    {
        Begin(name);
        string waiting = value;
        foreach (string parameter in parameters)
        {
            Add(waiting + ";");
            waiting = parameter;
        }
        Add(waiting);
        End();
    }

    /// <summary>The fields, each ended by CRLF.</summary>
    public override string ToString() => _text.ToString();

    private void Begin(string name)
    {
        _text.Append(name).Append(':');
        _column = name.Length + 1;
        _hasWords = false;
        _holdsEncoded = false;
    }

    private void End() => _text.Append("\r\n");

    /// <summary>The first word stays on the field's line: a line of white space alone would be none.</summary>
    private void Add(string word)
    {
        bool encoded = word.StartsWith("=?", StringComparison.Ordinal);
        if (_column + 1 + word.Length > (encoded || _holdsEncoded ? MaxEncodedLine : MaxLine) && _hasWords)
        {
            _text.Append("\r\n");
            _column = 0;
            _holdsEncoded = false;
        }
        _holdsEncoded |= encoded;
        _text.Append(' ').Append(word);
        _column += word.Length + 1;
        _hasWords = true;
    }

    private static bool IsPlain(string text) =>
        text.All(c => c is >= ' ' and <= '~')
        && !text.Contains("=?", StringComparison.Ordinal) && !text.Contains("?=", StringComparison.Ordinal)
        && !text.StartsWith(' ') && !text.EndsWith(' ') && !text.Contains("  ", StringComparison.Ordinal)
        && text.Split(' ').All(word => word.Length <= MaxPlainWord);

    private void AddPlain(string text)
    {
        foreach (string word in text.Split(' ')) Add(word);
    }

    private void AddName(string name)
    {
        string quoted = $"\"{name.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
        if (!IsPlain(name) || !IsPlain(quoted)) AddEncoded(name);
        else if (name.Split(' ').All(word => MessageComposerChecks.IsAtom(word))) AddPlain(name);
        else AddPlain(quoted);
    }

    private void AddEncoded(string text)
    {
        bool base64 = QLength(text) > (Encoding.UTF8.GetByteCount(text) + 2) / 3 * 4;
        var word = new StringBuilder();
        var bytes = new List<byte>();
        int whole = 0;
        Span<byte> buffer = stackalloc byte[4];
        foreach (Rune rune in text.EnumerateRunes())
        {
            ReadOnlySpan<byte> utf8 = buffer[..rune.EncodeToUtf8(buffer)];
            int length = base64 ? (bytes.Count + utf8.Length + 2) / 3 * 4 : word.Length + QLength(rune.ToString());
            if (length + 12 > Room() && bytes.Count > 0)
            {
                FlushEncoded(base64, word, bytes, whole > 0 ? whole : bytes.Count);
                whole = 0;
            }
            bytes.AddRange(utf8);
            // Some readers join the payloads of words before they decode, and stop at padding: it is kept to the last word where it can be.
            if (base64 && bytes.Count % 3 == 0) whole = bytes.Count;
            if (base64) continue;
            foreach (byte b in utf8) AppendQ(word, b);
        }
        FlushEncoded(base64, word, bytes, bytes.Count);
    }

    /// <summary>The word on the field's own line is shorter by the name.</summary>
    private int Room() => _hasWords ? MaxWord : Math.Min(MaxWord, MaxEncodedLine - _column - 1);

    private void FlushEncoded(bool base64, StringBuilder word, List<byte> bytes, int count)
    {
        Add(base64 ? $"=?utf-8?B?{Convert.ToBase64String([.. bytes.Take(count)])}?=" : $"=?utf-8?Q?{word}?=");
        word.Clear();
        bytes.RemoveRange(0, count);
    }

    private static int QLength(string text)
    {
        var word = new StringBuilder();
        foreach (byte b in Encoding.UTF8.GetBytes(text)) AppendQ(word, b);
        return word.Length;
    }

    /// <summary>Only what is allowed in a phrase too (RFC 2047 §5 (3)).</summary>
    private static void AppendQ(StringBuilder word, byte b)
    {
        if (b == ' ') word.Append('_');
        else if (char.IsAsciiLetterOrDigit((char)b) || b is (byte)'!' or (byte)'*' or (byte)'+' or (byte)'-' or (byte)'/') word.Append((char)b);
        else word.Append('=').Append(Convert.ToHexString([b]));
    }
}
