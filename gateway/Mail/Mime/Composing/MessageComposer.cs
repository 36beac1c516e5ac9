using System.Globalization;
using System.Security.Cryptography;
using MailInbox.Mail.Mime.Html;

namespace MailInbox.Mail.Mime.Composing;

/// <summary>
/// Writes mail (RFC 5322, 2045–2047, 2231, 2183, 2387): CRLF line ends, headers in ASCII, nothing that needs 8BITMIME but an attached
/// message which has it itself.
/// </summary>
public static class MessageComposer
{
    /// <summary>References kept besides the first: the newest.</summary>
    public const int MaxReferences = 20;

    /// <summary>The mail's bytes.</summary>
    /// <exception cref="ArgumentException">A field that would break out of its header, or an address no server takes; <c>ParamName</c> is the field.</exception>
    public static byte[] Compose(MailDraft draft)
    {
        MessageComposerChecks.Check(draft);
        var output = new MemoryStream();
        var headers = new MessageComposerHeaders();
        WriteFields(headers, draft);
        Body(draft).Write(output, headers, draft.Boundary ?? RandomBoundary);
        return output.ToArray();
    }

    /// <summary>References of an answer: the parent's and the parent, the first and the last <see cref="MaxReferences"/> of them (RFC 5322 §3.6.4).</summary>
    public static IReadOnlyList<string> ReferencesFor(IReadOnlyList<string> parentReferences, string parentId)
    {
        var ids = parentReferences.Where(id => id.Length > 0 && id != parentId).Distinct().ToList();
        if (parentId.Length > 0) ids.Add(parentId);
        return Capped(ids);
    }

    private static List<string> Capped(List<string> ids) =>
        ids.Count <= MaxReferences + 1 ? ids : [ids[0], .. ids.Skip(ids.Count - MaxReferences)];

    private static void WriteFields(MessageComposerHeaders headers, MailDraft draft)
    {
        headers.Words("Date", draft.Date.ToString("ddd, dd MMM yyyy HH:mm:ss ", CultureInfo.InvariantCulture)
            + draft.Date.ToString("zzz", CultureInfo.InvariantCulture).Replace(":", "", StringComparison.Ordinal));
        headers.Addresses("From", [draft.From]);
        if (draft.To.Count == 0 && draft.Cc.Count == 0) headers.Words("To", "undisclosed-recipients:;");
        headers.Addresses("To", draft.To);
        headers.Addresses("Cc", draft.Cc);
        headers.Addresses("Reply-To", draft.ReplyTo);
        headers.Text("Subject", draft.Subject);
        headers.Ids("Message-ID", [draft.MessageId]);
        headers.Ids("In-Reply-To", Capped(Writable(draft.InReplyTo)));
        headers.Ids("References", Capped(Writable(draft.References)));
        if (draft.AutoSubmitted is { Length: > 0 } automatic) headers.Words("Auto-Submitted", automatic);
        headers.Words("MIME-Version", "1.0");
    }

    /// <summary>Other people's ids come as they are: one that cannot be written must not stop the answer.</summary>
    private static List<string> Writable(IReadOnlyList<string> ids) => [.. ids.Where(MessageComposerChecks.IsWritableId)];

    private static MessageComposerPart Body(MailDraft draft)
    {
        string text = draft.Text.Length == 0 && draft.Html is not null ? HtmlText.Of(draft.Html) : draft.Text;
        MessageComposerPart body = MessageComposerPart.OfText("plain", text);
        if (draft.Html is not null) body = MessageComposerPart.Multipart("alternative", [body, MessageComposerPart.OfText("html", draft.Html)]);
        IEnumerable<MailFile> attachments = draft.Attachments;
        if (draft.Html is null) attachments = draft.Inline.Concat(attachments);
        else if (draft.Inline.Count > 0) body = MessageComposerPart.Multipart("related", [body, .. draft.Inline.Select(file => MessageComposerPart.OfFile(file, "inline"))]);
        MessageComposerPart[] files = [.. attachments.Select(file => MessageComposerPart.OfFile(file, "attachment"))];
        return files.Length == 0 ? body : MessageComposerPart.Multipart("mixed", [body, .. files]);
    }

    /// <summary>"=_" never stands in quoted-printable or base64 (RFC 2045 §6.7).</summary>
    private static string RandomBoundary() => "=_" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
}
