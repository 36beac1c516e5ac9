namespace MailInbox.Mail.Mime.Decoding;

/// <summary>Undoes the transfer encoding of a body in blocks (RFC 2045 §6). Never fails: what cannot be decoded stays as it is.</summary>
internal ref struct BodyReader(ReadOnlySpan<byte> body, string encoding)
{
    private readonly ReadOnlySpan<byte> _body = body;
    private string _encoding = encoding;
    private Base64Decoder _base64;
    private QuotedPrintableDecoder _quoted;
    private Uuencode _uuencode;
    private int _at;

    /// <summary>The least room that one read needs.</summary>
    public const int LeastRoom = 64;

    /// <summary>What was wrong with the part read so far.</summary>
    public readonly BodyDamage Damage => _base64.Damage | _quoted.Damage | _uuencode.Damage;

    /// <summary>Fills <paramref name="output"/> with the next bytes, not always to its end; 0 when there are no more.</summary>
    public int Read(scoped Span<byte> output)
    {
        int written = _encoding switch
        {
            "base64" => _base64.Read(_body, output),
            "quoted-printable" => _quoted.Read(_body, output),
            "x-uuencode" => _uuencode.Read(_body, output),
            _ => Copy(output),
        };
        if (written > 0 || (Damage & (BodyDamage.NotBase64 | BodyDamage.NoBeginning)) == 0 || !TransferDecoder.IsEncoded(_encoding))
            return written;
        _encoding = "8bit";
        return Copy(output);
    }

    /// <summary>Fills <paramref name="output"/> as far as there are bytes.</summary>
    public int ReadAll(scoped Span<byte> output)
    {
        int written = 0;
        int least = _encoding == "x-uuencode" ? LeastRoom : 1;
        while (output.Length - written >= least && Read(output[written..]) is > 0 and var more)
            written += more;
        return written;
    }

    private int Copy(scoped Span<byte> output)
    {
        int length = Math.Min(_body.Length - _at, output.Length);
        _body.Slice(_at, length).CopyTo(output);
        _at += length;
        return length;
    }
}
