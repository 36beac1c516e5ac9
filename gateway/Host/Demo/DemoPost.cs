using System.Globalization;
using System.Security.Cryptography;
using MailInbox.Mail.Mime.Composing;
using MailInbox.Mail.Mime.Headers;

namespace MailInbox.Host.Demo;

/// <summary>Where the demo mails go and from when they count back. Message-IDs are random, so that each run brings new mails.</summary>
internal sealed class DemoPost(string inbox, DateTimeOffset now)
{
    public string Inbox { get; } = inbox;

    public string InboxDomain { get; } = inbox[(inbox.LastIndexOf('@') + 1)..];

    /// <summary>The same inbox by a sub-address; the address itself when it is one already.</summary>
    public string SubAddress(string word) => Inbox.Contains('+', StringComparison.Ordinal) ? Inbox : Inbox.Replace("@", $"+{word}@", StringComparison.Ordinal);

    /// <summary>That many hours ago on the clock of that person, in whole seconds as mail has it.</summary>
    public DateTimeOffset Ago(double hours, DemoPerson who) =>
        DateTimeOffset.FromUnixTimeSeconds(now.AddHours(-hours).ToUnixTimeSeconds()).ToOffset(TimeSpan.FromHours(who.Zone));

    public static string NewId(string domain) => $"{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(10))}@{domain}";

    public MailDraft Draft(DemoPerson from, double hoursAgo, string subject, string text) => new()
    {
        From = from.Mailbox,
        To = [new MailAddress("", Inbox)],
        Subject = subject,
        Date = Ago(hoursAgo, from),
        MessageId = NewId(from.Domain),
        Text = text + "\n",
    };

    public DemoMail Mail(DemoPerson from, double hoursAgo, string subject, string text) => Mail(Draft(from, hoursAgo, subject, text));

    public DemoMail Mail(MailDraft draft) => new(draft.From.Address, [Inbox], draft.Subject, draft.Date, MessageComposer.Compose(draft));

    /// <summary>A mail whose header is written here and whose rest, from its Content-Type on, by the caller.</summary>
    public DemoMail Write(DemoHead head, Action<HandWritten> rest)
    {
        DateTimeOffset date = Ago(head.HoursAgo, head.From);
        HandWritten mail = new();
        mail.Lines($"Date: {FieldOf(date)}");
        mail.Lines($"From: {HandWritten.Words(head.From.Name, head.Charset)} <{head.From.Address}>");
        mail.Lines($"To: {(head.To.Length > 0 ? head.To : Inbox)}");
        mail.Lines(head.Subject.Length > 0 ? $"Subject: {HandWritten.Words(head.Subject, head.Charset)}" : "");
        mail.Lines($"Message-ID: <{NewId(head.From.Domain)}>");
        mail.Lines(head.Fields);
        mail.Lines("MIME-Version: 1.0");
        rest(mail);
        return new DemoMail(head.EnvelopeFrom ?? head.From.Address, [Inbox], head.Subject, date, mail.ToArray());
    }

    public static string FieldOf(DateTimeOffset date) =>
        date.ToString("ddd, d MMM yyyy HH:mm:ss ", CultureInfo.InvariantCulture) + date.ToString("zzz", CultureInfo.InvariantCulture).Replace(":", "", StringComparison.Ordinal);
}

/// <summary>The header of a mail that is written by hand.</summary>
internal sealed record DemoHead(DemoPerson From, double HoursAgo, string Subject)
{
    /// <summary>In which name and subject are encoded where they are not ASCII.</summary>
    public string Charset { get; init; } = "utf-8";

    /// <summary>The whole To field where it is not just the inbox.</summary>
    public string To { get; init; } = "";

    /// <summary>Further fields, a line each.</summary>
    public string Fields { get; init; } = "";

    /// <summary>Where it is not the address of From.</summary>
    public string? EnvelopeFrom { get; init; }
}
