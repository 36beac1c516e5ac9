using System.Text;
using MailInbox.Mail.Mime;
using MailInbox.Mail.Mime.Composing;
using MailInbox.Mail.Mime.Headers;
using MailInbox.Mail.Mime.Html;
using MailInbox.Mail.Mime.Reading;
using MailInbox.Mail.Mime.Reports;

namespace MailInbox.Tests.Mime;

/// <summary>Reads everything there is to read of a mail that is not to be trusted, and checks what must hold for every mail.</summary>
internal static class FuzzReading
{
    /// <summary>Building trees from HTML takes a hundred times as long as all the rest: done for one mail in so many.</summary>
    private const int SanitizedShare = 16;

    private const int ComposedShare = 4;
    private const int MaxSanitized = 50_000;
    private const int MaxFound = 50;
    private const int MaxReported = 200;

    /// <summary>Throws what a reader throws, or an assertion that does not hold. <paramref name="number"/> chooses what is done only for a share.</summary>
    public static FuzzCounts Read(byte[] mail, int number)
    {
        byte[] before = [.. mail];
        MimeMessage message = MimeParser.Parse(mail);
        Mails.CheckOffsets(message);
        Mails.Exhaust(message);
        Structure(message, mail.Length);
        int texts = Texts(message);
        Machines(message);
        int sanitized = number % SanitizedShare == 0 ? Html(message) : 0;
        if (number % ComposedShare == 1) Fields(message);
        bool composes = number % ComposedShare == 2;
        if (composes) Compose(message, number % SanitizedShare == 2);
        Assert.That(mail.AsSpan().SequenceEqual(before), Is.True, "the raw bytes were changed");
        return new FuzzCounts(1, mail.Length, message.Defects.Count, texts, sanitized, composes ? 1 : 0);
    }

    private static void Structure(MimeMessage message, int length)
    {
        Assert.That(message.Root.End, Is.EqualTo(length), "bytes behind the mail");
        Assert.That(message.Defects.All(defect => defect.Code.Length > 0 && defect.Text.Length > 0 && defect.Offset >= 0), Is.True, "a defect says nothing");
        var ids = new HashSet<string>();
        var left = new Stack<MimePart>([message.Root]);
        while (left.TryPop(out MimePart? part))
        {
            Assert.That(ids.Add(part.Id), Is.True, () => $"two parts are called {part.Id}");
            if (ids.Count <= MaxFound) Assert.That(message.Find(part.Id), Is.SameAs(part));
            if (part.Message is not null) left.Push(part.Message.Root);
            foreach (MimePart child in part.Parts.Count > 0 ? part.Parts : part.Extracted) left.Push(child);
        }
        var parts = message.AllParts().ToHashSet();
        Assert.That(parts.Any(part => part.Type.Media.Any(char.IsControl) || part.FileName.Any(char.IsControl) || part.ContentId.Any(char.IsControl)), Is.False, "a control character in what names a part");
        Assert.That(message.TextBody.Concat(message.HtmlBody).All(part => part.Parts.Count == 0), Is.True, "a multipart is a body");
        Assert.That(parts.Where(part => part.Parts.Count == 0).Except(message.TextBody).Except(message.HtmlBody).Except(message.Attachments).Count(IsLost), Is.Zero, "a leaf is neither body nor attachment");
    }

    /// <summary>What stands in a container is listed instead of it, and an alternative may leave the poorer of its texts out.</summary>
    private static bool IsLost(MimePart part) => part.Type.Kind != "text" && part.Type.Media != "application/ms-tnef" && part.Type.Subtype != "vnd.ms-tnef";

    private static int Texts(MimeMessage message)
    {
        int texts = 0;
        foreach (MimePart part in message.TextBody.Concat(message.HtmlBody).Where(part => part.Type.Kind == "text"))
        {
            string text = BodyText.Of(part);
            (string visible, string quoted) = QuotedText.Split(text);
            Assert.That(visible + quoted, Is.EqualTo(text), "folding cut something");
            Assert.That(Preview.Of(visible), Has.Length.LessThanOrEqualTo(Preview.MaxLength + 1));
            texts++;
        }
        return texts;
    }

    private static void Machines(MimeMessage message)
    {
        _ = AutomaticMail.KindOf(message);
        if (MailReport.Read(message) is not { } report) return;
        Assert.That(report.Recipients.Any(r => r.Address.Any(char.IsControl) || r.Diagnostic.Any(char.IsControl)), Is.False, "a control character in a report");
        Assert.That(report.Recipients, Has.Count.LessThanOrEqualTo(MaxReported));
    }

    private static int Html(MimeMessage message)
    {
        int sanitized = 0;
        foreach (MimePart part in message.HtmlBody.Where(part => part.Type.Media == "text/html"))
        {
            string html = part.Text(MaxSanitized);
            if (HtmlSanitizer.Clean(html, new SanitizeOptions()) is not { } clean) continue;
            Assert.That(clean.Html.Contains("<script", StringComparison.OrdinalIgnoreCase), Is.False, "a script is left");
            sanitized++;
        }
        return sanitized;
    }

    /// <summary>Every field as every kind of field: senders mix them up.</summary>
    private static void Fields(MimeMessage message)
    {
        foreach (HeaderField field in message.Headers.Take(40))
        {
            string value = HeaderText.Unfold(field.RawValue.Span);
            Assert.That(AddressList.Parse(value).Any(a => a.Address.Any(char.IsControl) || a.Name.Any(char.IsControl)), Is.False, "a control character in an address");
            Assert.That(EncodedWords.Decode(value).Any(char.IsControl), Is.False, "a control character in a text");
            Assert.That(MessageIds.Parse(value).Any(id => id.Any(char.IsControl)), Is.False, "a control character in an id");
            Assert.That(ContentType.Parse(value).Media.Contains('/'), Is.True, "no type");
            Assert.That(ContentDisposition.Parse(value).Kind, Is.AnyOf("", "inline", "attachment"));
            Assert.That(Received.Parse(value).By.Length, Is.LessThanOrEqualTo(value.Length));
            Assert.That(MailDate.Parse(value) is null or { Year: > 0 }, Is.True, "a date before all dates");
        }
    }

    /// <summary>An answer and a forwarded mail can be made of whatever came.</summary>
    private static void Compose(MimeMessage message, bool inline)
    {
        IReadOnlyList<MailAddress> people = [.. message.From.Concat(message.ReplyTo).Concat(message.Cc).Where(a => MessageComposerChecks.WritableAddress(a.Address) is not null).Take(20)];
        MailDraft draft = new()
        {
            From = new MailAddress("Support", "help@example.com"),
            To = people,
            Subject = $"Fwd: {message.Subject}",
            Date = message.Date ?? DateTimeOffset.UnixEpoch,
            MessageId = "fuzz@example.com",
            InReplyTo = message.MessageId.Length > 0 ? [message.MessageId] : [],
            References = MessageComposer.ReferencesFor(message.References, message.MessageId),
        };
        byte[] written = MessageComposer.Compose(inline ? Forwarding.Inline(draft, message) : Forwarding.Attached(draft, message));
        MimeMessage read = MimeParser.Parse(written);
        Assert.That(read.Subject, Is.EqualTo(string.Concat(draft.Subject.Trim().EnumerateRunes())), "the subject of the answer");
        Assert.That(read.To.Count, Is.EqualTo(people.Count), "recipients of the answer");
        Assert.That(read.MessageId, Is.EqualTo(draft.MessageId));
        Assert.That(Ascii.IsValid(SevenBit.Of(written).Span), Is.True, "the answer for a server that takes 7 bits");
        Assert.That(read.References, Is.EqualTo(draft.References.Where(MessageComposerChecks.IsWritableId)));
    }
}

/// <summary>What a run has read.</summary>
internal sealed record FuzzCounts(int Mails, long Bytes, long Defects, long Texts, long Sanitized, long Composed)
{
    public FuzzCounts Plus(FuzzCounts other) =>
        new(Mails + other.Mails, Bytes + other.Bytes, Defects + other.Defects, Texts + other.Texts, Sanitized + other.Sanitized, Composed + other.Composed);
}
