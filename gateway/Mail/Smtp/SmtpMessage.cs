namespace MailInbox.Mail.Smtp;

/// <summary>One message to hand to a server.</summary>
/// <param name="From">The reverse path as <c>local@domain</c>; empty for the null path.</param>
/// <param name="To">The recipients, at least one.</param>
/// <param name="Bytes">The message; line ends other than CRLF become CRLF on the wire.</param>
public sealed record SmtpMessage(string From, IReadOnlyList<string> To, ReadOnlyMemory<byte> Bytes)
{
    /// <summary>Makes ASCII of the message for a server that does not offer 8BITMIME (RFC 6152 §3); null, or what it makes is not ASCII: such a server is not sent any 8-bit byte.</summary>
    public Func<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>>? SevenBit { get; init; }
}

/// <summary>What became of one recipient.</summary>
/// <param name="Address">As given in <see cref="SmtpMessage.To"/>.</param>
/// <param name="Reply">The server's answer that decided: to MAIL, to this RCPT, to DATA, or to the final dot.</param>
public sealed record RecipientResult(string Address, SmtpReply Reply);

/// <summary>What became of a message.</summary>
/// <param name="Recipients">One result for each recipient, in the order of <see cref="SmtpMessage.To"/>.</param>
/// <param name="Uncertain">The connection failed between the final dot and its answer: the recipients whose reply is 451 4.4.2 may or may not get the message.</param>
public sealed record SmtpSendResult(IReadOnlyList<RecipientResult> Recipients, bool Uncertain);
