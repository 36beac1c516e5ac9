using System.Buffers;
using System.Text;
using System.Text.Unicode;
using MailInbox.Mail.Mime.CodePages;

namespace MailInbox.Mail.Mime.Decoding;

/// <summary>
/// From bytes to text, always. The label decides where it can be true; where it is missing, unknown or impossible the bytes tell.
/// </summary>
internal static class Charsets
{
    /// <summary>As many characters of UTF-8 in a row are in no text of another charset.</summary>
    private const int SurelyUtf8 = 8;

    private static readonly SearchValues<char> HtmlValueEnd = SearchValues.Create("\"' />;?");

    /// <summary>The encoding of a label; null for plain ASCII, UTF-7 and what nobody knows: those are told by the bytes.</summary>
    public static Encoding? Find(string label) => CharsetDecoder.Framework(CharsetLabels.Page(label));

    /// <summary>Decodes by label. Bytes that cannot be what the label says are told by <see cref="CharsetDetector"/>.</summary>
    public static string Decode(ReadOnlySpan<byte> bytes, string label)
    {
        var damage = BodyDamage.None;
        int page = Choose(bytes, label, ref damage);
        if (page == CharsetLabels.Ascii)
            return Encoding.ASCII.GetString(bytes);
        char[]? chars = null;
        int length = Decode(bytes, page, ref chars, ref damage);
        string text = new(chars!, 0, length);
        ArrayPool<char>.Shared.Return(chars!);
        return text;
    }

    /// <summary>Decodes a field value: UTF-8 if it can be, else the charset of the body, else as the bytes tell; raw ISO-2022-JP by its escapes.</summary>
    public static string HeaderText(ReadOnlySpan<byte> bytes, Encoding? declared)
    {
        if (Iso2022.IsIn(bytes))
            return CharsetDecoder.Of(50220).Text(bytes);
        if (Ascii.IsValid(bytes))
            return Encoding.ASCII.GetString(bytes);
        if (Utf8.IsValid(bytes))
            return Encoding.UTF8.GetString(bytes);
        if (declared is not (null or UTF8Encoding or UnicodeEncoding or UTF32Encoding)
            && CharsetDecoder.Of(declared.CodePage).Text(bytes) is var text && !text.Contains(CharsetDecoder.Bad))
            return text;
        return CharsetDecoder.Of(Told(bytes)).Text(bytes);
    }

    /// <summary>A body as text: decoded, line breaks LF, NUL and byte order mark gone, at most <paramref name="maxChars"/> long.</summary>
    public static string Text(ReadOnlySpan<byte> bytes, string label, int maxChars)
    {
        var damage = BodyDamage.None;
        return Text(bytes, label, isHtml: false, maxChars, ref damage);
    }

    /// <summary>The same for a page of HTML, which may name its charset itself: that counts where the label is absent or impossible.</summary>
    public static string Text(ReadOnlySpan<byte> bytes, string label, bool isHtml, int maxChars, ref BodyDamage damage)
    {
        int page = Choose(bytes, label, ref damage);
        if (page == CharsetLabels.Ascii)
            return TextLines.OfAscii(bytes, maxChars);
        const BodyDamage Doubt = BodyDamage.WrongCharset | BodyDamage.MissingCharset | BodyDamage.UnknownCharset;
        if (isHtml && (damage & Doubt) != 0 && OfHtml(bytes) is { Length: > 0 } own && CharsetLabels.Page(own) is > 0 and not (>= 1200 and <= 1201) and not (12000 or 12001))
        {
            damage &= ~BodyDamage.MissingCharset;
            var ignored = BodyDamage.None;
            page = Choose(bytes, own, ref ignored);
        }
        char[]? chars = null;
        int length = Decode(bytes, page, ref chars, ref damage);
        length = TextLines.Normalize(chars.AsSpan(0, length));
        if (length > maxChars)
            length = maxChars > 0 && char.IsHighSurrogate(chars![maxChars - 1]) ? maxChars - 1 : maxChars;
        string text = new(chars!, 0, length);
        ArrayPool<char>.Shared.Return(chars!);
        return text;
    }

    /// <summary>The charset that a page of HTML names in its first 2 KB, empty when it names none.</summary>
    public static string OfHtml(ReadOnlySpan<byte> html)
    {
        var head = Encoding.Latin1.GetString(html[..Math.Min(html.Length, 2_048)]).AsSpan();
        int at = head.IndexOf("charset", StringComparison.OrdinalIgnoreCase);
        int length = 7;
        if (at < 0 && head.TrimStart().StartsWith("<?xml", StringComparison.OrdinalIgnoreCase))
        {
            at = head.IndexOf("encoding", StringComparison.OrdinalIgnoreCase);
            length = 8;
        }
        if (at < 0)
            return "";
        var value = head[(at + length)..].TrimStart();
        if (!value.StartsWith('='))
            return "";
        value = value[1..].TrimStart("\"' ");
        int end = value.IndexOfAny(HtmlValueEnd);
        return (end < 0 ? value : value[..end]).ToString();
    }

    /// <summary>The page that the bytes are read by; <see cref="CharsetLabels.Ascii"/> when all are ASCII and mean just that.</summary>
    private static int Choose(ReadOnlySpan<byte> bytes, string label, ref BodyDamage damage)
    {
        int page = label.Length == 0 ? 0 : CharsetLabels.Page(label);
        if (page == 0 && !label.AsSpan().Trim(" \"").IsEmpty)
            damage |= BodyDamage.UnknownCharset;
        if (Ascii.IsValid(bytes))
            return OfAscii(bytes, page);
        if (page is 1200 or 1201 or 0 && Utf16(bytes, page) is > 0 and var order)
            return order;
        if (page is 0 or CharsetLabels.Ascii)
        {
            damage |= (damage & BodyDamage.UnknownCharset) == 0 ? BodyDamage.MissingCharset : 0;
            return Told(bytes);
        }
        if (page == CharsetLabels.Utf8)
            return IsRatherUtf8(bytes) ? page : Marked(page, CharsetDetector.Detect(bytes), ref damage);
        bool sevenBits = page is CharsetLabels.Utf7 or 52936 or (>= 50220 and <= 50229);
        if (sevenBits && !Iso2022.IsIn(bytes) && !(page == 52936 && HzDecoder.IsIn(bytes)))
            return Marked(page, Told(bytes), ref damage);
        bool unicode = bytes.StartsWith("\uFEFF"u8) || (IsPairs(page) && IsLongerThan(bytes, 8));
        return unicode && Utf8.IsValid(bytes) ? Marked(page, CharsetLabels.Utf8, ref damage) : page;
    }

    /// <summary>
    /// Text called UTF-8 is so while at least as many of its characters are whole as broken: some bytes were lost on the way. A run of whole
    /// ones at the beginning is no accident, whatever follows.
    /// </summary>
    private static bool IsRatherUtf8(ReadOnlySpan<byte> bytes)
    {
        if (Utf8.IsValid(bytes))
            return true;
        int balance = 0;
        int whole = 0;
        while (bytes.IndexOfAnyInRange<byte>(0x80, 0xFF) is >= 0 and var next)
        {
            bytes = bytes[next..];
            bool fine = Rune.DecodeFromUtf8(bytes, out _, out int length) == OperationStatus.Done;
            whole += fine ? 1 : 0;
            balance += fine ? 1 : -1;
            if (balance == whole && whole >= SurelyUtf8)
                return true;
            bytes = bytes[length..];
        }
        return whole > 0 && balance >= 0;
    }

    private static int Marked(int labelled, int page, ref BodyDamage damage)
    {
        damage |= page != labelled ? BodyDamage.WrongCharset : 0;
        return page;
    }

    /// <summary>Where all bytes are ASCII only few charsets read them differently.</summary>
    private static int OfAscii(ReadOnlySpan<byte> bytes, int page)
    {
        if (bytes.ContainsAny((byte)27, (byte)14) && (page is >= 50220 and <= 50229 || Iso2022.IsIn(bytes)))
            return 50220;
        bool otherwise = page switch
        {
            1200 or 1201 or 12000 or 12001 => bytes.Contains((byte)0),
            54936 => HzDecoder.IsIn(bytes),
            52936 or CharsetLabels.Utf7 => true,
            37 or 500 or 870 or 875 or 1026 or 1047 or (>= 1140 and <= 1149) or (>= 20273 and < 20866) or (>= 20871 and <= 20905) or 20924 or 21025 => true,
            _ => false,
        };
        return !otherwise ? CharsetLabels.Ascii : page is 1200 or 1201 ? Utf16(bytes, page) : page == 54936 ? 52936 : page;
    }

    /// <summary>What the bytes themselves say.</summary>
    private static int Told(ReadOnlySpan<byte> bytes) =>
        Iso2022.IsIn(bytes) ? 50220 : Utf8.IsValid(bytes) ? CharsetLabels.Utf8 : CharsetDetector.Detect(bytes);

    /// <summary>The byte order by its mark, else by where the zeros of Latin text stand, else as labelled; 0 for what is none at all.</summary>
    private static int Utf16(ReadOnlySpan<byte> bytes, int page)
    {
        var head = bytes[..Math.Min(bytes.Length & ~1, 1_000)];
        int even = 0, odd = 0;
        for (int i = 0; i < head.Length; i += 2)
        {
            even += head[i] == 0 ? 1 : 0;
            odd += head[i + 1] == 0 ? 1 : 0;
        }
        bool marked = bytes is [0xFE, 0xFF, ..] or [0xFF, 0xFE, ..];
        if (page == 0 && (!marked || even + odd == 0))
            return 0;
        if (marked)
            return bytes[0] == 0xFE ? 1201 : 1200;
        return even > 1 && even > 4 * odd ? 1201 : odd > 1 && odd > 4 * even ? 1200 : page;
    }

    /// <summary>Decodes into a rented array and looks whether the page was possible.</summary>
    private static int Decode(ReadOnlySpan<byte> bytes, int page, ref char[]? chars, ref BodyDamage damage)
    {
        // Half a character at the end is what a converted line end left over.
        if (page is 1200 or 1201)
            bytes = bytes[..(bytes.Length & ~1)];
        int length = Fill(bytes, page, ref chars);
        var text = chars.AsSpan(0, length);
        if (page == CharsetLabels.Utf8)
        {
            damage |= text.Contains(CharsetDecoder.Bad) && !Utf8.IsValid(bytes) ? BodyDamage.Undecodable : 0;
            return length;
        }
        if (!text.Contains(CharsetDecoder.Bad) && !(page is 874 or (>= 1250 and <= 1258) && text.ContainsAnyInRange('\u0080', '\u009F')))
            return length;
        int other = !Ascii.IsValid(bytes) && Utf8.IsValid(bytes) ? CharsetLabels.Utf8 : IsPairs(page) ? Instead(bytes, text, page) : page;
        if (other != page)
        {
            damage |= BodyDamage.WrongCharset;
            length = Fill(bytes, other, ref chars);
        }
        damage |= chars.AsSpan(0, length).Contains(CharsetDecoder.Bad) ? BodyDamage.Undecodable : 0;
        return length;
    }

    private static int Fill(ReadOnlySpan<byte> bytes, int page, ref char[]? chars)
    {
        var decoder = CharsetDecoder.Of(page == CharsetLabels.Ascii ? 1252 : page);
        int room = decoder.MaxChars(bytes.Length);
        if (chars == null || chars.Length < room)
        {
            if (chars != null)
                ArrayPool<char>.Shared.Return(chars);
            chars = ArrayPool<char>.Shared.Rent(room);
        }
        return decoder.Decode(bytes, chars);
    }

    /// <summary>Text of two bytes a character that breaks often is not what it is called: another page, or the same when nothing fits better.</summary>
    private static int Instead(ReadOnlySpan<byte> bytes, ReadOnlySpan<char> text, int page)
    {
        int bad = text.Count(CharsetDecoder.Bad);
        int all = 0;
        foreach (char c in text)
            all += c >= 128 ? 1 : 0;
        if (bad * 20 <= all)
            return page;
        int told = CharsetDetector.Detect(bytes);
        bool hopeless = bad * 5 > all && (bad > 1 || bad == all);
        return told != 1252 || hopeless ? told : page;
    }

    private static bool IsPairs(int page) => page is 932 or 949 or 950 or 936 or 54936 or 51932 or 1361;

    private static bool IsLongerThan(ReadOnlySpan<byte> bytes, int high)
    {
        for (int i = 0; bytes.IndexOfAnyInRange<byte>(0x80, 0xFF) is >= 0 and var next; i++)
        {
            if (i == high)
                return true;
            bytes = bytes[(next + 1)..];
        }
        return false;
    }
}
