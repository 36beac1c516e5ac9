using System.Text;

namespace MailInbox.Mail.Mime.CodePages;

/// <summary>
/// The 7-bit charsets that switch by escape sequences: ISO-2022-JP with its extensions (RFC 1468, 1554, 2237), -KR (RFC 1557) and -CN
/// (RFC 1922). One reader for all, since their sequences do not collide and labels are often wrong.
/// </summary>
internal sealed class Iso2022 : CharsetDecoder
{
    private const byte Escape = 27;

    private enum Set
    {
        Ascii,
        Roman,
        Katakana,
        Jis0208,
        Jis0212,
        Gb2312,
        Ksc5601,
        Cns,
        Latin1,
        Greek,
    }

    private static readonly (byte[] Sequence, Set Set)[] Designators =
    [
        ([.. "(B"u8], Set.Ascii), ([.. "(J"u8], Set.Roman), ([.. "(H"u8], Set.Roman), ([.. "(I"u8], Set.Katakana), ([.. "(@"u8], Set.Ascii), ([.. "(A"u8], Set.Ascii),
        ([.. "$B"u8], Set.Jis0208), ([.. "$@"u8], Set.Jis0208), ([.. "$A"u8], Set.Gb2312),
        ([.. "$(B"u8], Set.Jis0208), ([.. "$(@"u8], Set.Jis0208), ([.. "$(A"u8], Set.Gb2312), ([.. "$(C"u8], Set.Ksc5601), ([.. "$(D"u8], Set.Jis0212), ([.. "$(O"u8], Set.Jis0208), ([.. "$(Q"u8], Set.Jis0208),
        ([.. "$)C"u8], Set.Ksc5601), ([.. "$)A"u8], Set.Gb2312), ([.. "$)G"u8], Set.Cns), ([.. ")I"u8], Set.Katakana), (".A"u8.ToArray(), Set.Latin1), (".F"u8.ToArray(), Set.Greek),
    ];

    private readonly DoubleByteTable _jis0208 = DoubleByteTable.Of(51932);
    private readonly DoubleByteTable _jis0212 = DoubleByteTable.Of(20932);
    private readonly DoubleByteTable _gb2312 = DoubleByteTable.Of(936);
    private readonly DoubleByteTable _ksc5601 = DoubleByteTable.Of(949);
    private readonly DoubleByteTable _cns = DoubleByteTable.Of(20000);
    private readonly SingleByteDecoder _greek = new(28597);

    /// <summary>Whether an escape sequence or a shift of these charsets stands in the text.</summary>
    public static bool IsIn(ReadOnlySpan<byte> bytes)
    {
        for (int at = 0; bytes[at..].IndexOf(Escape) is >= 0 and var next; at++)
        {
            at += next;
            if (Designator(bytes[(at + 1)..], out _) > 0)
                return true;
        }
        return false;
    }

    /// <summary>What the bytes mean at one place of the text.</summary>
    private struct State
    {
        public Set G0;
        public Set G1;
        public Set G2;
        public bool Shifted;

        public readonly Set Current => Shifted ? G1 : G0;
    }

    public override int Decode(ReadOnlySpan<byte> bytes, Span<char> chars)
    {
        bool japanese = bytes.IndexOf("\u001B$B"u8) >= 0 || bytes.IndexOf("\u001B$@"u8) >= 0 || bytes.IndexOf("\u001B(I"u8) >= 0;
        var state = new State { G1 = japanese ? Set.Katakana : Set.Ksc5601, G2 = Set.Latin1 };
        int at = 0, written = 0;
        while (at < bytes.Length)
        {
            byte c = bytes[at];
            if (c == Escape && Switch(bytes[(at + 1)..], ref state, chars, ref written) is > 0 and var length)
            {
                at += 1 + length;
            }
            else if (c is 14 or 15)
            {
                state.Shifted = c == 14;
                at++;
            }
            else if (c <= 32 || c == 127)
            {
                // Every line begins anew: what one line forgot does not spoil the next.
                if (c == '\n')
                    (state.G0, state.Shifted) = (Set.Ascii, false);
                chars[written++] = (char)c;
                at++;
            }
            else
            {
                at += Character(bytes[at..], state.Current, chars, ref written);
            }
        }
        return written;
    }

    /// <summary>Length of the sequence behind the escape, 0 when it is none.</summary>
    private int Switch(ReadOnlySpan<byte> bytes, ref State state, Span<char> chars, ref int written)
    {
        if (bytes.StartsWith("&@"u8))
            return 2;
        if (bytes is [(byte)'N', >= 0x20, ..])
        {
            chars[written++] = Single((byte)(bytes[1] | 0x80), state.G2);
            return 2;
        }
        int length = Designator(bytes, out var set);
        if (length == 0)
            return 0;
        if (bytes[0] == '.')
            state.G2 = set;
        else if (bytes[0] == ')' || bytes[1] == ')')
            state.G1 = set;
        else
            state.G0 = set;
        return length;
    }

    private static int Designator(ReadOnlySpan<byte> bytes, out Set set)
    {
        set = Set.Ascii;
        if (bytes.Length < 2 || bytes[0] is not ((byte)'$' or (byte)'(' or (byte)')' or (byte)'.'))
            return 0;
        foreach (var (sequence, named) in Designators)
        {
            if (bytes.StartsWith(sequence))
            {
                set = named;
                return sequence.Length;
            }
        }
        return 0;
    }

    private int Character(ReadOnlySpan<byte> bytes, Set set, Span<char> chars, ref int written)
    {
        byte c = bytes[0];
        if (set == Set.Ascii)
        {
            int length = bytes.IndexOfAnyExceptInRange<byte>(33, 126);
            length = Math.Max(1, length < 0 ? bytes.Length : length);
            if (c < 128)
                Ascii.ToUtf16(bytes[..length], chars[written..], out _);
            else
                chars[written] = c is >= 0xA1 and <= 0xDF ? (char)(c - 0xA1 + 0xFF61) : Bad;
            written += length;
            return length;
        }
        if (set is Set.Roman or Set.Katakana or Set.Latin1 or Set.Greek)
        {
            chars[written++] = Single(c, set);
            return 1;
        }
        if (bytes.Length < 2 || bytes[1] is <= 32 or 127)
        {
            chars[written++] = Bad;
            return 1;
        }
        char pair = Pair(set, c | 0x80, bytes[1] | 0x80);
        chars[written++] = pair == '\0' ? Bad : pair;
        return 2;
    }

    private char Single(byte c, Set set) => set switch
    {
        Set.Roman => c switch { (byte)'\\' => '¥', (byte)'~' => '\u203E', < 128 => (char)c, _ => Bad },
        Set.Katakana => (c & 0x7F) is >= 0x21 and <= 0x5F and var kana ? (char)(kana - 0x21 + 0xFF61) : Bad,
        Set.Greek => _greek[c],
        _ => (char)c,
    };

    private char Pair(Set set, int first, int second) => set switch
    {
        Set.Jis0208 => _jis0208.Pair(first, second),
        Set.Jis0212 => _jis0212.Pair(first, second & 0x7F),
        Set.Gb2312 => _gb2312.Pair(first, second),
        Set.Cns => _cns.Pair(first, second),
        _ => _ksc5601.Pair(first, second),
    };
}
