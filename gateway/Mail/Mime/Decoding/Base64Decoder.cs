using System.Buffers;
using System.Buffers.Text;

namespace MailInbox.Mail.Mime.Decoding;

/// <summary>Base64 as it arrives (RFC 2045 §6.8): foreign characters skipped, padding missing or early, blocks one after the other.</summary>
internal struct Base64Decoder
{
    private const byte Foreign = 255;
    private const byte Blank = 254;
    private const byte Padding = 253;
    private const int BlockSize = 4_096;
    private const int LongestLine = 512;
    private const int Tail = 256;
    private static readonly byte[] Values = Table();

    private int _at;
    private int _bits;
    private int _count;
    private int _known;
    private bool _padded;
    private bool _resumed;
    private bool _decided;

    /// <summary>What was wrong with the text read so far.</summary>
    public BodyDamage Damage { get; private set; }

    /// <summary>Decodes everything that is base64, also a text that hardly is; at most <paramref name="maxBytes"/>.</summary>
    public static byte[] Decode(ReadOnlySpan<byte> text, int maxBytes = int.MaxValue)
    {
        var output = new byte[(int)Math.Min(maxBytes, ((long)text.Length / 4 * 3) + 3)];
        var decoder = new Base64Decoder { _decided = true };
        int written = decoder.Read(text, output);
        return written == output.Length ? output : output[..written];
    }

    /// <summary>No text of that many bytes gives more: for clean text the exact size.</summary>
    public static int MaxBytes(ReadOnlySpan<byte> text)
    {
        long payload = text.Length - text.Count((byte)'\n') - text.Count((byte)'\r');
        int tail = text.Length;
        while (tail > 0 && text[tail - 1] is (byte)'\r' or (byte)'\n' or (byte)'=')
            payload -= text[--tail] == '=' ? 1 : 0;
        return (int)(payload * 3 / 4);
    }

    /// <summary>
    /// Continues with <paramref name="text"/>, the same at every call, and fills <paramref name="output"/>; 0 at the end. A text that was
    /// never base64 ends at once with <see cref="BodyDamage.NotBase64"/>.
    /// </summary>
    public int Read(ReadOnlySpan<byte> text, Span<byte> output)
    {
        Span<byte> block = stackalloc byte[BlockSize];
        int written = 0;
        while (_at < text.Length && written < output.Length)
        {
            int end = text.Length;
            if (_count == 0 && !_padded)
            {
                int used = Block(text[_at..], block, output[written..], out int decoded);
                if (decoded > 0)
                {
                    _at += used;
                    _known += decoded;
                    written += decoded;
                    continue;
                }
                end = Math.Min(end, _at + Math.Max(used, LongestLine));
            }
            else if (!_padded && text.Slice(_at, Math.Min(LongestLine, end - _at)).IndexOf((byte)'\n') is >= 0 and var lineEnd)
            {
                end = _at + lineEnd + 1;
            }
            if (!_decided && _known == 0 && !LooksLikeBase64(text[_at..]))
            {
                Damage |= BodyDamage.NotBase64;
                return 0;
            }
            _decided = true;
            written += Plain(text, end, output[written..]);
        }
        if (_at == text.Length)
            Finish();
        return written;
    }

    /// <summary>
    /// Whole lines of equal length, put together and decoded by the framework. Its answer counts only where it took everything and
    /// gave everything: with broken input it has been wrong. Gives how many bytes were looked at.
    /// </summary>
    private static int Block(ReadOnlySpan<byte> text, Span<byte> block, Span<byte> output, out int decoded)
    {
        decoded = 0;
        int lineEnd = text[..Math.Min(text.Length, LongestLine + 2)].IndexOf((byte)'\n');
        ReadOnlySpan<byte> joined;
        int used;
        if (lineEnd < 0)
        {
            joined = text[..(Math.Min(Math.Min(text.Length, 65_536), output.Length / 3 * 4) & ~3)];
            lineEnd = joined.IndexOf((byte)'\n');
            joined = lineEnd < 0 ? joined : joined[..(Math.Max(0, lineEnd - 1) & ~3)];
            used = joined.Length;
        }
        else
        {
            joined = block[..Lines(text, lineEnd, block, output.Length, out used)];
        }
        if (joined.IsEmpty)
            return used;
        var status = Base64.DecodeFromUtf8(joined, output, out int taken, out int given);
        if (status == OperationStatus.Done && taken == joined.Length && given == joined.Length / 4 * 3)
            decoded = given;
        return used;
    }

    /// <summary>Copies the lines that are as long as the first one without their breaks; gives how many bytes they have.</summary>
    private static int Lines(ReadOnlySpan<byte> text, int lineEnd, Span<byte> block, int room, out int used)
    {
        int width = lineEnd > 0 && text[lineEnd - 1] == '\r' ? lineEnd - 1 : lineEnd;
        int stride = lineEnd + 1;
        used = 0;
        if (width == 0 || width % 4 != 0)
            return 0;
        int most = Math.Min(Math.Min(block.Length, room / 3 * 4) / width, text.Length / stride);
        int joined = 0;
        for (int i = 0; i < most; i++)
        {
            var line = text.Slice(used, stride);
            if (line[^1] != '\n' || (stride - width == 2 && line[width] != '\r'))
                break;
            line[..width].CopyTo(block[joined..]);
            joined += width;
            used += stride;
        }
        return joined;
    }

    /// <summary>Character by character up to <paramref name="end"/>, or until the output is full.</summary>
    private int Plain(ReadOnlySpan<byte> text, int end, Span<byte> output)
    {
        int written = 0;
        for (; _at < end; _at++)
        {
            byte value = Values[text[_at]];
            if (value < 64)
            {
                if (_padded && Resume(text))
                    break;
                if (_resumed && _count == 0 && IsRest(text))
                    break;
                if (_count >= 2 && written == output.Length)
                    break;
                _known++;
                _bits = (_bits << 6) | value;
                _count += 6;
                if (_count < 8)
                    continue;
                _count -= 8;
                output[written++] = (byte)(_bits >> _count);
                _bits &= 0xFF;
            }
            else if (value == Padding)
            {
                Damage |= _count == 6 ? BodyDamage.Base64CutOff : 0;
                _bits = _count = 0;
                _padded = true;
            }
            else if (value == Foreign)
            {
                Damage |= BodyDamage.Base64Junk;
            }
        }
        return written;
    }

    /// <summary>Behind padding stands another block, or a footer that some list server put below the data: true for that, and it is skipped.</summary>
    private bool Resume(ReadOnlySpan<byte> text)
    {
        _padded = false;
        bool first = (Damage & BodyDamage.Base64AfterPadding) == 0;
        if (first && IsProse(text[_at..]))
        {
            Damage |= BodyDamage.Base64Footer;
            _at = text.Length;
            return true;
        }
        Damage |= BodyDamage.Base64AfterPadding;
        _resumed = true;
        return false;
    }

    /// <summary>Behind padding only whole groups are another block; less, at the end, is a word that is no base64.</summary>
    private bool IsRest(ReadOnlySpan<byte> text)
    {
        if (text.Length - _at > Tail)
            return false;
        int known = 0;
        foreach (byte c in text[_at..])
        {
            known += Values[c] < 64 ? 1 : 0;
            if (known == 4 || c == '=')
                return false;
        }
        Damage |= BodyDamage.Base64CutOff;
        _at = text.Length;
        return true;
    }

    private void Finish()
    {
        Damage |= _count == 0 ? 0 : BodyDamage.Base64CutOff;
        _count = 0;
    }

    /// <summary>False when so much of the beginning is foreign, or so many words stand in it, that it was never base64.</summary>
    private static bool LooksLikeBase64(ReadOnlySpan<byte> text)
    {
        int foreign = 0, known = 0, padded = 0;
        var head = text[..Math.Min(text.Length, BlockSize)];
        for (int i = 0; i < head.Length; i++)
        {
            byte value = Values[head[i]];
            known += value < 64 ? 1 : 0;
            foreign += value == Foreign ? 1 : 0;
            padded = value == Padding ? known : padded;
            // A blank between two letters stands between words.
            if (value < 64 && i > 1 && head[i - 1] == ' ' && Values[head[i - 2]] < 64)
                foreign += 2;
        }
        bool whole = (known - padded) % 4 == 0 || head.Length < text.Length;
        return foreign * (whole ? 4 : 16) <= known;
    }

    private static bool IsProse(ReadOnlySpan<byte> text)
    {
        int foreign = 0;
        foreach (byte c in text[..Math.Min(text.Length, 120)].TrimEnd(" \t\r\n"u8))
            foreign += Values[c] == Foreign || c == ' ' ? 1 : 0;
        return foreign >= 3;
    }

    private static byte[] Table()
    {
        var values = new byte[256];
        Array.Fill(values, Foreign);
        var alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"u8;
        for (int i = 0; i < alphabet.Length; i++)
            values[alphabet[i]] = (byte)i;
        values['-'] = 62;
        values['_'] = 63;
        values['='] = Padding;
        foreach (byte c in " \t\r\n\0"u8)
            values[c] = Blank;
        return values;
    }
}
