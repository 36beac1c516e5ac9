using System.Text;

namespace MailInbox.Mail.Mime.Composing;

/// <summary>A mail for a server that does not offer 8BITMIME (RFC 6152 §3).</summary>
public static class SevenBit
{
    /// <summary>
    /// The mail with each body that holds 8-bit bytes in base64. A message inside it must not be encoded (RFC 2046 §5.2.1), so it becomes a
    /// file with the same name and the same bytes. Header fields stay as they are; nothing changes when every byte is ASCII.
    /// </summary>
    public static ReadOnlyMemory<byte> Of(ReadOnlyMemory<byte> mail)
    {
        if (Ascii.IsValid(mail.Span)) return mail;
        var output = new MemoryStream(mail.Length + mail.Length / 2);
        int at = 0;
        foreach (MimePart part in MimeParser.Parse(mail).AllParts())
        {
            // What lies in an encoded part counts its own bytes and is ASCII already.
            if (part.EncodedDepth > 0 || part.Begin < at) continue;
            bool container = part.Parts.Count > 0;
            if (container ? !part.Headers.Has(EncodingField) : Ascii.IsValid(part.RawBody.Span)) continue;
            output.Write(mail.Span[at..part.Begin]);
            WriteHeader(output, part, container);
            at = container ? part.HeadersEnd : part.End;
            if (!container) MessageComposerBody.OfBytes(part.RawBody).Write(output);
        }
        output.Write(mail.Span[at..]);
        return output.ToArray();
    }

    private const string EncodingField = "Content-Transfer-Encoding";

    private static void WriteHeader(Stream output, MimePart part, bool container)
    {
        bool file = part.Message is not null;
        foreach (HeaderField field in part.Headers)
        {
            if (Is(field, EncodingField) || (file && Is(field, "Content-Type"))) continue;
            output.Write(field.Raw.Span);
        }
        if (file) output.Write("Content-Type: application/octet-stream\r\n"u8);
        if (!container) output.Write("Content-Transfer-Encoding: base64\r\n"u8);
        output.Write("\r\n"u8);
    }

    private static bool Is(HeaderField field, string name) => field.Name.Equals(name, StringComparison.OrdinalIgnoreCase);
}
