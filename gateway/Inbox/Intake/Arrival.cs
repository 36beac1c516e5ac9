using MailInbox.Inbox.Configuration;
using MailInbox.Inbox.Filtering;
using MailInbox.Inbox.RawMail;

namespace MailInbox.Inbox.Intake;

/// <summary>The first line of a trace: by which way a mail came.</summary>
internal static class Arrival
{
    public static TraceStep Of(RawMessage raw) => raw.Source == RawSource.Imap
        ? new TraceStep("received", TraceMark.Decided, $"Fetched from {SourceOptions.WordsOf(raw.Client)}", raw.Helo)
        : new TraceStep("received", TraceMark.Decided, $"Received by SMTP for {string.Join(", ", raw.RecipientList.Select(r => r.Address).Take(3))}", $"{raw.Client}{(raw.Helo.Length > 0 ? $" ({raw.Helo})" : "")}{(raw.Tls ? ", TLS" : "")}");
}
