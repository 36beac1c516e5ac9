using System.Buffers.Binary;
using System.Text;
using MailInbox.Mail.Mime.Decoding;

namespace MailInbox.Mail.Mime.Tnef;

/// <summary>One property with its first value; the further ones of a list are not needed here.</summary>
/// <param name="Id">Property id such as 0x3707; 0x8000 and above are named ones, whose numbers mean nothing outside the stream.</param>
/// <param name="Value">Type and bytes.</param>
internal readonly record struct MapiProperty(int Id, MapiValue Value);

/// <summary>The bytes of a property value (MS-OXCDATA §2.11.1).</summary>
internal readonly record struct MapiValue(int Type, ReadOnlyMemory<byte> Bytes)
{
    public const int Long = 0x0003;
    public const int Object = 0x000D;
    public const int Text8 = 0x001E;
    public const int Text16 = 0x001F;

    public bool IsEmpty => Bytes.IsEmpty;

    public int Number => Bytes.Length >= 4 ? BinaryPrimitives.ReadInt32LittleEndian(Bytes.Span) : 0;

    /// <summary>A string up to its NUL; 8-bit strings in the charset of that label.</summary>
    public string Text(string charset)
    {
        var bytes = Bytes.Span;
        string text = Type == Text16 ? Encoding.Unicode.GetString(bytes[..(bytes.Length & ~1)]) : Charsets.Decode(bytes, charset);
        int end = text.IndexOf('\0', StringComparison.Ordinal);
        return end < 0 ? text : text[..end];
    }
}

/// <summary>The counted list of properties in attMsgProps and attAttachment (MS-OXTNEF §2.1.3.4). No length in it is believed beyond the bytes.</summary>
internal sealed class MapiProperties
{
    private const int Named = 0x8000;
    private const int Many = 0x1000;
    private const int Variable = -1;
    private const int Unknown = -2;
    private readonly ReadOnlyMemory<byte> _raw;
    private int _at;
    private uint _left;

    public MapiProperties(ReadOnlyMemory<byte> raw)
    {
        _raw = raw;
        Damaged = !TakeNumber(out _left);
    }

    /// <summary>The list ended before its count was reached, or holds what cannot be measured.</summary>
    public bool Damaged { get; private set; }

    /// <summary>The next property; false at the end. A last one that was cut off gives what is there.</summary>
    public bool Next(out MapiProperty property)
    {
        property = default;
        if (Damaged || _left == 0)
            return false;
        _left--;
        if (!TakeNumber(out uint tag) || ((tag >> 16) >= Named && !SkipName()))
            return Damage();
        int type = (int)(tag & 0xFFFF), plain = type & ~Many;
        int size = SizeOf(plain);
        uint values = 1;
        if (size == Unknown || ((size == Variable || plain != type) && !TakeNumber(out values)))
            return Damage();
        property = new MapiProperty((int)(tag >> 16), new MapiValue(plain, TakeValues(size, values)));
        return true;
    }

    /// <summary>Bytes of a value, padding included (MS-OXTNEF §2.1.3.4); all values of the two-byte types fill four.</summary>
    private static int SizeOf(int type) => type switch
    {
        0x0002 or 0x0003 or 0x0004 or 0x000A or 0x000B => 4,
        0x0005 or 0x0006 or 0x0007 or 0x0014 or 0x0040 => 8,
        0x0048 => 16,
        0x000D or 0x001E or 0x001F or 0x0102 => Variable,
        0x0000 or 0x0001 => 0,
        _ => Unknown,
    };

    private ReadOnlyMemory<byte> TakeValues(int size, uint values)
    {
        ReadOnlyMemory<byte> first = default;
        for (uint i = 0; i < values && size != 0 && !Damaged; i++)
        {
            if (!TakeValue(size, out var value))
                Damaged = true;
            if (i == 0)
                first = value;
        }
        return first;
    }

    private bool TakeValue(int size, out ReadOnlyMemory<byte> value)
    {
        value = default;
        if (size == 0)
            return true;
        uint length = (uint)size;
        if (size == Variable && !TakeNumber(out length))
            return false;
        int rest = _raw.Length - _at;
        value = _raw.Slice(_at, (int)Math.Min(length, (uint)rest));
        // The padding of the last value is sometimes left out.
        _at = (int)Math.Min(_raw.Length, _at + ((length + 3L) & ~3L));
        return length <= rest;
    }

    private bool SkipName()
    {
        const int Guid = 16;
        if (_raw.Length - _at < Guid)
            return false;
        _at += Guid;
        if (!TakeNumber(out uint kind))
            return false;
        return kind == 0 ? TakeNumber(out _) : TakeValue(Variable, out _);
    }

    private bool TakeNumber(out uint number)
    {
        number = 0;
        if (_raw.Length - _at < 4)
            return false;
        number = BinaryPrimitives.ReadUInt32LittleEndian(_raw.Span[_at..]);
        _at += 4;
        return true;
    }

    private bool Damage()
    {
        Damaged = true;
        return false;
    }
}
