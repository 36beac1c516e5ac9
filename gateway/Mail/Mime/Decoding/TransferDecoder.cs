namespace MailInbox.Mail.Mime.Decoding;

/// <summary>Content-Transfer-Encoding (RFC 2045 §6) and the spellings of it that are found. Never fails: what cannot be decoded stays.</summary>
internal static class TransferDecoder
{
    /// <summary>The ordinary word for what the field says; unknown words are kept in lower case and change nothing.</summary>
    public static string Normalize(string value)
    {
        if (value.Length == 0)
            return "7bit";
        string word = Headers.HeaderText.Keyword(value);
        return word switch
        {
            "" or "7bit" or "7-bit" or "7bits" or "plain" or "text" or "none" => "7bit",
            "8bit" or "8-bit" or "8bits" => "8bit",
            "base64" or "base-64" or "b64" => "base64",
            "quoted-printable" or "quotedprintable" or "quoted_printable" or "qp" => "quoted-printable",
            "x-uuencode" or "uuencode" or "x-uue" or "uue" or "x-uu" => "x-uuencode",
            _ => word.Length > 64 ? word[..64] : word,
        };
    }

    public static bool IsEncoded(string encoding) => encoding is "base64" or "quoted-printable" or "x-uuencode";

    /// <summary>Decodes at most <paramref name="maxBytes"/>.</summary>
    public static byte[] Decode(ReadOnlySpan<byte> body, string encoding, int maxBytes = int.MaxValue) => encoding switch
    {
        "base64" when Base64Decoder.TryDecode(body, maxBytes, out byte[] bytes) => bytes,
        "quoted-printable" => QuotedPrintable(body, maxBytes),
        "x-uuencode" when Uuencode.TryDecode(body, maxBytes, out byte[] bytes) => bytes,
        _ => body[..Math.Min(body.Length, maxBytes)].ToArray(),
    };

    /// <summary>
    /// RFC 2045 §6.7: soft breaks also with LF and at the end, hex in either case, blanks at the end of a line dropped; an equals sign
    /// without two digits stays.
    /// </summary>
    private static byte[] QuotedPrintable(ReadOnlySpan<byte> text, int maxBytes)
    {
        var output = new byte[Math.Min(text.Length, maxBytes)];
        int written = 0;
        int at = 0;
        while (at < text.Length && written < output.Length)
        {
            byte c = text[at];
            if (c == '=')
            {
                if (SoftBreak(text, at) is > 0 and var next)
                {
                    at = next;
                    continue;
                }
                if (at + 2 < text.Length && Hex(text[at + 1]) is >= 0 and var high && Hex(text[at + 2]) is >= 0 and var low)
                {
                    output[written++] = (byte)((high << 4) | low);
                    at += 3;
                    continue;
                }
            }
            else if (c is (byte)' ' or (byte)'\t')
            {
                int end = SkipBlanks(text, at);
                int blanks = end < text.Length && text[end] is (byte)'\r' or (byte)'\n' ? 0 : Math.Min(end - at, output.Length - written);
                text.Slice(at, blanks).CopyTo(output.AsSpan(written));
                written += blanks;
                at = end;
                continue;
            }
            output[written++] = c;
            at++;
        }
        return written == output.Length ? output : output[..written];
    }

    /// <summary>Offset behind a soft line break, 0 when the equals sign is none.</summary>
    private static int SoftBreak(ReadOnlySpan<byte> text, int at)
    {
        int end = SkipBlanks(text, at + 1);
        if (end == text.Length)
            return end;
        if (text[end] == '\r')
            return HeaderScanner.AfterLine(text, end);
        return text[end] == '\n' ? end + 1 : 0;
    }

    private static int SkipBlanks(ReadOnlySpan<byte> text, int at)
    {
        int length = text[at..].IndexOfAnyExcept((byte)' ', (byte)'\t');
        return length < 0 ? text.Length : at + length;
    }

    private static int Hex(byte c) => c switch
    {
        >= (byte)'0' and <= (byte)'9' => c - '0',
        >= (byte)'A' and <= (byte)'F' => c - 'A' + 10,
        >= (byte)'a' and <= (byte)'f' => c - 'a' + 10,
        _ => -1,
    };
}
