namespace MailInbox.Mail.Mime.Reports;

/// <summary>How mail systems begin to say that a mail did not arrive, by language.</summary>
internal static class NoticePhrases
{
    private static readonly string[] Failures =
    [
        "undeliver", "returned mail", "mail delivery", "message delivery", "delivery status", "delivery fail", "delivery report", "delivery notification", "delivery error",
        "delivery problem", "delivery delay",
        "failure notice", "failure delivery", "failure notification", "failed mail", "mail failed", "mail failure", "message failed", "not delivered", "could not be delivered",
        "couldn't be delivered", "could not send message",
        "could not deliver", "error sending your mail", "non delivery", "non-delivery", "nondelivery", "mail system error", "mail error", "returning message", "returned to sender",
        "return to sender", "bounced mail", "bounce message",
        "delayed mail", "mail delayed", "message delayed", "permanent delivery", "blocked by our bulk", "unknown user", "user unknown", "status notification",
        "unzustellbar", "nicht zugestellt", "zustellung", "zustellungs", "non remis", "échec de la remise", "non distribu", "échec de la distribution", "no se puede entregar",
        "no entregado", "entrega fallida", "error de entrega",
        "não entregue", "não foi possível entregar", "falha na entrega", "mancato recapito", "impossibile recapitare", "non recapitat", "onbestelbaar", "niet bezorgd",
        "kan inte levereras", "ej levererat", "kan ikke leveres",
        "ikke levert", "toimittamaton", "nie dostarczon", "niedostarczon", "nedoručen", "kézbesíthetetlen", "недостав", "не доставлен", "не может быть доставлен",
        "teslim edilemedi", "配信不能", "送信できません", "配信できません", "配送エラー", "退信", "无法送达", "未送达", "系统退信", "반송", "배달되지",
    ];

    private static readonly string[] Undelivered =
    [
        "could not be delivered", "couldn't be delivered", "could not be sent", "not be delivered", "was not delivered", "not delivered to", "has not been delivered",
        "has not yet been delivered", "cannot be delivered", "can't be delivered",
        "unable to deliver", "able to deliver your message", "error delivering", "trouble delivering", "problem delivering", "problem with its delivery", "failed to deliver",
        "failed permanently", "failed to send", "delivery to the following", "delevery to the following", "delivery has failed", "delivery failed",
        "delivery error", "permanent error", "permanent fatal error", "delivery problem", "delivery attempts", "has been delayed", "message is delayed", "is delayed for",
        "did not reach", "not reach the following", "could not be reached",
        "was rejected by", "were rejected", "was rejected", "automatically rejected", "rejected by a remote", "transcript of session", "transcript of the attempts",
        "returned to sender", "mail is being returned", "is being returned",
        "failure reasons", "failed addresses", "no valid recipients", "user unknown", "unknown user", "unable to find user", "invalid user", "mailbox is full", "mailbox exceeds",
        "not listed in", "not a member of", "unable to contact", "while attempting to deliver", "group you tried to contact",
        "message could not", "undeliverable", "gave up", "giving up", "returned permanent errors", "returned mail",
        "konnte nicht zugestellt", "nicht zugestellt werden", "unzustellbar", "n'a pas pu être", "n'a pu être remis", "échec de la remise", "no se pudo entregar",
        "no se ha podido entregar", "não pôde ser entregue", "não foi entregue",
        "impossibile recapitare", "non è stato possibile recapitare", "kon niet worden bezorgd", "kunde inte levereras", "kunne ikke leveres", "nie można dostarczyć",
        "nie mogła zostać dostarczona",
        "не может быть доставлен", "не доставлено", "не удалось доставить", "送信できません", "送信に失敗", "配信できません", "届けできません", "エラーのため", "无法送达", "退回", "배달할 수 없",
    ];

    private static readonly string[] Delays =
    [
        "warning message only", "warning only", "do not need to re", "don't need to re", "temporary failure report", "will be retried", "still being retried", "will keep trying",
        "will continue", "will try to send it again", "not yet been delivered",
        "has been delayed", "is delayed", "message delayed", "mail delayed", "delayed mail", "delivery delayed", "(delay)", "status notification: delayed",
        "could not send message for past", "no action is required on your part",
        "verzögert", "retardé", "retrasado", "atrasad", "задержан", "отложен", "遅延",
    ];

    private static readonly string[] Successes =
    [
        "successfully delivered", "delivered successfully", "successfully relayed", "notification (success)", "notification (relay)", "relayed to the following",
        "was successfully delivered", "erfolgreich zugestellt",
    ];

    private static readonly string[] Complaints =
    [
        "complaint about message", "email feedback report", "abuse report", "spam complaint", "feedback loop", "complaint report", "spam report", "fbl report",
    ];

    public static bool IsFailure(string subject) => Any(subject, Failures);

    public static bool IsUndelivered(string text) => Any(text, Undelivered);

    public static bool IsDelay(string text) => Any(text, Delays);

    public static bool IsSuccess(string text) => Any(text, Successes);

    /// <summary>Whether a subject begins with the words of a complaint; forwarded and answered ones do not.</summary>
    public static bool IsComplaint(string subject)
    {
        foreach (string phrase in Complaints)
        {
            if (subject.StartsWith(phrase, StringComparison.OrdinalIgnoreCase))
                return true;
        }
        return false;
    }

    private static bool Any(string text, string[] phrases)
    {
        foreach (string phrase in phrases)
        {
            if (text.Contains(phrase, StringComparison.OrdinalIgnoreCase))
                return true;
        }
        return false;
    }
}
