namespace MailInbox.Inbox.Intake;

/// <summary>A raw mail that could not be filed.</summary>
public sealed record QuarantinedMail
{
    public long RawId { get; init; }

    public string EnvelopeFrom { get; init; } = "";

    public string Inbox { get; init; } = "";

    public string Reason { get; init; } = "";

    public DateTimeOffset ReceivedAt { get; init; }

    public long Size { get; init; }
}

/// <summary>What could not be filed, to be seen and tried again.</summary>
public sealed class Quarantine
{
    public IReadOnlyList<QuarantinedMail> All() => throw new NotSupportedException();

    /// <summary>Files it anew. False when it is not in quarantine.</summary>
    public Task<bool> Retry(long rawId, CancellationToken cancel) => throw new NotSupportedException();

    public Task<byte[]?> Raw(long rawId, CancellationToken cancel) => throw new NotSupportedException();
}
