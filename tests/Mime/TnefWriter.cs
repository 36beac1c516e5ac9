using System.Buffers.Binary;
using System.Text;

namespace MailInbox.Tests.Mime;

/// <summary>Writes TNEF streams by MS-OXTNEF, right ones and wrong ones.</summary>
internal sealed class TnefWriter
{
    public const int Body = 0x0002800C, Subject = 0x00018004, OemCodePage = 0x00069007, MessageProperties = 0x00069003;
    public const int Rendition = 0x00069002, Title = 0x00018010, Data = 0x0006800F, AttachmentProperties = 0x00069005, From = 0x00008000;
    private readonly List<byte> _out = [];

    public TnefWriter()
    {
        Number(0x223E9F78);
        Short(1);
    }

    public byte[] Bytes => [.. _out];

    public string Base64 => Convert.ToBase64String(Bytes, Base64FormattingOptions.InsertLineBreaks).ReplaceLineEndings("\n");

    /// <summary>A mail whose only or last part is this stream.</summary>
    public string Mail(string text = "", string type = "application/ms-tnef; name=winmail.dat") => text.Length == 0
        ? $"Subject: x\nContent-Type: {type}\nContent-Transfer-Encoding: base64\n\n{Base64}\n"
        : $"Subject: x\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n\n{text}\n--b\nContent-Type: {type}\nContent-Transfer-Encoding: base64\n\n{Base64}\n--b--\n";

    public TnefWriter Attribute(int id, byte[] data, bool wrongSum = false, uint? length = null)
    {
        _out.Add((byte)(id is Rendition or Title or Data or AttachmentProperties ? 2 : 1));
        Number((uint)id);
        Number(length ?? (uint)data.Length);
        _out.AddRange(data);
        Short((ushort)(data.Sum(b => b) + (wrongSum ? 1 : 0)));
        return this;
    }

    public TnefWriter Begin() => Attribute(Rendition, new byte[14]);

    /// <summary>An attachment as Exchange writes it.</summary>
    public TnefWriter File(string title, byte[] data, params byte[][] properties)
    {
        Begin();
        if (title.Length > 0)
            Attribute(Title, Encoding.Latin1.GetBytes(title + "\0"));
        Attribute(Data, data);
        return properties.Length == 0 ? this : Attribute(AttachmentProperties, List(properties));
    }

    public TnefWriter Properties(params byte[][] properties) => Attribute(MessageProperties, List(properties));

    public static byte[] List(params byte[][] properties) => [.. Four((uint)properties.Length), .. properties.SelectMany(p => p)];

    public static byte[] Text16(int id, string text) => Counted(id, 0x001F, Encoding.Unicode.GetBytes(text + "\0"));

    public static byte[] Text8(int id, byte[] text) => Counted(id, 0x001E, [.. text, 0]);

    public static byte[] Binary(int id, byte[] bytes) => Counted(id, 0x0102, bytes);

    public static byte[] Long(int id, uint number) => [.. Tag(id, 0x0003), .. Four(number)];

    /// <summary>An embedded message: the interface id of IMessage, then a stream.</summary>
    public static byte[] Message(byte[] stream) =>
        Counted(0x3701, 0x000D, [7, 3, 2, 0, 0, 0, 0, 0, 0xC0, 0, 0, 0, 0, 0, 0, 0x46, .. stream]);

    public static byte[] Tag(int id, int type) => [(byte)type, (byte)(type >> 8), (byte)id, (byte)(id >> 8)];

    public static byte[] Four(uint number)
    {
        byte[] bytes = new byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, number);
        return bytes;
    }

    public static byte[] Padded(byte[] bytes) => [.. bytes, .. new byte[(4 - (bytes.Length % 4)) % 4]];

    /// <summary>RTF in the frame of MS-OXRTFCP without compression.</summary>
    public static byte[] Rtf(string rtf)
    {
        byte[] bytes = Encoding.Latin1.GetBytes(rtf);
        return [.. Four((uint)bytes.Length + 12), .. Four((uint)bytes.Length), .. "MELA"u8, .. Four(0), .. bytes];
    }

    private static byte[] Counted(int id, int type, byte[] value) => [.. Tag(id, type), .. Four(1), .. Four((uint)value.Length), .. Padded(value)];

    private void Number(uint number) => _out.AddRange(Four(number));

    private void Short(int number)
    {
        _out.Add((byte)number);
        _out.Add((byte)(number >> 8));
    }
}
