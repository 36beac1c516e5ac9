namespace MailInbox.Mail.Mime.Reports;

/// <summary>Reads what became of a mail: by fields (RFC 3464) where there are any, else from the words for people.</summary>
internal static class DeliveryNotice
{
    /// <summary>Recipients for whom the words for people are searched; the report says the same of the others.</summary>
    private const int MostSearched = 50;

    public static MailReport? Read(MimeMessage mail, ReportParts parts, ReportSigns signs)
    {
        bool labelled = signs.Structured && (mail.Root.Type.Subtype is "report" or "delivery-status" or "global-delivery-status" || (signs.Subject && !IsAnswer(mail.Subject)));
        if (!signs.BySystem && !labelled)
            return null;
        var text = NoticeText.Of(parts.Text);
        var original = parts.Original ?? text.QuotedMail();
        var groups = Groups(parts);
        if (groups.Count == 0 && !IsNotice(mail, parts, signs, text))
            return null;
        var recipients = groups.Any(g => AddressOf(g).Length > 0) ? ByFields(mail, groups, text, original) : ByWords(mail, groups, text, original);
        if (recipients.Count == 0)
            return null;
        string id = groups.Select(g => g.MessageId).FirstOrDefault(i => i.Length > 0, "");
        return new MailReport(ReportKind.Delivery, recipients, ReportParts.OriginalId(original, id, mail));
    }

    /// <summary><c>Re:</c>, <c>Fwd:</c>, <c>AW:</c>: a person writes about a report.</summary>
    private static bool IsAnswer(string subject)
    {
        int colon = subject.IndexOf(':', StringComparison.Ordinal);
        return colon is > 0 and <= 5 && subject.AsSpan(0, colon).TrimEnd().IndexOfAny(" .") < 0;
    }

    private static List<StatusFields> Groups(ReportParts parts)
    {
        var groups = new List<StatusFields>();
        var texts = parts.Status.Count > 0 || !StatusFields.Has(parts.Text) ? parts.Status : [parts.Text];
        foreach (string status in texts)
            groups.AddRange(StatusFields.Read(status));
        return groups;
    }

    /// <summary>Whether a mail without fields says what a notice says, and comes from who may say it.</summary>
    private static bool IsNotice(MimeMessage mail, ReportParts parts, ReportSigns signs, NoticeText text)
    {
        if (signs.Failed || (signs.Structured && signs.Subject))
            return true;
        bool says = text.Lines.Any(NoticePhrases.IsUndelivered);
        if (signs.Daemon)
            return says || signs.Subject;
        bool code = text.Lines.Any(l => StatusCode.Reply(l).Length > 0);
        bool answer = Headers.AutoSubmitted.Keyword(mail.Headers) == "auto-replied";
        bool returns = parts.Original != null || text.Quoted.Length > 0;
        if (signs.Postmaster)
            return signs.Subject ? says || code || returns || signs.NullPath : says && (code || returns || signs.NullPath);
        if (signs.Returning)
            return says;
        return answer ? says && (code || signs.Subject) : says || (signs.Subject && code);
    }

    private static List<ReportedRecipient> ByFields(MimeMessage mail, List<StatusFields> groups, NoticeText text, MimeMessage? original)
    {
        var words = NoticeRecipients.Of(text, Senders(mail, original));
        bool delayed = IsDelayed(mail, text);
        var recipients = new List<ReportedRecipient>();
        var known = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var failed = FailedRecipients(mail);
        foreach (var group in groups)
        {
            string address = AddressOf(group);
            if (failed.Count == 1 && address.Length > 0 && !NoticeWords.IsAddress(address))
                address = failed[0];
            if (address.Length == 0 || !known.Add(address) || recipients.Count == MailReport.MostRecipients)
                continue;
            string diagnostic = NoticeWords.BehindType(group.Diagnostic);
            var further = recipients.Count < MostSearched ? Further(words, address, groups.Count == 1) : [];
            recipients.Add(DeliveryVerdict.Judge(address, new(group.Action, group.Status, diagnostic, further, groups.Count == 1 ? words.Whole() : "", delayed)));
        }
        return recipients;
    }

    private static List<ReportedRecipient> ByWords(MimeMessage mail, List<StatusFields> groups, NoticeText text, MimeMessage? original)
    {
        var senders = Senders(mail, original);
        var words = NoticeRecipients.Of(text, senders);
        var addresses = AddressList(mail, words, original, senders);
        bool delayed = IsDelayed(mail, text);
        string status = groups.Count == 1 ? groups[0].Status : "";
        var recipients = new List<ReportedRecipient>();
        foreach (string address in addresses)
        {
            var further = recipients.Count < MostSearched ? Further(words, address, addresses.Count == 1) : [];
            string block = further.Count > 0 ? further[0] : "";
            string general = addresses.Count == 1 ? $"{words.Whole()} {mail.Subject}" : mail.Subject;
            recipients.Add(DeliveryVerdict.Judge(address, new(IsRelayed(mail) ? "delivered" : "", status, block, further, general, delayed)));
        }
        return recipients;
    }

    private static List<string> AddressList(MimeMessage mail, NoticeRecipients words, MimeMessage? original, List<string> senders)
    {
        var addresses = FailedRecipients(mail);
        if (addresses.Count > 0)
            return addresses;
        if (words.Addresses.Count > 0)
            return [.. words.Addresses];
        if (original == null)
            return [];
        var to = original.To.Concat(original.Cc).Select(a => a.Address).Where(NoticeWords.IsAddress).Distinct(StringComparer.OrdinalIgnoreCase).Take(MailReport.MostRecipients).ToList();
        return to.Except(senders, StringComparer.OrdinalIgnoreCase).Any() ? [.. to.Except(senders, StringComparer.OrdinalIgnoreCase)] : to;
    }

    private static List<string> FailedRecipients(MimeMessage mail) =>
    [
        .. mail.Headers.Text("X-Failed-Recipients").Split([',', ' ', '\t'], StringSplitOptions.RemoveEmptyEntries)
            .Select(NoticeWords.Address).Where(NoticeWords.IsAddress).Distinct(StringComparer.OrdinalIgnoreCase).Take(MailReport.MostRecipients),
    ];

    /// <summary>The words about an address, the nearest first.</summary>
    private static List<string> Further(NoticeRecipients words, string address, bool alone)
    {
        string answer = alone ? words.Answer() : "";
        List<string> further = [words.Block(address), words.Mentions(address), answer.Length > 0 ? answer : words.Tail()];
        further.RemoveAll(f => f.Length == 0);
        return further;
    }

    private static string AddressOf(StatusFields group)
    {
        string final = NoticeWords.Address(group.Final);
        if (NoticeWords.IsAddress(final))
            return final;
        string original = NoticeWords.Address(group.Original);
        string actual = NoticeWords.Address(group.Actual);
        return NoticeWords.IsAddress(original) ? original : NoticeWords.IsAddress(actual) ? actual : final.Length > 0 ? final : original;
    }

    /// <summary>Who reports, and who wrote the mail reported about.</summary>
    private static List<string> Senders(MimeMessage mail, MimeMessage? original)
    {
        var senders = mail.From.Concat(mail.To).Select(a => a.Address).ToList();
        if (original != null)
            senders.AddRange(original.From.Select(a => a.Address));
        return senders;
    }

    private static bool IsDelayed(MimeMessage mail, NoticeText text) =>
        NoticePhrases.IsDelay(mail.Subject) || text.Lines.Take(100).Any(NoticePhrases.IsDelay);

    private static bool IsRelayed(MimeMessage mail) => NoticePhrases.IsSuccess(mail.Subject);
}
