using System.Collections.Concurrent;

namespace MailInbox.Mail.Mime.CodePages;

/// <summary>
/// The characters of all pairs of bytes of a charset, taken once from the framework pair by pair: its tables are right, its ways through
/// broken text are not.
/// </summary>
internal sealed class DoubleByteTable
{
    private const int FirstLead = 0x81;
    private const int FirstTrail = 0x21;
    private const int Trails = 0xFF - FirstTrail;
    private static readonly ConcurrentDictionary<int, DoubleByteTable> Known = new();

    private readonly char[] _pairs = new char[(0xFF - FirstLead) * Trails];
    private readonly char[] _singles = new char[256];
    private readonly bool[] _leads = new bool[256];

    private DoubleByteTable(int page)
    {
        var encoding = CharsetDecoder.Framework(page)!;
        Span<byte> pair = stackalloc byte[2];
        Span<char> chars = stackalloc char[8];
        for (int lead = FirstLead; lead < 0xFF; lead++)
        {
            for (int trail = FirstTrail; trail < 0xFF; trail++)
            {
                pair[0] = (byte)lead;
                pair[1] = (byte)trail;
                int length = encoding.GetChars(pair, chars);
                if (length == 1 && IsMeant(chars[0], page, (lead << 8) | trail))
                    Set(lead, trail, chars[0]);
            }
        }
        if (page == 20932)
            Set(0xA2, 0x71, '№');
        if (page == 950)
            Big5Extension.AddTo(this);
        for (int value = 0; value < 256; value++)
        {
            string text = encoding.GetString([(byte)value]);
            _singles[value] = value < 128 ? (char)value : _leads[value] || text.Length != 1 || text[0] is '?' or '\u30FB' or '\u0080' or (>= '\uE000' and < '\uF900') ? '\0' : text[0];
        }
        if (page is 936 or 54936)
            _singles[0x80] = '€';
    }

    public static DoubleByteTable Of(int page) => Known.GetOrAdd(page, static p => new DoubleByteTable(p));

    public bool IsLead(byte value) => _leads[value];

    /// <summary>The character of a single byte; 0 when it has none.</summary>
    public char Single(byte value) => _singles[value];

    /// <summary>The character of a pair; 0 when it has none.</summary>
    public char Pair(int lead, int trail) =>
        lead is >= FirstLead and < 0xFF && trail is >= FirstTrail and < 0xFF ? _pairs[((lead - FirstLead) * Trails) + trail - FirstTrail] : '\0';

    public void Set(int lead, int trail, char c)
    {
        _leads[lead] = true;
        _pairs[((lead - FirstLead) * Trails) + trail - FirstTrail] = c;
    }

    /// <summary>The framework answers with a question mark or a middle dot where a pair is free, or with a character for private use.</summary>
    private static bool IsMeant(char c, int page, int code) => c switch
    {
        '?' or CharsetDecoder.Bad or '\0' => false,
        '\u30FB' => page switch { 932 => code == 0x8145, 51932 or 20932 => code == 0xA1A6, _ => true },
        >= '\uE000' and < '\uF900' => page is 932 or 936 or 54936,
        _ => true,
    };
}
