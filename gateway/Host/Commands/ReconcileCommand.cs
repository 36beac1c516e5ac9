using System.Text.Json;
using MailInbox.Host.Control;
using MailInbox.Inbox.Configuration;
using MailInbox.Inbox.Intake;
using MailInbox.Inbox.Mailboxes;

namespace MailInbox.Host.Commands;

/// <summary><c>mailinbox reconcile</c>: compares servers, ledger and inboxes; what is missing is fetched.</summary>
internal static class ReconcileCommand
{
    private static readonly JsonSerializerOptions Names = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <summary>0 when everything could be compared.</summary>
    public static async Task<int> Run(GatewaySettings settings, bool json, CancellationToken cancel)
    {
        bool faulty = false;
        int status = await ControlAnswers.Of(settings, new ControlRequest(ControlRequest.Reconcile, null, null), answer =>
        {
            if (answer.Report is { } report)
            {
                faulty |= report.Fault.Length > 0;
                Console.WriteLine(json ? JsonSerializer.Serialize(report, Names) : Text(report));
            }
        }, cancel);
        if (status == 0)
        {
            TellInboxes(settings, json);
        }

        return faulty ? 1 : status;
    }

    private static string Text(FolderReport r) => r.Fault.Length > 0
        ? $"{SourceOptions.WordsOf(r.Source)} {r.Folder}: {r.Fault}"
        : $"{SourceOptions.WordsOf(r.Source)}, {r.Folder}: {r.OnServer:N0} on the server; ledger: {r.Ledger.Taken:N0} taken, {r.Ledger.Stubs:N0} as headers, {r.Ledger.Before:N0} from before, "
            + $"{r.Ledger.Waiting:N0} waiting, {r.Ledger.Held:N0} held; {(r.Holes == 0 ? "nothing was missing" : $"{r.Holes:N0} had no row and are fetched now")}";

    /// <summary>The other half: what was kept against what was filed.</summary>
    private static void TellInboxes(GatewaySettings settings, bool json)
    {
        using DataReader data = DataReader.Open(settings.Data);
        (long kept, long waiting) = data.Raw.Counts();
        IReadOnlyDictionary<FilingOutcome, long> filings = new IntakeLedger(data.Inbox).Counts();
        Console.WriteLine(json
            ? JsonSerializer.Serialize(new { kept, waiting, filed = filings[FilingOutcome.Filed], duplicates = filings[FilingOutcome.Duplicate], quarantined = filings[FilingOutcome.Quarantined] }, Names)
            : $"Inboxes: {kept:N0} mails kept, {waiting:N0} waiting to be filed; {filings[FilingOutcome.Filed]:N0} filed, {filings[FilingOutcome.Duplicate]:N0} duplicates, {filings[FilingOutcome.Quarantined]:N0} in quarantine");
    }
}
