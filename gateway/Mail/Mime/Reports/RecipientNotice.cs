using System.Text;

namespace MailInbox.Mail.Mime.Reports;

/// <summary>
/// Reads what those say whom a mail was for: receipts (RFC 8098 §3), and complaints by fields (RFC 5965, RFC 6591) or as a mail about a mail
/// from a feedback loop.
/// </summary>
internal static class RecipientNotice
{
    /// <summary>Local parts that providers send complaints from.</summary>
    private static readonly string[] Desks = ["staff", "abuse", "abusedesk", "feedback", "feedbackloop", "fbl", "scomp", "complaint", "complaints", "noreply", "no-reply", "postmaster"];

    public static MailReport? Receipt(MimeMessage mail, ReportParts parts)
    {
        if (parts.Disposition.Length == 0)
            return null;
        var fields = MimeParser.Parse(Encoding.UTF8.GetBytes(parts.Disposition.TrimStart() + "\n\n")).Headers;
        string final = NoticeWords.Address(fields.Text("Final-Recipient"));
        string address = NoticeWords.IsAddress(final) ? final : NoticeWords.Address(fields.Text("Original-Recipient"));
        if (address.Length == 0 && mail.From.Count > 0)
            address = mail.From[0].Address;
        string words = NoticeWords.Line(fields.Text("Disposition"));
        var recipient = new ReportedRecipient(address, DispositionType(words), "", words, false, ReportReason.Other);
        return new MailReport(ReportKind.Disposition, [recipient], ReportParts.OriginalId(parts.Original, fields.Text("Original-Message-ID"), mail));
    }

    public static MailReport? Complaint(MimeMessage mail, ReportParts parts) =>
        parts.Feedback.Length > 0 ? ByFields(mail, parts) : IsFreeForm(mail, parts) ? Report(mail, parts, "abuse", [parts.Original!.Headers.Text("X-HmXmrOriginalRecipient")]) : null;

    /// <summary>The type of <c>manual-action/MDN-sent-manually; displayed/error</c>.</summary>
    private static string DispositionType(string disposition)
    {
        string type = disposition[(disposition.IndexOf(';', StringComparison.Ordinal) + 1)..];
        int slash = type.IndexOf('/', StringComparison.Ordinal);
        return (slash < 0 ? type : type[..slash]).Trim().ToLowerInvariant();
    }

    private static MailReport ByFields(MimeMessage mail, ReportParts parts)
    {
        var fields = Fields(parts.Feedback);
        string type = fields.Text("Feedback-Type").Trim().ToLowerInvariant();
        List<string> addresses = [.. fields.Texts("Original-Rcpt-To").Take(MailReport.MostRecipients), .. fields.Texts("Removal-Recipient").Take(1)];
        return Report(mail, parts, type.Length == 0 ? "other" : type, addresses);
    }

    /// <summary>Some put a header of a part before the fields, and an empty line.</summary>
    private static HeaderFields Fields(string text)
    {
        text = text.TrimStart();
        int at = text.IndexOf("Feedback-Type:", StringComparison.OrdinalIgnoreCase);
        int gap = at < 0 ? -1 : text.AsSpan(0, at).LastIndexOf("\n\n");
        return MimeParser.Parse(Encoding.UTF8.GetBytes((gap < 0 ? text : text[(gap + 2)..]) + "\n\n")).Headers;
    }

    private static bool IsFreeForm(MimeMessage mail, ReportParts parts)
    {
        if (parts.Original == null || mail.From.Count == 0 || !NoticePhrases.IsComplaint(mail.Subject))
            return false;
        string address = mail.From[0].Address;
        int at = address.IndexOf('@', StringComparison.Ordinal);
        return at > 0 && Desks.Contains(address[..at].ToLowerInvariant());
    }

    private static MailReport Report(MimeMessage mail, ReportParts parts, string type, List<string> named)
    {
        List<string> addresses = [.. named.Select(NoticeWords.Address).Where(NoticeWords.IsAddress).Distinct(StringComparer.OrdinalIgnoreCase)];
        if (addresses.Count == 0 && parts.Original is { To.Count: > 0 } original && NoticeWords.IsAddress(original.To[0].Address))
            addresses.Add(original.To[0].Address);
        if (addresses.Count == 0)
            addresses.Add("");
        var reason = type is "abuse" or "fraud" or "complaint" ? ReportReason.Spam : type is "auth-failure" or "virus" ? ReportReason.Policy : ReportReason.Other;
        var recipients = addresses.Select(a => new ReportedRecipient(a, NoticeWords.Line(type), "", NoticeWords.Line(mail.Subject), false, reason));
        return new MailReport(ReportKind.Feedback, [.. recipients], ReportParts.OriginalId(parts.Original, "", mail));
    }
}
