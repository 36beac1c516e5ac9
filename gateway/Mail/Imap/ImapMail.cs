namespace MailInbox.Mail.Imap;

/// <summary>What the server tells of a message without its bytes. What it told wrongly or not at all is null.</summary>
/// <param name="Uid">From 1 to 4,294,967,295.</param>
/// <param name="Size">RFC822.SIZE in bytes; servers may be wrong about it.</param>
/// <param name="InternalDate">When it came to the server.</param>
public sealed record ImapMail(uint Uid, long? Size, DateTimeOffset? InternalDate, IReadOnlyList<string> Flags)
{
    public bool Has(string flag) => Flags.Contains(flag, StringComparer.OrdinalIgnoreCase);
}

/// <summary>Which bytes of a message.</summary>
public enum ImapSection
{
    /// <summary>All: <c>BODY.PEEK[]</c>.</summary>
    All,

    /// <summary><c>BODY.PEEK[HEADER]</c>.</summary>
    Header,

    /// <summary><c>BODY.PEEK[TEXT]</c>.</summary>
    Text,
}

/// <summary>How the fetching of one message ended.</summary>
/// <param name="Uid">That was asked for.</param>
/// <param name="Mail">What came beside the bytes; null when nothing came for this UID.</param>
/// <param name="Bytes">How many were handed over.</param>
/// <param name="HasBody">False: the server said OK and sent no bytes (NIL, nothing, or another message's).</param>
/// <param name="Refusal">The server said no to this one.</param>
public sealed record ImapFetched(uint Uid, ImapMail? Mail, long Bytes, bool HasBody, ImapRefusal? Refusal);

/// <summary>Takes the bytes of messages while they come in; calls for one message never overlap with those for another.</summary>
public interface IImapReceiver
{
    /// <summary>Bytes of this message follow. Called anew when a server sends them twice: what came before is void.</summary>
    ValueTask Begin(uint uid, CancellationToken cancel);

    /// <summary>The next bytes; good until the call ends.</summary>
    ValueTask Write(ReadOnlyMemory<byte> bytes, CancellationToken cancel);

    /// <summary>Nothing more comes for this message. Called once for each that was asked for, in order, also without <see cref="Begin"/>.</summary>
    ValueTask End(ImapFetched fetched, CancellationToken cancel);
}
