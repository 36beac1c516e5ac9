using System.Runtime.CompilerServices;
using MailInbox.Inbox.Configuration;
using MailInbox.Inbox.Mailboxes;
using MailInbox.Inbox.RawMail;

namespace MailInbox.Host.Control;

/// <summary>Carries out what commands ask, inside the process that has the data folder.</summary>
internal sealed class ControlVerbs(GatewayOptions options, Reconciliation reconciliation, RawMailStore raw, TimeProvider clock)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    public IAsyncEnumerable<ControlAnswer> Run(ControlRequest request, CancellationToken cancel)
    {
        if (request.Inbox is { } key && Refusal(key) is { } refusal)
        {
            return One(refusal);
        }

        return request switch
        {
            { Verb: ControlRequest.Reconcile } => Reconcile(request.Inbox, cancel),
            { Verb: ControlRequest.Backfill, Inbox: { } inbox, Since: { } since } => Backfill(inbox, since, cancel),
            _ => One("This gateway does not know that command; it may be of another version."),
        };
    }

    private string? Refusal(string key) => options.Inboxes.Find(key) switch
    {
        null => $"There is no inbox \"{key}\"; there are {string.Join(", ", options.Inboxes.Inboxes.Select(i => i.Key))}.",
        { Sources.Count: 0 } => $"Inbox \"{key}\" polls no mailbox: it has no \"sources\" in inboxes.json.",
        _ => null,
    };

    private async IAsyncEnumerable<ControlAnswer> Reconcile(string? inbox, [EnumeratorCancellation] CancellationToken cancel)
    {
        await foreach (FolderReport report in reconciliation.Run(inbox, cancel))
        {
            yield return new ControlAnswer(report);
        }

        yield return new ControlAnswer(Done: true);
    }

    private async IAsyncEnumerable<ControlAnswer> Backfill(string inbox, DateOnly since, [EnumeratorCancellation] CancellationToken cancel)
    {
        foreach (FolderReport report in await reconciliation.Backfill(inbox, since, cancel))
        {
            yield return new ControlAnswer(report);
        }

        // What is fetched is not yet filed.
        for (long waiting = Waiting(inbox); waiting > 0; waiting = Waiting(inbox))
        {
            yield return new ControlAnswer(Waiting: waiting);
            await Task.Delay(Pause, clock, cancel);
        }

        yield return new ControlAnswer(Done: true);
    }

    private long Waiting(string inbox) => reconciliation.Waiting(inbox) + raw.CountWaiting();

    private static IAsyncEnumerable<ControlAnswer> One(string refusal) => new[] { new ControlAnswer(Refusal: refusal) }.ToAsyncEnumerable();
}
