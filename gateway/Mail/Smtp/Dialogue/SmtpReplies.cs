namespace MailInbox.Mail.Smtp.Dialogue;

/// <summary>What the server says in more than one place, or very often.</summary>
internal static class SmtpReplies
{
    public static readonly SmtpReply SenderOk = new(250, "2.1.0", "Ok");
    public static readonly SmtpReply RecipientOk = new(250, "2.1.5", "Ok");
    public static readonly SmtpReply Ok = new(250, "2.0.0", "Ok");
    public static readonly SmtpReply StartMail = new(354, "", "End data with <CR><LF>.<CR><LF>");
    public static readonly SmtpReply Bye = new(221, "2.0.0", "Bye");
    public static readonly SmtpReply Verify = new(252, "2.5.0", "Cannot verify, but will try to deliver");
    public static readonly SmtpReply NoExpand = new(502, "5.5.1", "Command not implemented");
    public static readonly SmtpReply Help = new(214, "2.0.0", "See RFC 5321");
    public static readonly SmtpReply LocalError = new(451, "4.3.0", "Local error, try again later");
    public static readonly SmtpReply ShuttingDown = new(421, "4.3.2", "Server is shutting down");
    public static readonly SmtpReply TooManyErrors = new(421, "4.7.0", "Too many errors, closing connection");
    public static readonly SmtpReply TooManyMessages = new(421, "4.7.0", "Too many messages on one connection");
    public static readonly SmtpReply TooManyRecipients = new(452, "4.5.3", "Too many recipients");
    public static readonly SmtpReply TooBig = new(552, "5.3.4", "Message is too big");
    public static readonly SmtpReply LineTooLong = new(500, "5.5.2", "Line too long");
    public static readonly SmtpReply OutOfStep = new(554, "5.5.0", "You talk out of turn");

    /// <summary>Puts a reply on the wire: each line with its code, no control characters, at most 512 bytes a line (RFC 5321 §4.5.3.1.5).</summary>
    public static void Write(this SmtpStream stream, SmtpReply reply)
    {
        ReadOnlySpan<char> rest = reply.Text;
        for (int count = 1; ; count++)
        {
            int end = count < MaxLines ? rest.IndexOf('\n') : -1;
            WriteLine(stream, reply, end < 0 ? rest : rest[..end], last: end < 0);
            if (end < 0)
                return;
            rest = rest[(end + 1)..];
        }
    }

    private const int MaxLine = 510;
    private const int MaxLines = 32;

    private static void WriteLine(SmtpStream stream, SmtpReply reply, ReadOnlySpan<char> text, bool last)
    {
        Span<byte> line = stream.Reserve(MaxLine + 2);
        line[0] = (byte)('0' + reply.Code / 100);
        line[1] = (byte)('0' + reply.Code / 10 % 10);
        line[2] = (byte)('0' + reply.Code % 10);
        line[3] = (byte)(last ? ' ' : '-');
        int at = Put(line, 4, reply.Status);
        if (reply.Status.Length > 0)
            line[at++] = (byte)' ';
        at = Put(line, at, text);
        line[at++] = (byte)'\r';
        line[at++] = (byte)'\n';
        stream.Advance(at);
    }

    private static int Put(Span<byte> line, int at, ReadOnlySpan<char> text)
    {
        foreach (char letter in text)
        {
            if (at >= MaxLine - 1)
                break;
            if (letter >= ' ' && letter != 127)
                line[at++] = letter < 127 ? (byte)letter : (byte)'?';
        }
        return at;
    }
}
