using System.Text;
using FsCheck;
using FsCheck.Fluent;
using MailInbox.Mail.Mime;
using MailInbox.Mail.Mime.Composing;
using MailInbox.Mail.Mime.Headers;

namespace MailInbox.Tests.Mime;

/// <summary>Nothing that a person types into any field can add a header, a recipient or a part, or end the header early.</summary>
public sealed class HeaderInjectionTests
{
    private static readonly byte[] Bytes = [1, 2, 3];

    /// <summary>Everything a user or a stranger's mail puts into a draft's header, each as a way to put it there.</summary>
    private static readonly (string Field, Func<string, MailDraft> Put)[] Fields =
    [
        ("From", value => Draft() with { From = new MailAddress(value, "a@b.example") }),
        ("From", value => Draft() with { From = new MailAddress("", value) }),
        ("To", value => Draft() with { To = [new MailAddress(value, "a@b.example")] }),
        ("To", value => Draft() with { To = [new MailAddress("x", value)] }),
        ("To", value => Draft() with { To = [new MailAddress("x", $"\"{value}\"@b.example")] }),
        ("To", value => Draft() with { To = [new MailAddress("x", $"a@{value}.example")] }),
        ("Cc", value => Draft() with { Cc = [new MailAddress("x", "a@b.example"), new MailAddress(value, "a@b.example")] }),
        ("Cc", value => Draft() with { Cc = [new MailAddress("", $"a@[{value}]")] }),
        ("ReplyTo", value => Draft() with { ReplyTo = [new MailAddress(value, "a@b.example")] }),
        ("ReplyTo", value => Draft() with { ReplyTo = [new MailAddress("", value)] }),
        ("Subject", value => Draft() with { Subject = value }),
        ("MessageId", value => Draft() with { MessageId = value }),
        ("InReplyTo", value => Draft() with { InReplyTo = [value] }),
        ("References", value => Draft() with { References = ["x@y", value] }),
        ("AutoSubmitted", value => Draft() with { AutoSubmitted = value }),
        ("Attachments", value => Draft() with { Attachments = [new MailFile(value, "a/b", Bytes)] }),
        ("Attachments", value => Draft() with { Attachments = [new MailFile("a", value, Bytes)] }),
        ("Attachments", value => Draft() with { Attachments = [new MailFile("a", "a/b", Bytes, value)] }),
        ("Inline", value => Draft() with { Html = "<p>", Inline = [new MailFile(value, "a/b", Bytes)] }),
        ("Inline", value => Draft() with { Html = "<p>", Inline = [new MailFile("a", value, Bytes, "c@d")] }),
        ("Inline", value => Draft() with { Html = "<p>", Inline = [new MailFile("a", "a/b", Bytes, value)] }),
    ];

    private static readonly string[] Pieces =
    [
        "Bcc: x@y.example", "\r\nBcc: x@y.example", "\n\n<script>", "\r", "\n", "\0", "\r\n", "\r\n ", "\u0085", "\u2028", "\u2029", "\u000B", "\u000C", "\u001B", "\u0080", "\u008D", "\u560A", "\u010D", "\uFF0D", "\uD83D", "\uDC00",
        "<", ">", "\"", "\\", "\\\"", ",", ";", ":", "@", "(", ")", "=?utf-8?Q?=0D=0ABcc:_x?=", "=?utf-8?B?DQpCY2M6IHg=?=", "%0d%0a", "=0D=0A", "--", "boundary=", "é", "日", "x", " ", "\t", "..", "[", "]", "'", "*",
    ];

    [Test]
    public void A_line_break_or_NUL_in_any_field_is_refused_and_the_field_is_named() =>
        Prop.ForAll(Values().ToArbitrary(), Gen.Elements('\r', '\n', '\0').ToArbitrary(), Gen.Choose(0, 1_000).ToArbitrary(), (value, bad, place) =>
            Fields.All(field => Refusal(field.Put(value.Insert(place % (value.Length + 1), bad.ToString()))) == field.Field)).QuickCheckThrowOnFailure();

    [Test]
    public void Whatever_a_field_holds_the_mail_has_the_fields_it_should_have_and_no_other() =>
        Prop.ForAll(Values().ToArbitrary(), value => Fields.All(field =>
        {
            MailDraft draft = field.Put(value);
            return Refusal(draft) is { } refused ? refused == field.Field : IsWhole(draft, MessageComposer.Compose(draft));
        })).QuickCheckThrowOnFailure();

    private static Gen<string> Values() => Gen.Elements(Pieces).ListOf().Select(string.Concat);

    private static string? Refusal(MailDraft draft)
    {
        try
        {
            MessageComposer.Compose(draft);
            return null;
        }
        catch (ArgumentException refusal)
        {
            return refusal.ParamName;
        }
    }

    private static bool IsWhole(MailDraft draft, byte[] mail)
    {
        string text = Encoding.Latin1.GetString(mail);
        string[] fields = [.. FieldsOf(draft)];
        MimeMessage read = MimeParser.Parse(mail);
        MimePart[] parts = [.. read.AllParts()];
        int files = draft.Attachments.Count + draft.Inline.Count;
        return read.Headers.Select(field => field.Name).SequenceEqual(fields)
            && read.Defects.Count == 0
            && parts.Count(part => part.Parts.Count == 0) == files + (draft.Html is null ? 1 : 2)
            && parts.Skip(1).All(part => part.Headers.All(field => field.Name.StartsWith("Content-", StringComparison.Ordinal)))
            && read.To.Count == draft.To.Count && read.Cc.Count == draft.Cc.Count && read.ReplyTo.Count == draft.ReplyTo.Count && read.From.Count == 1
            && !text.Replace("\r\n", "", StringComparison.Ordinal).AsSpan().ContainsAny('\r', '\n', '\0')
            && text.Split("\r\n").All(line => line.Length <= 998) && text.All(char.IsAscii);
    }

    private static IEnumerable<string> FieldsOf(MailDraft draft)
    {
        yield return "Date";
        yield return "From";
        yield return "To";
        if (draft.Cc.Count > 0) yield return "Cc";
        if (draft.ReplyTo.Count > 0) yield return "Reply-To";
        yield return "Subject";
        yield return "Message-ID";
        if (draft.InReplyTo.Any(MessageComposerChecks.IsWritableId)) yield return "In-Reply-To";
        if (draft.References.Any(MessageComposerChecks.IsWritableId)) yield return "References";
        if (draft.AutoSubmitted is { Length: > 0 }) yield return "Auto-Submitted";
        yield return "MIME-Version";
        yield return "Content-Type";
        if (draft.Html is null && draft.Attachments.Count + draft.Inline.Count == 0) yield return "Content-Transfer-Encoding";
    }

    private static MailDraft Draft() => new()
    {
        From = new MailAddress("Support", "help@example.com"),
        To = [new MailAddress("Mina", "mina@example.org")],
        Subject = "Hello",
        Date = new DateTimeOffset(2025, 5, 3, 14, 5, 6, TimeSpan.FromHours(2)),
        MessageId = "1.2@example.com",
        Text = "Hello",
    };
}
