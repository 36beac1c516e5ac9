using System.Text.Json;
using MailInbox.Inbox.Intake;
using MailInbox.Inbox.Outbox;
using MailInbox.Inbox.Views;

namespace MailInbox.Host.Commands;

/// <summary><c>mailinbox status</c>: counts of what was received, filed and sent.</summary>
internal static class StatusCommand
{
    private static readonly JsonSerializerOptions Names = new(JsonSerializerDefaults.Web);

    public static async Task<int> Run(GatewaySettings settings, bool json)
    {
        using DataReader data = DataReader.Open(settings.Data);
        Status status = Read(data);
        await Console.Out.WriteLineAsync(json ? JsonSerializer.Serialize(status, Names) : Words(status));
        return 0;
    }

    private static Status Read(DataReader data)
    {
        (long all, long waiting) = data.Raw.Counts();
        IReadOnlyDictionary<FilingOutcome, long> filings = new IntakeLedger(data.Inbox).Counts();
        return new Status(
            all,
            filings[FilingOutcome.Filed],
            filings[FilingOutcome.Duplicate],
            filings[FilingOutcome.Quarantined],
            waiting,
            ViewQuery.Standings(data.Inbox),
            new OutboxStore(data.Inbox).Counts());
    }

    private static string Words(Status s) =>
        $"""
        received       {s.Raw,9} mails, {s.Waiting} waiting to be filed
        filed          {s.Filed,9}
        duplicates     {s.Duplicates,9}
        quarantined    {s.Quarantined,9}
        conversations  {s.Conversations.Open,9} open, {s.Conversations.Closed} closed, {s.Conversations.Filtered} filtered, {s.Conversations.Trash} in the trash
        outgoing       {s.Outgoing.Sent,9} sent, {s.Outgoing.Queued} queued, {s.Outgoing.Deferred} deferred, {s.Outgoing.Failed} failed
        """;

    private sealed record Status(long Raw, long Filed, long Duplicates, long Quarantined, long Waiting, Standings Conversations, OutboxCounts Outgoing);
}
