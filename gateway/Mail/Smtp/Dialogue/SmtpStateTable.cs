namespace MailInbox.Mail.Smtp.Dialogue;

/// <summary>How far a session has come (RFC 5321 §4.1.4).</summary>
internal enum SmtpState
{
    Connected,
    Greeted,
    Sender,
    Recipients,
}

/// <summary>Which command may come in which state; those not listed may always come.</summary>
internal static class SmtpStateTable
{
    /// <summary>Null: the command may come now.</summary>
    public static SmtpReply? Refusal(SmtpState state, SmtpVerb verb) => (verb, state) switch
    {
        (SmtpVerb.Mail or SmtpVerb.Rcpt or SmtpVerb.Data, SmtpState.Connected) => _greetFirst,
        (SmtpVerb.Mail, SmtpState.Sender or SmtpState.Recipients) => _nestedMail,
        (SmtpVerb.Rcpt or SmtpVerb.Data, SmtpState.Greeted) => _mailFirst,
        (SmtpVerb.Data, SmtpState.Sender) => _noRecipients,
        _ => null,
    };

    private static readonly SmtpReply _greetFirst = new(503, "5.5.1", "Say EHLO first");
    private static readonly SmtpReply _nestedMail = new(503, "5.5.1", "A message is already under way");
    private static readonly SmtpReply _mailFirst = new(503, "5.5.1", "Say MAIL first");
    private static readonly SmtpReply _noRecipients = new(554, "5.5.1", "No valid recipients");
}
