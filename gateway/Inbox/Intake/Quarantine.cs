using MailInbox.Inbox.RawMail;
using MailInbox.Inbox.Storage;

namespace MailInbox.Inbox.Intake;

/// <summary>A raw mail that could not be filed.</summary>
public sealed record QuarantinedMail(long RawId, string Inbox, string EnvelopeFrom, string Reason, DateTimeOffset ReceivedAt, long Size);

/// <summary>What could not be filed, to be seen and tried again.</summary>
public sealed class Quarantine(Database inbox, RawMailStore raw, IntakeWorker worker)
{
    /// <summary>Most that one page shows.</summary>
    private const int Most = 500;

    public IReadOnlyList<QuarantinedMail> All()
    {
        IReadOnlyList<Filing> held = inbox.Read(r => r.All<Filing>("SELECT * FROM filing WHERE outcome = 'quarantined' ORDER BY raw_id DESC LIMIT @Most", new { Most }));
        return [.. held.Select(f => (Filing: f, Raw: raw.Find(f.RawId))).Where(h => h.Raw is not null)
            .Select(h => new QuarantinedMail(h.Filing.RawId, h.Filing.Inbox, h.Raw!.EnvelopeFrom, h.Filing.Reason, h.Raw.ReceivedAt, h.Raw.Size))];
    }

    /// <summary>Files it anew; its line stays until that is done. False when it is not in quarantine.</summary>
    public async Task<bool> Retry(long rawId, CancellationToken cancel)
    {
        if (!Holds(rawId))
        {
            return false;
        }

        await raw.MarkWaiting(rawId).WaitAsync(cancel);
        worker.Wake();
        return true;
    }

    public Task<byte[]?> Raw(long rawId, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        return Task.FromResult(Holds(rawId) ? raw.Bytes(rawId) : null);
    }

    private bool Holds(long rawId) =>
        inbox.Read(r => r.First<long>("SELECT 1 FROM filing WHERE raw_id = @rawId AND outcome = 'quarantined'", new { rawId })) == 1;
}
