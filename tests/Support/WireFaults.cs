namespace MailInbox.Tests.Support;

/// <summary>What becomes of the bytes on a <see cref="FaultyWire"/>.</summary>
internal enum WireState
{
    /// <summary>They arrive.</summary>
    Passing,

    /// <summary>They are taken and dropped in both directions, and no end of a connection is told: a peer behind a dead router whose packets are lost. A connection that lost a byte or its end stays like that.</summary>
    Swallowing,

    /// <summary>They are not even taken, so that the sender's buffers run full: a peer that hangs. They arrive once this is over.</summary>
    Stuck,

    /// <summary>Every connection is reset at once, also each new one: a peer that is not there.</summary>
    Refusing,
}

/// <summary>What is wrong with a wire.</summary>
/// <param name="Delay">Before each piece of bytes is passed on, in each direction.</param>
internal sealed record WireFaults(WireState State = WireState.Passing, TimeSpan Delay = default)
{
    public static WireFaults None { get; } = new();
}
