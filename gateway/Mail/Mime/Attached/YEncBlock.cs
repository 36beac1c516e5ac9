using System.Buffers;
using System.Buffers.Text;
using System.Text;
using MailInbox.Mail.Mime.Decoding;

namespace MailInbox.Mail.Mime.Attached;

/// <summary>
/// A block of yEnc (version 1.3): <c>=ybegin line= size= name=</c>, for one of several pieces <c>=ypart</c>, bytes shifted by 42, <c>=yend</c>. A
/// piece is kept as it is; wrong size or checksum is a defect, the bytes are given all the same.
/// </summary>
internal static class YEncBlock
{
    private static readonly SearchValues<byte> Special = SearchValues.Create("=\r\n"u8);
    private static readonly uint[] Crc = CrcTable();

    /// <summary>Reads the block whose <c>=ybegin</c> is at <paramref name="begin"/>; false when it is none.</summary>
    public static bool TryRead(ReadOnlySpan<byte> text, int begin, out TextBlock block)
    {
        block = default;
        int lineEnd = HeaderScanner.LineEnd(text, begin);
        var head = text[begin..lineEnd];
        if (!head.StartsWith("=ybegin "u8) || Number(head, " line="u8) < 0 || Number(head, " size="u8) < 0 || head.IndexOf(" name="u8) < 0)
            return false;
        int data = HeaderScanner.AfterLine(text, lineEnd);
        if (text[data..].StartsWith("=ypart "u8))
            data = HeaderScanner.AfterLine(text, HeaderScanner.LineEnd(text, data));
        int end = NextKeyword(text, data);
        bool ended = text[end..].StartsWith("=yend"u8);
        block = new TextBlock(TextBlockKind.YEnc, begin, data, end, ended ? HeaderScanner.AfterLine(text, HeaderScanner.LineEnd(text, end)) : end);
        return true;
    }

    public static (string Name, byte[] Bytes, MimeDefect? Defect) Decode(ReadOnlySpan<byte> text, TextBlock block, Encoding? charset)
    {
        var head = text[block.Begin..HeaderScanner.LineEnd(text, block.Begin)];
        string name = Charsets.HeaderText(head[(head.IndexOf(" name="u8) + 6)..].Trim(" \t\""u8), charset);
        byte[] bytes = Bytes(text[block.Data..block.DataEnd]);
        string? wrong = block.End == block.DataEnd ? "has no end" : Wrong(text[block.DataEnd..block.End].Trim("\r\n \t"u8), bytes, piece: Number(head, " part="u8) >= 0);
        return (name, bytes, wrong == null ? null : new MimeDefect(DefectCodes.YEncDamaged, block.Begin, $"A yEnc file in the text {wrong}; it is what could be read."));
    }

    /// <summary>Offset of the next line that begins with <c>=y</c>: no data does, for an escaped y does not exist.</summary>
    private static int NextKeyword(ReadOnlySpan<byte> text, int at)
    {
        while (text[at..].IndexOf("=y"u8) is >= 0 and var hit)
        {
            at += hit;
            if (text[at - 1] is (byte)'\n' or (byte)'\r')
                return at;
            at += 2;
        }
        return text.Length;
    }

    private static byte[] Bytes(ReadOnlySpan<byte> data)
    {
        var output = new byte[data.Length];
        int written = 0;
        while (!data.IsEmpty)
        {
            int plain = data.IndexOfAny(Special);
            if (plain < 0)
                plain = data.Length;
            foreach (byte b in data[..plain])
                output[written++] = unchecked((byte)(b - 42));
            data = data[plain..];
            if (data.IsEmpty)
                break;
            if (data[0] == '=' && data.Length > 1 && data[1] is not ((byte)'\r' or (byte)'\n'))
            {
                output[written++] = unchecked((byte)(data[1] - 64 - 42));
                data = data[1..];
            }
            data = data[1..];
        }
        return output[..written];
    }

    /// <summary>What the last line says otherwise; null when all is well.</summary>
    private static string? Wrong(ReadOnlySpan<byte> end, byte[] bytes, bool piece)
    {
        long size = Number(end, " size="u8);
        if (size >= 0 && size != bytes.Length)
            return "has another size than it says";
        // Of a piece, crc32 is the sum of the whole file.
        var key = piece ? " pcrc32="u8 : " crc32="u8;
        int at = end.IndexOf(key);
        if (at < 0 || !Utf8Parser.TryParse(end[(at + key.Length)..], out uint said, out _, 'x'))
            return null;
        return said == Sum(bytes) ? null : "has a wrong checksum";
    }

    /// <summary>The number behind a key; -1 without one.</summary>
    private static long Number(ReadOnlySpan<byte> line, ReadOnlySpan<byte> key)
    {
        int at = line.IndexOf(key);
        return at >= 0 && Utf8Parser.TryParse(line[(at + key.Length)..], out long number, out _) ? number : -1;
    }

    private static uint Sum(ReadOnlySpan<byte> bytes)
    {
        uint sum = uint.MaxValue;
        foreach (byte b in bytes)
            sum = Crc[(sum ^ b) & 0xFF] ^ (sum >> 8);
        return ~sum;
    }

    private static uint[] CrcTable()
    {
        var table = new uint[256];
        for (uint i = 0; i < 256; i++)
        {
            uint value = i;
            for (int bit = 0; bit < 8; bit++)
                value = (value & 1) != 0 ? 0xEDB88320 ^ (value >> 1) : value >> 1;
            table[i] = value;
        }
        return table;
    }
}
