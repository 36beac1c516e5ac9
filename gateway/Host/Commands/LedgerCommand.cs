using System.Text.Json;
using MailInbox.Inbox.Intake;
using MailInbox.Inbox.RawMail;
using MailInbox.Inbox.Storage;

namespace MailInbox.Host.Commands;

/// <summary><c>mailinbox ledger</c>: a line for each mail received, with what became of it in each inbox.</summary>
internal static class LedgerCommand
{
    private static readonly JsonSerializerOptions Names = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public static Task<int> Run(GatewaySettings settings, bool json)
    {
        using DataReader data = DataReader.Open(settings.Data);
        using StreamWriter output = new(Console.OpenStandardOutput());
        IntakeLedger ledger = new(data.Inbox);
        data.Raw.Each(raw =>
        {
            Line line = LineOf(raw, ledger.Of(raw.Id));
            output.WriteLine(json ? JsonSerializer.Serialize(line, Names) : Text(line));
        });
        return Task.FromResult(0);
    }

    private static Line LineOf(RawMessage raw, IReadOnlyList<Filing> filings) => new(
        raw.Id,
        raw.Sha256,
        filings.Select(f => f.MessageId).FirstOrDefault(id => id.Length > 0) ?? "",
        raw.EnvelopeFrom,
        [.. raw.RecipientList.Select(r => r.Address)],
        raw.ReceivedAt,
        Words.Of(raw.Source),
        [.. filings.Select(f => new Place(f.Inbox, Words.Of(f.Outcome), f.Reason, f.ConversationId))]);

    private static string Text(Line l) =>
        $"{l.Id,7}  {l.ReceivedAt:yyyy-MM-dd HH:mm:ss}  {l.Sha256[..12]}  <{l.EnvelopeFrom}> → {string.Join(", ", l.Recipients)}  "
        + (l.Filings.Count == 0 ? "waiting" : string.Join("; ", l.Filings.Select(f => $"{f.Inbox}: {f.Outcome}{(f.Conversation is { } id ? $" #{id}" : "")}{(f.Reason.Length > 0 ? $" ({f.Reason})" : "")}")));

    private sealed record Line(long Id, string Sha256, string MessageId, string EnvelopeFrom, IReadOnlyList<string> Recipients, DateTimeOffset ReceivedAt, string Source, IReadOnlyList<Place> Filings);

    private sealed record Place(string Inbox, string Outcome, string Reason, long? Conversation);
}
