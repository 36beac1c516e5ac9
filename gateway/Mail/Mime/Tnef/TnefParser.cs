using System.Buffers.Binary;

namespace MailInbox.Mail.Mime.Tnef;

/// <summary>
/// Reads the attributes of a TNEF stream (MS-OXTNEF §2.1), the <c>winmail.dat</c> of Outlook and Exchange. Never throws: a stream that is cut off
/// or damaged gives what was read. Linear in the bytes; nothing is copied.
/// </summary>
internal static class TnefParser
{
    private const uint Signature = 0x223E9F78;
    private const int Head = 6;

    public static bool IsTnef(ReadOnlySpan<byte> raw) => raw.Length >= Head && BinaryPrimitives.ReadUInt32LittleEndian(raw) == Signature;

    public static TnefMessage Parse(ReadOnlyMemory<byte> raw)
    {
        var message = new TnefMessage();
        var span = raw.Span;
        if (!IsTnef(span))
        {
            message.Damage.Add((DefectCodes.TnefUnreadable, "A part is called TNEF and is none."));
            return message;
        }
        bool wrongSum = false;
        int at = Head;
        while (at < span.Length)
        {
            const int beforeData = 9, checksum = 2;
            if (span[at] is not (1 or 2))
            {
                if (span[at..].IndexOfAnyExcept((byte)0, (byte)'\r', (byte)'\n') >= 0)
                    message.Damage.Add((DefectCodes.TnefDamaged, "The data of Outlook is damaged; what stands before the damage was read."));
                break;
            }
            long rest = (long)span.Length - at - beforeData;
            uint length = rest < 0 ? 0 : BinaryPrimitives.ReadUInt32LittleEndian(span[(at + 5)..]);
            if (rest < 0 || length + (long)checksum > rest)
                message.Damage.Add((DefectCodes.TnefTruncated, "The data of Outlook is cut off; what is there was read."));
            if (rest < 0)
                break;
            int id = BinaryPrimitives.ReadUInt16LittleEndian(span[(at + 1)..]);
            int size = (int)Math.Min(length, rest);
            message.Take(id, raw.Slice(at + beforeData, size));
            at += beforeData + size;
            if (span.Length - at >= checksum)
                wrongSum |= Sum(span.Slice(at - size, size)) != BinaryPrimitives.ReadUInt16LittleEndian(span[at..]);
            at += checksum;
        }
        if (wrongSum)
            message.Damage.Add((DefectCodes.TnefChecksum, "The data of Outlook has a wrong checksum; it was read all the same."));
        message.End();
        return message;
    }

    private static ushort Sum(ReadOnlySpan<byte> data)
    {
        uint sum = 0;
        foreach (byte b in data)
            sum += b;
        return (ushort)sum;
    }
}
