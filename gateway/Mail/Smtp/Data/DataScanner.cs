namespace MailInbox.Mail.Smtp.Data;

/// <summary>
/// Finds the end of one message and takes the stuffed dots out, in place and in whatever pieces it comes
/// (RFC 5321 §4.5.2). Only CRLF.CRLF ends; a lone CR or LF never does, and is remembered.
/// </summary>
internal sealed class DataScanner(SmtpServerOptions options)
{
    /// <summary>Bytes of the message so far.</summary>
    public long Size { get; private set; }

    /// <summary>What is wrong with the message, as far as seen; null when nothing is.</summary>
    public SmtpReply? Refusal =>
        _bareCr || _bareLfAtDot || (_bareLf && options.RejectBareLf) ? _bareLineEnd
        : Size > options.Limits.Message ? Dialogue.SmtpReplies.TooBig
        : _longLine ? _dataLine
        : _longHeader ? _headerBlock
        : _trace.Hops > options.Limits.Hops || _trace.OwnHops > options.Limits.OwnHops ? _loop
        : null;

    /// <summary>
    /// Reads <c>buffer[read..end]</c> and moves what belongs to the message to <c>buffer[write..]</c>. At most two
    /// bytes stay unread while more are needed to judge them. True: the end was seen, <paramref name="read"/> stands behind it.
    /// </summary>
    public bool Scan(Span<byte> buffer, ref int read, ref int write, int end)
    {
        while (read < end)
        {
            ReadOnlySpan<byte> rest = buffer[read..end];
            if (_at != Start.Inside && rest[0] == '.')
                switch (JudgeDot(rest))
                {
                    case Dot.Unclear:
                        return false;
                    case Dot.End:
                        read += 3;
                        return true;
                    case Dot.Stuffed:
                        read++;
                        rest = rest[1..];
                        break;
                }
            _at = Start.Inside;
            int stop = rest.IndexOfAny((byte)'\r', (byte)'\n');
            int text = stop < 0 ? rest.Length : stop;
            int length = text + LineEnd(rest[text..]);
            bool unclear = length == text && text < rest.Length;
            Note(rest[..text]);
            Keep(buffer, length, ref read, ref write);
            if (_at != Start.Inside)
                EndLine();
            if (unclear)
                return false;
        }
        return false;
    }

    private enum Start
    {
        Inside,
        AfterCrLf,
        AfterLf,
    }

    private enum Dot
    {
        Plain,
        Stuffed,
        End,
        Unclear,
    }

    private static readonly SmtpReply _bareLineEnd = new(550, "5.6.11", "Message contains a bare CR or LF");
    private static readonly SmtpReply _dataLine = new(554, "5.6.0", "Message contains a line that is too long");
    private static readonly SmtpReply _headerBlock = new(552, "5.3.4", "Message header is too big");
    private static readonly SmtpReply _loop = new(554, "5.4.6", "Mail loop: too many hops");

    private readonly TraceCount _trace = new(options.HostName);
    private Start _at = Start.AfterCrLf;
    private bool _inHeader = true;
    private bool _bareCr, _bareLf, _bareLfAtDot, _longLine, _longHeader;
    private long _line;

    private Dot JudgeDot(ReadOnlySpan<byte> rest)
    {
        if (rest.Length < 2)
            return Dot.Unclear;
        if (_at == Start.AfterLf)
        {
            _bareLfAtDot |= rest[1] is (byte)'\r' or (byte)'\n';
            return Dot.Plain;
        }
        _bareLfAtDot |= rest[1] == '\n';
        if (rest[1] != '\r')
            return Dot.Stuffed;
        return rest.Length < 3 ? Dot.Unclear : rest[2] == '\n' ? Dot.End : Dot.Stuffed;
    }

    /// <summary>Bytes of the line end that <paramref name="rest"/> begins with; 0 when there is none or a CR waits for its LF.</summary>
    private int LineEnd(ReadOnlySpan<byte> rest)
    {
        if (rest.IsEmpty || (rest[0] == '\r' && rest.Length == 1))
            return 0;
        if (rest[0] == '\n')
        {
            _bareLf = true;
            _at = Start.AfterLf;
            return 1;
        }
        if (rest[1] == '\n')
        {
            _at = Start.AfterCrLf;
            return 2;
        }
        _bareCr = true;
        return 1;
    }

    private void Note(ReadOnlySpan<byte> text)
    {
        _line += text.Length;
        _longLine |= _line > options.Limits.DataLine;
        if (_inHeader)
            _trace.Take(text);
    }

    private void Keep(Span<byte> buffer, int length, ref int read, ref int write)
    {
        if (read != write)
            buffer.Slice(read, length).CopyTo(buffer[write..]);
        read += length;
        write += length;
        Size += length;
        _longHeader |= _inHeader && Size > options.Limits.HeaderBlock;
    }

    private void EndLine()
    {
        if (_inHeader)
            _trace.EndLine();
        _inHeader &= _line > 0;
        _line = 0;
    }
}
