using MailInbox.Mail.Mime.Reports;

namespace MailInbox.Tests.Mime.Reports.Shapes;

/// <summary>What a server answered, and what it means for the address.</summary>
/// <param name="Text">The reply; <c>WHOM</c> stands for the recipient.</param>
/// <param name="Level">First digit of the status.</param>
/// <param name="Hard">Whether the address is bad for good: user or domain unknown, moved, or taking no mail.</param>
/// <param name="Reason">Why it did not arrive.</param>
internal sealed record ServerReply(string Text, char Level, bool Hard, ReportReason Reason)
{
    /// <summary>Whether its code speaks of the address. Without one an unknown user may be the answer of a filter, and both readings are right.</summary>
    public bool SaysAddress => Text.AsSpan(3, 4) is " 5.1" or "-5.1";

    public override string ToString() => Text;
}

/// <summary>Replies in the wordings of real servers.</summary>
internal static class ServerReplies
{
    public static IReadOnlyList<ServerReply> All { get; } =
    [
        .. Gone("550 5.1.1 <WHOM>: Recipient address rejected: User unknown in virtual mailbox table"),
        .. Gone("550 5.1.1 <WHOM>: Recipient address rejected: User unknown in local recipient table"),
        .. Gone("550 5.1.1 <WHOM>... User unknown"),
        .. Gone("550 No such user here"),
        .. Gone("550 No Such User Here\""),
        .. Gone("550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup"),
        .. Gone("550-5.1.1 The email account that you tried to reach does not exist. Please try 550-5.1.1 double-checking the recipient's email address for typos or 550 5.1.1 unnecessary spaces."),
        .. Gone("550 5.5.0 Requested action not taken: mailbox unavailable (S2017062302)."),
        .. Gone("550 Requested action not taken: mailbox unavailable"),
        .. Gone("554 delivery error: dd This user doesn't have a yahoo.com account (WHOM) [-5] - mta1.mail.example"),
        .. Gone("511 sorry, no mailbox here by that name (#5.1.1 - chkuser)"),
        .. Gone("553 5.3.0 <WHOM>... Addressee unknown"),
        .. Gone("550 unknown user"),
        .. Gone("550 Unknown recipient WHOM"),
        .. Gone("550 WHOM: invalid mailbox"),
        .. Gone("550 Invalid recipient"),
        .. Gone("550 5.1.1 Mailbox does not exist"),
        .. Gone("550 WHOM... No such user"),
        .. Gone("550 <WHOM> is not a known user"),
        .. Gone("550 5.1.1 <WHOM> does not have an account here"),
        .. Gone("550 Benutzer unbekannt"),
        .. Gone("550 5.1.1 Der Empf\u00E4nger ist unbekannt"),
        .. Gone("550 Utilisateur inconnu"),
        .. Gone("550 5.1.1 Adresse d au moins un destinataire invalide. Invalid recipient. OFR_416 [416]"),
        .. Gone("550 5.1.1 Destinatario desconocido"),
        .. Gone("550 Utente sconosciuto"),
        .. Gone("550 5.4.1 Recipient address rejected: Access denied. AS(201806281)"),
        .. Gone("550 #5.1.0 Address rejected."),
        .. Gone("550 5.1.6 recipient no longer on server"),
        .. Gone("551 User not local; please try <forward@example.net>"),
        .. Gone("550 5.1.1 WHOM: email address lookup in domain map failed"),
        .. Gone("550 Account not available"),
        .. Gone("550 non existent recipient"),
        .. Gone("550 5.1.1 unknown or illegal alias: WHOM"),
        .. Gone("550 5.1.1 This email address does not exist"),
        .. Gone("550-Verification failed for <WHOM> 550 no mailbox by that name is currently available"),
        .. Gone("554 5.1.1 Recipient address rejected: address not found"),
        .. Soft(ReportReason.MailboxFull, "552 5.2.2 Mailbox full", "552 5.2.2 <WHOM>: user is over quota", "452 4.2.2 Over quota", "452 4.2.2 The email account that you tried to reach is over quota.",
            "552-5.2.2 The recipient's inbox is out of storage space. 552 5.2.2 Please direct the recipient to support", "552 Quota exceeded (mailbox for user is full)", "552 5.2.2 Message would exceed quota for <WHOM>",
            "554 5.2.2 mailbox full; STOREDRV.Deliver.Exception:QuotaExceededException.MapiExceptionShutoffQuotaExceeded; Failed to process message", "550 WHOM has exceeded his/her disk space limit.", "552 Requested mail action aborted: exceeded storage allocation",
            "422 4.2.2 mailbox is temporarily full", "552 Mailbox limit exceeded for this email address", "552 5.7.0 Recipient's mailbox is full", "550 user quota exceeded", "450 4.2.2 <WHOM>: mailbox over limit", "550 Postfach ist voll", "552 Boite du destinataire pleine"),
        .. Soft(ReportReason.Disabled, "550 5.2.1 Mailbox disabled, not accepting messages", "550 This account is suspended", "554 This user account is inactive. [-20]", "554 30 Sorry, your message to WHOM cannot be delivered. This mailbox is disabled (554.30).",
            "550 5.2.1 The email account that you tried to reach is inactive.", "550 Account WHOM is locked", "550 5.7.1 Recipient account deactivated", "554 Account suspended", "550 mailbox is frozen", "550 5.2.1 user has been suspended"),
        .. Dead("550 5.1.2 Bad destination host 'DNS Hard Error looking up example.invalid (MX): NXDomain'"),
        .. Dead("556 5.1.10 Recipient domain does not accept mail (nullMX)"),
        .. Dead("550 5.4.4 Host not found: domain does not exist"),
        .. Dead("550 5.1.2 <WHOM>: Host unknown (Name server: example.invalid: host not found)"),
        .. Dead("550 Domain does not exist"),
        .. Soft(ReportReason.Policy, "550 5.7.1 Unable to relay", "554 5.7.1 <WHOM>: Relay access denied", "553 sorry, that domain isn't in my list of allowed rcpthosts (#5.7.1)", "550 relay not permitted", "550 5.7.54 SMTP; Unable to relay recipient in non-accepted domain", "550 relaying denied for WHOM",
            "554 5.7.1 Service unavailable; Client host [192.0.2.7] blocked using zen.spamhaus.org; https://www.spamhaus.org/query/ip/192.0.2.7", "550 5.7.1 Unfortunately, messages from [192.0.2.7] weren't sent. Please contact your Internet service provider since part of their network is on our block list (S3150).",
            "550-5.7.26 Unauthenticated email from ourco.example is not accepted due to 550-5.7.26 domain's DMARC policy.", "550 5.7.23 The message was rejected because of Sender Policy Framework violation", "550-5.7.25 [192.0.2.7] The IP address sending this message does not have a PTR record setup",
            "450 4.7.25 Client host rejected: cannot find your hostname, [192.0.2.7]", "550 5.7.1 SPF check failed: 192.0.2.7 is not allowed to send mail from ourco.example", "554 Reverse DNS lookup of 192.0.2.7 failed", "550 5.1.8 <help@ourco.example>: Sender address rejected: Domain not found",
            "553 5.1.8 <help@ourco.example>... Domain of sender address help@ourco.example does not exist", "550 Sender verify failed", "550 5.7.511 Access denied, banned sender [192.0.2.7]", "550 5.7.1 Your message was rejected by policy", "554 5.7.1 Access denied", "552 5.7.0 This message was blocked because its content presents a potential security issue.",
            "554 5.7.1 Message rejected: virus found (Eicar-Test-Signature)", "550 This message contains a virus", "550 5.7.1 Message contains a forbidden attachment", "421 4.7.0 [192.0.2.7] Too many connections from your IP", "550 5.7.9 This mail has been blocked because the sender is unauthenticated",
            "550 5.7.509 Access denied, sending domain ourco.example does not pass DMARC verification and has a DMARC policy of reject.", "554 5.7.1 <help@ourco.example>: Sender address rejected: Not allowed to send to this recipient", "550 5.7.1 RESOLVER.RST.AuthRequired; authentication required", "530 5.7.0 Authentication required", "451 4.7.1 <WHOM>: Recipient address rejected: Rate limit exceeded"),
        .. Soft(ReportReason.Spam, "550 5.7.1 Message rejected as spam by Content Filtering.", "554 5.7.1 Spam message rejected", "550 High probability of spam", "550-5.7.1 Our system has detected that this message is likely 550-5.7.1 unsolicited mail.", "554 5.7.1 [P4] Message blocked due to spam content in the message.", "550 This message was classified as SPAM and may not be delivered"),
        .. Soft(ReportReason.TooBig, "552 5.3.4 Message size exceeds fixed maximum message size", "552 5.3.4 Message too big for system", "552 message size exceeds maximum permitted", "550 5.2.3 RESOLVER.RST.RecipSizeLimit; message too large for this recipient", "523 5.2.3 the message length exceeds administrative limit", "554 5.3.4 Your message exceeded Google's message size limits"),
        .. Soft(ReportReason.Network, "421 4.4.2 Connection timed out", "451 4.4.1 Connection refused", "554 5.4.6 Too many hops 26 (25 max)", "554 5.4.14 Hop count exceeded - possible mail loop", "451 4.4.0 DNS query failed", "554 5.4.6 Mail loop detected"),
        .. Soft(ReportReason.Other, "451 4.3.0 Temporary local problem - please try later", "452 4.3.1 Insufficient system storage", "451 4.3.5 Server configuration problem"),
    ];

    private static IEnumerable<ServerReply> Gone(string text) => [new(text, text[0], true, ReportReason.UnknownUser)];

    private static IEnumerable<ServerReply> Dead(string text) => [new(text, text[0], true, ReportReason.Domain)];

    private static IEnumerable<ServerReply> Soft(ReportReason reason, params string[] texts) => texts.Select(t => new ServerReply(t, t[0], false, reason));
}
