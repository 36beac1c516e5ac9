namespace MailInbox.Mail.Mime.Reports;

/// <summary>What a machine reports about a mail.</summary>
public enum ReportKind
{
    /// <summary>Delivered, delayed or returned (RFC 3464, and the free-form notices of mail systems).</summary>
    Delivery,

    /// <summary>Read, deleted, processed by whom it was for (RFC 8098).</summary>
    Disposition,

    /// <summary>A complaint of a recipient, or of the recipient's mail system (RFC 5965).</summary>
    Feedback,
}

/// <summary>Why a mail did not arrive, in the words of people.</summary>
public enum ReportReason
{
    UnknownUser,
    MailboxFull,

    /// <summary>The mailbox is there, but closed for now or for ever.</summary>
    Disabled,

    /// <summary>The domain does not exist or takes no mail.</summary>
    Domain,
    Spam,

    /// <summary>The sender, its host or its mail are not welcome: relaying, block lists, authentication, content.</summary>
    Policy,
    TooBig,

    /// <summary>The host could not be reached in time.</summary>
    Network,
    Other,
}

/// <summary>What a report says of one recipient.</summary>
/// <param name="Address">The final recipient, the original one where that is no address; empty when the report hides it.</param>
/// <param name="Action">
/// Of a delivery <c>failed</c>, <c>delayed</c>, <c>delivered</c>, <c>relayed</c> or <c>expanded</c>; of a receipt its disposition
/// (<c>displayed</c>, <c>deleted</c>, …); of a complaint its type (<c>abuse</c>, …).
/// </param>
/// <param name="Status">Enhanced status code (RFC 3463); empty for receipts and complaints.</param>
/// <param name="Diagnostic">The words of the mail system on one line, at most 500 characters; empty when it has none.</param>
/// <param name="Hard">Whether the address is bad for good.</param>
/// <param name="Reason">Why it did not arrive.</param>
public sealed record ReportedRecipient(string Address, string Action, string Status, string Diagnostic, bool Hard, ReportReason Reason);

/// <summary>A mail in which a machine reports what became of another mail.</summary>
/// <param name="Kind">What it reports.</param>
/// <param name="Recipients">In the order of the report, each address once, at most 200.</param>
/// <param name="OriginalMessageId">Message-ID of the mail it speaks of, without brackets; empty when it does not say.</param>
public sealed record MailReport(ReportKind Kind, IReadOnlyList<ReportedRecipient> Recipients, string OriginalMessageId)
{
    /// <summary>Recipients kept of one report.</summary>
    internal const int MostRecipients = 200;

    /// <summary>Characters kept of the words about one recipient.</summary>
    internal const int MostWords = 500;

    /// <summary>The report in a mail, or null when it is none. Ordinary mail is dismissed by a few fields of its header.</summary>
    /// <param name="mail">The mail.</param>
    /// <param name="envelopeFrom">The reverse path, empty for <c>&lt;&gt;</c>; where it is not known, Return-Path is believed.</param>
    public static MailReport? Read(MimeMessage mail, string? envelopeFrom = null)
    {
        var signs = ReportSigns.Of(mail, envelopeFrom);
        if (!signs.Any)
            return null;
        var parts = ReportParts.Of(mail);
        return RecipientNotice.Receipt(mail, parts)
            ?? RecipientNotice.Complaint(mail, parts)
            ?? (signs.FromList ? null : SubscriptionNotice.Read(parts) ?? DeliveryNotice.Read(mail, parts, signs));
    }
}
