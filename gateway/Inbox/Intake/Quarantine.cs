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

    /// <summary>Files it anew. False when it is not in quarantine.</summary>
    public async Task<bool> Retry(long rawId, CancellationToken cancel)
    {
        if (!await inbox.Write(t => IntakeLedger.Release(t, rawId)).WaitAsync(cancel))
        {
            return false;
        }

        await raw.MarkWaiting(rawId);
        worker.Wake();
        return true;
    }

    public Task<byte[]?> Raw(long rawId, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        bool held = inbox.Read(r => r.First<long>("SELECT 1 FROM filing WHERE raw_id = @rawId AND outcome = 'quarantined'", new { rawId })) == 1;
        return Task.FromResult(held ? raw.Bytes(rawId) : null);
    }
}
