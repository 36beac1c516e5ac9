using System.Buffers;

namespace MailInbox.Mail.Mime.Decoding;

/// <summary>Content-Transfer-Encoding (RFC 2045 §6) and the spellings of it that are found. Never fails: what cannot be decoded stays.</summary>
internal static class TransferDecoder
{
    private const int BlockSize = 64 * 1024;

    /// <summary>A longer body is read twice, to have it in memory once.</summary>
    private const int Large = 1024 * 1024;

    /// <summary>The ordinary word for what the field says; unknown words are kept in lower case and change nothing.</summary>
    public static string Normalize(string value)
    {
        if (value.Length == 0)
            return "7bit";
        if (Ordinary(value) is { } ordinary)
            return ordinary;
        string word = Headers.HeaderText.Keyword(value);
        return word switch
        {
            "" or "7bit" or "7-bit" or "7bits" or "7" or "plain" or "text" or "none" or "ascii" or "us-ascii" => "7bit",
            "8bit" or "8-bit" or "8bits" or "8" => "8bit",
            "base64" or "base-64" or "base_64" or "b64" or "x-base64" => "base64",
            "quoted-printable" or "quotedprintable" or "quoted_printable" or "quoted-printables" or "quote-printable" or "x-quoted-printable" or "qp" => "quoted-printable",
            "x-uuencode" or "uuencode" or "uuencoded" or "x-uue" or "uue" or "x-uu" or "uu" => "x-uuencode",
            _ => word.Length > 64 ? word[..64] : word,
        };
    }

    /// <summary>Whether the field says it in a way of its own; a comment beside the word is allowed.</summary>
    public static BodyDamage Spelling(string value, string encoding)
    {
        if (!(IsEncoded(encoding) || encoding is "7bit" or "8bit" or "binary"))
            return BodyDamage.UnknownEncoding;
        bool ordinary = value.Length == 0 || value.Contains('(') || value.AsSpan().Trim().Equals(encoding, StringComparison.OrdinalIgnoreCase);
        return ordinary || encoding == "x-uuencode" ? BodyDamage.None : BodyDamage.MisspeltEncoding;
    }

    public static bool IsEncoded(string encoding) => encoding is "base64" or "quoted-printable" or "x-uuencode";

    /// <summary>Decodes at most <paramref name="maxBytes"/>.</summary>
    public static byte[] Decode(ReadOnlySpan<byte> body, string encoding, int maxBytes = int.MaxValue) => Decode(body, encoding, maxBytes, out _);

    /// <summary>Decodes at most <paramref name="maxBytes"/> into an array of just that size.</summary>
    public static byte[] Decode(ReadOnlySpan<byte> body, string encoding, int maxBytes, out BodyDamage damage)
    {
        damage = BodyDamage.None;
        if (!IsEncoded(encoding))
            return body[..Math.Min(body.Length, maxBytes)].ToArray();
        var reader = new BodyReader(body, encoding);
        int size = MaxBytes(body, encoding);
        if (encoding == "base64" && size >= BodyReader.LeastRoom)
        {
            byte[] exact = GC.AllocateUninitializedArray<byte>(size);
            int written = reader.ReadAll(exact);
            if ((reader.Damage & BodyDamage.NotBase64) == 0)
            {
                // What stands behind the last byte is looked at for its damage alone.
                Span<byte> rest = stackalloc byte[BodyReader.LeastRoom];
                reader.Read(rest);
                damage = reader.Damage;
                return written == size && maxBytes >= size ? exact : exact[..Math.Min(written, maxBytes)];
            }
            reader = new BodyReader(body, encoding);
        }
        if (body.Length > Large && Decode(body, encoding, Stream.Null, out damage) is var measured && measured <= maxBytes)
        {
            using var whole = new MemoryStream((int)measured);
            Decode(body, encoding, whole, out damage);
            return whole.GetBuffer();
        }
        byte[] buffer = ArrayPool<byte>.Shared.Rent(Math.Max(size, body.Length) + BodyReader.LeastRoom);
        int length = reader.ReadAll(buffer);
        damage = reader.Damage;
        byte[] bytes = buffer[..Math.Min(length, maxBytes)];
        ArrayPool<byte>.Shared.Return(buffer);
        return bytes;
    }

    /// <summary>Decodes in blocks; nothing is allocated.</summary>
    public static BodyDamage Decode(ReadOnlySpan<byte> body, string encoding, IBufferWriter<byte> output)
    {
        var reader = new BodyReader(body, encoding);
        while (reader.Read(output.GetSpan(Math.Clamp(body.Length, BodyReader.LeastRoom, BlockSize))) is > 0 and var length)
            output.Advance(length);
        return reader.Damage;
    }

    /// <summary>Decodes in blocks into a stream; gives the number of bytes.</summary>
    public static long Decode(ReadOnlySpan<byte> body, string encoding, Stream output, out BodyDamage damage)
    {
        var reader = new BodyReader(body, encoding);
        byte[] block = ArrayPool<byte>.Shared.Rent(BlockSize);
        long size = 0;
        try
        {
            while (reader.Read(block) is > 0 and var length)
            {
                output.Write(block, 0, length);
                size += length;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(block);
        }
        damage = reader.Damage;
        return size;
    }

    /// <summary>The text of a body: straight from the mail where nothing is encoded, else through a rented buffer.</summary>
    public static string Text(ReadOnlySpan<byte> body, BodyKind kind, int maxChars, out BodyDamage damage)
    {
        damage = BodyDamage.None;
        int maxBytes = (int)Math.Min(int.MaxValue / 2, 4L * maxChars);
        if (!IsEncoded(kind.Encoding))
            return Charsets.Text(body[..Math.Min(body.Length, maxBytes)], kind.Charset, kind.IsHtml, maxChars, ref damage);
        var reader = new BodyReader(body, kind.Encoding);
        byte[] buffer = ArrayPool<byte>.Shared.Rent(Math.Min(Math.Max(body.Length, MaxBytes(body, kind.Encoding)), maxBytes) + BodyReader.LeastRoom);
        int length = Math.Min(maxBytes, reader.ReadAll(buffer));
        damage = reader.Damage;
        string text = Charsets.Text(buffer.AsSpan(0, length), kind.Charset, kind.IsHtml, maxChars, ref damage);
        ArrayPool<byte>.Shared.Return(buffer);
        return text;
    }

    /// <summary>A buffer of this many bytes takes everything that the body can give.</summary>
    private static int MaxBytes(ReadOnlySpan<byte> body, string encoding) => encoding switch
    {
        "base64" => Base64Decoder.MaxBytes(body),
        "x-uuencode" => Uuencode.MaxBytes(body),
        _ => body.Length + BodyReader.LeastRoom,
    };

    private static string? Ordinary(string value) => value switch
    {
        "7bit" or "8bit" or "base64" or "quoted-printable" => value,
        "7BIT" => "7bit",
        "8BIT" => "8bit",
        "BASE64" or "Base64" => "base64",
        "Quoted-Printable" or "QUOTED-PRINTABLE" or "Quoted-printable" => "quoted-printable",
        _ => null,
    };
}

/// <summary>What the header says about a text: transfer encoding in its ordinary spelling, label of the charset, and whether it is a page of HTML.</summary>
internal readonly record struct BodyKind(string Encoding, string Charset, bool IsHtml);
