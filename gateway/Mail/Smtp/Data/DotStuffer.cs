namespace MailInbox.Mail.Smtp.Data;

/// <summary>Writes a message as DATA wants it: dots stuffed, every line end CRLF, the final dot last (RFC 5321 §4.5.2).</summary>
internal sealed class DotStuffer
{
    /// <summary>Bytes written before the caller should flush.</summary>
    public const int Block = 32 << 10;

    /// <summary>Writes about a block of <paramref name="text"/>; returns how many bytes of it are done.</summary>
    public int Write(ReadOnlySpan<byte> text, SmtpStream stream)
    {
        int at = 0;
        while (at < text.Length && stream.Pending < Block)
            at += WriteLine(text[at..], stream);
        return at;
    }

    public void End(SmtpStream stream) => stream.Write(_lineStart ? ".\r\n"u8 : "\r\n.\r\n"u8);

    private bool _lineStart = true;

    private int WriteLine(ReadOnlySpan<byte> rest, SmtpStream stream)
    {
        if (_lineStart && rest[0] == '.')
            stream.Write("."u8);
        ReadOnlySpan<byte> window = rest[..Math.Min(rest.Length, Block)];
        int stop = window.IndexOfAny((byte)'\r', (byte)'\n');
        stream.Write(stop < 0 ? window : window[..stop]);
        _lineStart = stop >= 0;
        if (stop < 0)
            return window.Length;
        stream.Write("\r\n"u8);
        return stop + (rest[stop..].StartsWith("\r\n"u8) ? 2 : 1);
    }
}
