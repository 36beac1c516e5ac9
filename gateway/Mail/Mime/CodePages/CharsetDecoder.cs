using System.Buffers;
using System.Collections.Concurrent;
using System.Text;

namespace MailInbox.Mail.Mime.CodePages;

/// <summary>From bytes of one charset to characters. What means nothing becomes U+FFFD; nothing throws.</summary>
internal abstract class CharsetDecoder
{
    public const char Bad = '\uFFFD';

    private static readonly ConcurrentDictionary<int, CharsetDecoder> Known = new();

    /// <summary>The decoder of a code page; windows-1252 for a number that is none.</summary>
    public static CharsetDecoder Of(int page) => Known.GetOrAdd(page, static p => Create(p));

    /// <summary>Writes the characters of all <paramref name="bytes"/> and gives their number; there is room for <see cref="MaxChars"/>.</summary>
    public abstract int Decode(ReadOnlySpan<byte> bytes, Span<char> chars);

    public virtual int MaxChars(int bytes) => bytes + 1;

    public string Text(ReadOnlySpan<byte> bytes)
    {
        char[] chars = ArrayPool<char>.Shared.Rent(MaxChars(bytes.Length));
        string text = new(chars, 0, Decode(bytes, chars));
        ArrayPool<char>.Shared.Return(chars);
        return text;
    }

    /// <summary>The encoding of the framework, null when it has none of that number.</summary>
    public static Encoding? Framework(int page) => page switch
    {
        65001 => Encoding.UTF8,
        1200 => Encoding.Unicode,
        1201 => Encoding.BigEndianUnicode,
        12000 => Encoding.UTF32,
        12001 => BigEndianUtf32,
        20127 or 0 or 65000 => null,
        _ => CodePagesEncodingProvider.Instance.GetEncoding(page),
    };

    private static readonly UTF32Encoding BigEndianUtf32 = new(bigEndian: true, byteOrderMark: true);

    /// <summary>Writes the ASCII characters that stand at <paramref name="at"/>, one at least, and moves behind them.</summary>
    protected static void TakeAscii(ReadOnlySpan<byte> bytes, ref int at, Span<char> chars, ref int written)
    {
        Ascii.ToUtf16(bytes[at..], chars[written..], out int taken);
        at += taken;
        written += taken;
    }

    private static CharsetDecoder Create(int page) => page switch
    {
        65000 => new Utf7(),
        >= 50220 and <= 50229 => new Iso2022(),
        52936 => new HzDecoder(),
        51932 or 20932 => new EucJpDecoder(),
        28600 or 28604 or 28606 => new SingleByteDecoder(page),
        _ when Framework(page) == null => Of(1252),
        _ when Framework(page) is { IsSingleByte: true } => new SingleByteDecoder(page),
        _ when page is 932 or 936 or 949 or 950 or 1361 or 54936 or (>= 10001 and <= 10008) or (>= 20000 and < 21000) or 51936 or 51949 => new DoubleByteDecoder(page),
        _ => new FrameworkDecoder(Framework(page)!),
    };

    /// <summary>Unicode, where the framework makes no mistakes, and rare pages.</summary>
    private sealed class FrameworkDecoder(Encoding encoding) : CharsetDecoder
    {
        public override int MaxChars(int bytes) => encoding.GetMaxCharCount(bytes);

        public override int Decode(ReadOnlySpan<byte> bytes, Span<char> chars) => encoding.GetChars(bytes, chars);
    }
}
