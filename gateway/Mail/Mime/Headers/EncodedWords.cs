using System.Buffers;
using System.Text;
using MailInbox.Mail.Mime.Decoding;

namespace MailInbox.Mail.Mime.Headers;

/// <summary>Encoded words in field values (RFC 2047, language suffix of RFC 2231 §5), read as leniently as they are written.</summary>
public static class EncodedWords
{
    private const int CharsetLength = 64;
    private const int WordLength = 4_096;

    /// <summary>
    /// Decodes all words in <paramref name="text"/>. The bytes of neighbours in one charset are joined before they are decoded, for a
    /// character may be split between them. What is no proper word stays as it stands. Control characters become blanks. A tag that a
    /// gateway glued to a word (<c>[SPAM]=?…?=</c>) gets the blank that belongs there.
    /// </summary>
    public static string Decode(string text) => Decode(text, keepsBlanks: false);

    /// <summary>
    /// The same; with <paramref name="keepsBlanks"/> a blank between words in two charsets stays: in a quoted string, where words have no
    /// place at all (RFC 2047 §5), nobody broke a line there.
    /// </summary>
    internal static string Decode(string text, bool keepsBlanks)
    {
        int first = text.IndexOf("=?", StringComparison.Ordinal);
        if (first < 0)
            return HeaderText.Printable(text);
        var output = new Output(text.Length, keepsBlanks);
        int at = 0, end = 0;
        for (int i = first; i >= 0; i = IndexOfWord(text, i))
        {
            if (!TryRead(text, i, ref end, out var word))
            {
                i += 2;
                continue;
            }
            output.Literal(text.AsSpan(at, i - at));
            output.Word(word, text);
            at = i = word.End;
        }
        output.Literal(text.AsSpan(at));
        return HeaderText.Printable(output.Finish());
    }

    /// <summary>Unfolds and decodes the bytes of a field value.</summary>
    internal static string Decode(ReadOnlySpan<byte> value, Encoding? declared = null) =>
        Decode(HeaderText.Unfold(value, declared, value.IndexOf("=?"u8) < 0 ? ' ' : '\n'));

    /// <summary>
    /// Offset behind the word that begins at <paramref name="at"/>; -1 when none does. <paramref name="end"/>, 0 at first, remembers for calls
    /// that go through one text where the next word may end.
    /// </summary>
    internal static int EndOfWord(ReadOnlySpan<char> text, int at, ref int end) => TryRead(text, at, ref end, out var word) ? word.End : -1;

    private readonly record struct Word(Range Charset, bool Base64, Range Payload, int End);

    private static int IndexOfWord(string text, int from) =>
        from >= text.Length ? -1 : text.IndexOf("=?", from, StringComparison.Ordinal);

    private static bool TryRead(ReadOnlySpan<char> text, int at, ref int end, out Word word)
    {
        word = default;
        var rest = text[at..];
        if (!rest.StartsWith("=?"))
            return false;
        int charset = rest[2..Math.Min(rest.Length, CharsetLength + 2)].IndexOf('?');
        if (charset < 0)
            return false;
        int payload = 2 + charset + 3;
        if (payload > rest.Length || rest[payload - 1] != '?')
            return false;
        bool base64 = rest[payload - 2] is 'b' or 'B';
        if (!base64 && rest[payload - 2] is not ('q' or 'Q'))
            return false;
        if (end < at + payload)
        {
            int next = rest[payload..].IndexOf("?=");
            end = next < 0 ? text.Length : at + payload + next;
        }
        if (end == text.Length || end - at - payload > WordLength)
            return false;
        int length = PayloadLength(rest[payload..Math.Min(rest.Length, payload + WordLength + 2)], base64);
        if (length < 0 || (base64 && !Ascii.IsValid(rest.Slice(payload, length))))
            return false;
        word = new Word((at + 2)..(at + 2 + charset), base64, (at + payload)..(at + payload + length), at + payload + length + 2);
        return true;
    }

    /// <summary>A question mark that somebody forgot to encode, as in <c>Why?=20not?=</c>, does not end a word.</summary>
    private static int PayloadLength(ReadOnlySpan<char> payload, bool base64)
    {
        int end = payload.IndexOf("?=");
        if (base64 || end < 0)
            return end;
        while (end + 3 < payload.Length && char.IsAsciiHexDigit(payload[end + 2]) && char.IsAsciiHexDigit(payload[end + 3]))
        {
            int next = payload[(end + 2)..].IndexOfAny('?', ' ');
            if (next < 0 || !payload[(end + 2 + next)..].StartsWith("?="))
                break;
            end += 2 + next;
        }
        return end;
    }

    /// <summary>Collects literals and words; holds the bytes back while neighbours may still follow.</summary>
    private sealed class Output(int capacity, bool keepsBlanks)
    {
        private readonly StringBuilder _text = new(capacity);
        private readonly ArrayBufferWriter<byte> _bytes = new();
        private readonly StringBuilder _base64 = new();
        private string _charset = "";
        private string _gap = "";
        private bool _open;
        private bool _tagged;

        public void Literal(ReadOnlySpan<char> text)
        {
            if (text.IsEmpty)
                return;
            if (_open && text.IsWhiteSpace())
            {
                _gap = keepsBlanks ? text.ToString() : "";
                return;
            }
            Flush();
            foreach (char c in text)
                _text.Append(c == '\n' ? ' ' : c);
            _tagged = text.Length > 1 && text[^1] is ']' or ')' or '}' or ':' or ',' or ';' or '!';
        }

        public void Word(Word word, string text)
        {
            var label = text.AsSpan(word.Charset);
            int language = label.IndexOf('*');
            label = (language < 0 ? label : label[..language]).Trim();
            if (_open && !label.Equals(_charset, StringComparison.OrdinalIgnoreCase))
            {
                Flush();
                _text.Append(_gap);
            }
            _gap = "";
            if (!_open)
                Begin(label);
            _open = true;
            if (word.Base64)
            {
                _base64.Append(text.AsSpan(word.Payload));
                return;
            }
            FlushBase64();
            Quoted(text.AsSpan(word.Payload));
        }

        private void Begin(ReadOnlySpan<char> label)
        {
            if (!label.Equals(_charset, StringComparison.OrdinalIgnoreCase))
                _charset = label.ToString();
            if (_tagged)
                _text.Append(' ');
        }

        public string Finish()
        {
            Flush();
            return _text.ToString();
        }

        private void Flush()
        {
            if (!_open)
                return;
            FlushBase64();
            var text = Charsets.Decode(_bytes.WrittenSpan, _charset).AsSpan();
            // Only where the order of bytes is in question the mark is none of the writer's characters.
            _text.Append(_charset.StartsWith("utf-16", StringComparison.OrdinalIgnoreCase) ? text.TrimStart('\uFEFF') : text);
            _bytes.ResetWrittenCount();
            _open = _tagged = false;
        }

        private void FlushBase64()
        {
            if (_base64.Length == 0)
                return;
            _bytes.Write(Base64Decoder.Decode(Encoding.ASCII.GetBytes(_base64.ToString())));
            _base64.Clear();
        }

        private void Quoted(ReadOnlySpan<char> payload)
        {
            for (int i = 0; i < payload.Length; i++)
            {
                char c = payload[i];
                if (c == '=' && i + 2 < payload.Length && char.IsAsciiHexDigit(payload[i + 1]) && char.IsAsciiHexDigit(payload[i + 2]))
                {
                    Byte((byte)((HexValue(payload[i + 1]) << 4) | HexValue(payload[i + 2])));
                    i += 2;
                }
                else if (c < 128)
                {
                    // A fold inside a word is no blank: it was put there by a careless mailer.
                    if (c != '\n')
                        Byte((byte)(c == '_' ? ' ' : c));
                }
                else
                {
                    i += Raw(payload[i..]) - 1;
                }
            }
        }

        /// <summary>Unencoded characters go back into the charset of the word, so that they come out again.</summary>
        private int Raw(ReadOnlySpan<char> payload)
        {
            int length = 1;
            while (length < payload.Length && payload[length] >= 128)
                length++;
            _bytes.Write((Charsets.Find(_charset) ?? Encoding.UTF8).GetBytes(payload[..length].ToString()));
            return length;
        }

        private void Byte(byte value)
        {
            _bytes.GetSpan(1)[0] = value;
            _bytes.Advance(1);
        }

        private static int HexValue(char c) => char.IsAsciiDigit(c) ? c - '0' : (c | 0x20) - 'a' + 10;
    }
}
