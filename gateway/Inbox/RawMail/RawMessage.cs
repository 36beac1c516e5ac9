using System.Text.Json;

namespace MailInbox.Inbox.RawMail;

/// <summary>Where a raw mail came from.</summary>
public enum RawSource
{
    Smtp,

    /// <summary>Fetched from a mailbox; the client is the source, HELO the place in it.</summary>
    Imap,

    /// <summary>Composed here; kept as the bytes that went out.</summary>
    Outbox,
}

public enum RawState
{
    /// <summary>Durable, not yet filed.</summary>
    Waiting,

    /// <summary>Filed into every inbox it was for; see the ledger.</summary>
    Done,

    /// <summary>Deleted for ever: the row stays, the bytes are gone.</summary>
    Erased,
}

/// <summary>One mail as received, with what its session said.</summary>
public sealed record RawMessage
{
    public long Id { get; init; }

    public RawSource Source { get; init; }

    public RawState State { get; init; }

    public string EnvelopeFrom { get; init; } = "";

    /// <summary>JSON list of <see cref="RawRecipient"/>.</summary>
    public string Recipients { get; init; } = "[]";

    public string Client { get; init; } = "";

    public string Helo { get; init; } = "";

    public bool Tls { get; init; }

    public DateTimeOffset ReceivedAt { get; init; }

    /// <summary>Bytes as the client sent them, dots unstuffed.</summary>
    public long Size { get; init; }

    /// <summary>Of these bytes, in lower-case hex.</summary>
    public string Sha256 { get; init; } = "";

    public IReadOnlyList<RawRecipient> RecipientList => JsonSerializer.Deserialize<List<RawRecipient>>(Recipients) ?? [];
}

/// <summary>An accepted recipient and the inbox it meant when it was accepted.</summary>
public sealed record RawRecipient(string Address, string Inbox);
