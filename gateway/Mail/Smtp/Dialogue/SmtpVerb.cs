namespace MailInbox.Mail.Smtp.Dialogue;

/// <summary>The commands of RFC 5321 §4.1.1, and the two kinds of noise.</summary>
internal enum SmtpVerb
{
    Unknown,

    /// <summary>Another protocol knocks at the wrong door: nobody there reads SMTP replies.</summary>
    Foreign,
    Helo,
    Ehlo,
    Mail,
    Rcpt,
    Data,
    Rset,
    Noop,
    Quit,
    Vrfy,
    Expn,
    Help,
}
