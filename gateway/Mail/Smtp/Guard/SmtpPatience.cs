using MailInbox.Mail.Smtp.Dialogue;

namespace MailInbox.Mail.Smtp.Guard;

/// <summary>Counts what a client does wrong and says when it is slowed down and when it has to go.</summary>
internal sealed class SmtpPatience(SmtpLimits limits)
{
    public bool Exhausted => _errors >= limits.HardErrors || _unknown >= limits.LastUnknown;

    /// <summary>Takes note of an answer; true when it should be given late.</summary>
    public bool Slows(SmtpVerb verb, SmtpReply reply)
    {
        if (!reply.Permanent)
            return Junk(verb) && ++_errors > limits.SoftErrors;
        _errors++;
        if (verb == SmtpVerb.Rcpt)
            _unknown++;
        return _errors > limits.SoftErrors || (verb == SmtpVerb.Rcpt && _unknown >= limits.SlowUnknown);
    }

    /// <summary>A message was taken: RSET and NOOP around it were no waste of time.</summary>
    public void MessageTaken() => _junk = 0;

    private int _errors, _unknown, _junk;

    private bool Junk(SmtpVerb verb) =>
        verb is not (SmtpVerb.Mail or SmtpVerb.Rcpt or SmtpVerb.Data or SmtpVerb.Quit) && ++_junk > limits.Junk;
}
