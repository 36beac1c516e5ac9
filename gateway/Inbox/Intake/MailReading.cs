using System.Security.Cryptography;
using MailInbox.Inbox.Conversations;
using MailInbox.Inbox.Outbox;
using MailInbox.Inbox.RawMail;
using MailInbox.Mail.Mime;
using MailInbox.Mail.Mime.Headers;
using MailInbox.Mail.Mime.Reading;
using MailInbox.Mail.Mime.Reports;

namespace MailInbox.Inbox.Intake;

/// <summary>What one reading of a raw mail gives, the same for each inbox it is for. Made outside the writer.</summary>
internal sealed record MailReading
{
    /// <summary>Message-IDs kept of one mail; those in the middle of a longer list say nothing new.</summary>
    private const int MostReferences = 60;

    public required RawMessage Raw { get; init; }

    /// <summary>As for the first inbox; <see cref="For"/> gives it for another.</summary>
    public required IncomingMail Mail { get; init; }

    public required MachineMail Machine { get; init; }

    public required IReadOnlyList<string> FromAddresses { get; init; }

    /// <summary>The reverse path; of fetched mail as its header tells it.</summary>
    public required string EnvelopeFrom { get; init; }

    public DeliveryReport? Report { get; init; }

    public IncomingMail For(string inbox) => Mail with { Inbox = inbox };

    public static MailReading Read(RawMessage raw, byte[] bytes, Func<string, bool> ours)
    {
        MimeMessage message = MimeParser.Parse(bytes);
        string envelopeFrom = raw.Source == RawSource.Imap ? ReturnPath(message) : raw.EnvelopeFrom;
        MailReport? report = MailReport.Read(message, envelopeFrom);
        MachineMail machine = MachineMail.Read(message, report, envelopeFrom);
        Person from = Sender(message, envelopeFrom);
        IReadOnlyList<Attachment> attachments = MessageFiles.Of(message);
        return new MailReading
        {
            Raw = raw,
            Machine = machine,
            EnvelopeFrom = envelopeFrom,
            FromAddresses = [.. message.From.Select(a => a.Address)],
            Report = DeliveryReport.Of(message, report),
            Mail = new IncomingMail
            {
                RawId = raw.Id,
                Inbox = "",
                ReceivedAt = raw.ReceivedAt,
                Digest = DigestOf(message),
                MessageId = Cut(message.MessageId, 998),
                References = [.. message.InReplyTo.Concat(message.References.Reverse()).Select(id => Cut(id, 998)).Distinct().Take(MostReferences)],
                From = from,
                FromCount = message.From.Count,
                To = People(message.To),
                Cc = People(message.Cc),
                ReplyTo = People(message.ReplyTo),
                Subject = Preview.Of(message.Subject, 500),
                Preview = Preview.Of(message),
                Attachments = attachments,
                Automatic = machine.Automatic,
                List = machine.List,
                Ours = ours,
                Received = Arrival.Of(raw),
            },
        };
    }

    /// <summary>SHA-256 over the raw fields that a message keeps on its way, and the body with CRLF line ends and without trailing blank lines.</summary>
    public static string DigestOf(MimeMessage message)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (string name in (string[])["From", "To", "Cc", "Date", "Subject", "Message-ID"])
        {
            hash.AppendData(message.Headers.RawOf(name).Span);
            hash.AppendData("\n"u8);
        }

        BodyDigest.Append(hash, message.Raw.Span[message.Root.HeadersEnd..]);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>No session told it. The server that took the mail in writes it down (RFC 5321 §4.4); without that, the author stands for it.</summary>
    private static string ReturnPath(MimeMessage message)
    {
        if (message.Headers.Has("Return-Path"))
        {
            return AddressList.Parse(message.Headers.Text("Return-Path")) is [{ } address, ..] ? Cut(address.Address, 320) : "";
        }

        return message.From.Count > 0 ? Cut(message.From[0].Address, 320) : "unknown";
    }

    private static Person Sender(MimeMessage message, string envelopeFrom)
    {
        MailAddress? from = message.From.Count > 0 ? message.From[0] : message.Sender.Count > 0 ? message.Sender[0] : null;
        string address = Cut(from?.Address ?? envelopeFrom, 320);
        return new Person(Preview.Of(from?.Name ?? "", 200), address);
    }

    private static List<Person> People(IReadOnlyList<MailAddress> addresses) =>
        [.. addresses.Take(500).Select(a => new Person(Preview.Of(a.Name, 200), Cut(a.Address, 320)))];

    private static string Cut(string text, int most) => text.Length <= most ? text : text[..most];
}
