namespace MailInbox.Mail.Smtp;

/// <summary>Every size, count and time a session is held to. Times run on the server's clock.</summary>
public sealed record SmtpLimits
{
    /// <summary>Bytes of one message, dots unstuffed; advertised as SIZE (RFC 1870).</summary>
    public long Message { get; init; } = 50L << 20;

    /// <summary>Bytes read beyond <see cref="Message"/> in search of the end before the connection is closed.</summary>
    public long Excess { get; init; } = 1 << 20;

    /// <summary>Bytes of the header block.</summary>
    public int HeaderBlock { get; init; } = 1 << 20;

    /// <summary>Bytes of one line of the message without its line end.</summary>
    public int DataLine { get; init; } = 1 << 20;

    /// <summary>Bytes of one command without its line end.</summary>
    public int CommandLine { get; init; } = 2048;

    /// <summary>Accepted recipients of one message; the next is answered 452.</summary>
    public int Recipients { get; init; } = 200;

    /// <summary>Messages of one connection; the next MAIL is answered 421.</summary>
    public int Messages { get; init; } = 100;

    /// <summary>The same for connections from this machine, where a relay or a fetcher hands on all it has.</summary>
    public int LocalMessages { get; init; } = 1_000_000;

    /// <summary>Open connections in all.</summary>
    public int Connections { get; init; } = 1000;

    /// <summary>Open connections of one IPv4 address or one IPv6 /64; loopback is only held to <see cref="Connections"/>.</summary>
    public int ConnectionsPerAddress { get; init; } = 20;

    /// <summary>Open connections of one IPv4 /24 or one IPv6 /48.</summary>
    public int ConnectionsPerNetwork { get; init; } = 60;

    /// <summary>Waiting for the first byte of a command, or for the next bytes of a message.</summary>
    public TimeSpan Idle { get; init; } = TimeSpan.FromSeconds(300);

    /// <summary>From the first byte of a command to its line end, and for the peer to take a reply.</summary>
    public TimeSpan Command { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>The whole connection.</summary>
    public TimeSpan Session { get; init; } = TimeSpan.FromMinutes(20);

    /// <summary>Bytes a second a message must come with, on average since DATA, once <see cref="DataGrace"/> is over.</summary>
    public int DataRate { get; init; } = 500;

    public TimeSpan DataGrace { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Refused commands before each further one is answered after <see cref="ErrorPause"/>.</summary>
    public int SoftErrors { get; init; } = 5;

    /// <summary>Refused commands that end the session with 421.</summary>
    public int HardErrors { get; init; } = 20;

    public TimeSpan ErrorPause { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The unknown recipient from which on answers wait for <see cref="ErrorPause"/>.</summary>
    public int SlowUnknown { get; init; } = 3;

    /// <summary>The unknown recipient that ends the session with 421.</summary>
    public int LastUnknown { get; init; } = 10;

    /// <summary>NOOP, RSET, VRFY, HELP and repeated EHLO between two messages before each counts as an error.</summary>
    public int Junk { get; init; } = 100;

    /// <summary>Received fields in all; more is a loop.</summary>
    public int Hops { get; init; } = 50;

    /// <summary>Received fields written by this host; more is a loop.</summary>
    public int OwnHops { get; init; } = 5;

    /// <summary>Pause before the greeting in which a client that talks first is found out.</summary>
    public TimeSpan GreetingPause { get; init; } = TimeSpan.Zero;
}
