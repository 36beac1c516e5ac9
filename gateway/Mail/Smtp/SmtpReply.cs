namespace MailInbox.Mail.Smtp;

/// <summary>One reply: code, enhanced status code (RFC 3463) and words.</summary>
/// <param name="Code">Three digits, 200 to 599.</param>
/// <param name="Status">Enhanced status such as <c>5.1.1</c>; empty where RFC 2034 asks for none.</param>
/// <param name="Text">Words without control characters but <c>\n</c> between the lines of a multiline reply.</param>
public sealed record SmtpReply(int Code, string Status, string Text)
{
    public bool Accepted => Code is >= 200 and < 300;

    public bool Permanent => Code >= 500;

    public override string ToString() => Status.Length == 0 ? $"{Code} {Text}" : $"{Code} {Status} {Text}";
}
