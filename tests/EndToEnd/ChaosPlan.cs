using System.Globalization;

namespace MailInbox.Tests.EndToEnd;

/// <summary>How much happens in a run of <see cref="ImapChaos"/>; in full with <c>tests/imap-chaos</c>.</summary>
/// <param name="Messages">In the folder when it begins; more arrive all the time.</param>
/// <param name="Kills">Of the gateway.</param>
/// <param name="Resets">Of its connections, each at a random byte.</param>
/// <param name="Epochs">Changes of UIDVALIDITY.</param>
/// <param name="Restarts">Of the server.</param>
internal sealed record ChaosPlan(int Messages, int Kills, int Resets, int Epochs, int Restarts)
{
    /// <summary>What the gateway is told to do on the server: <c>leave</c> or <c>seen</c>.</summary>
    public string Afterwards { get; init; } = "leave";

    public int Faults => Kills + Resets;

    /// <summary>As asked for by the environment, else short.</summary>
    public static ChaosPlan Asked()
    {
        int epochs = Asked("EPOCHS", 2);
        return new ChaosPlan(Asked("MESSAGES", 400), Asked("KILLS", 6), Asked("RESETS", 6), epochs, (epochs + 3) / 4);
    }

    /// <summary>A smaller one of the same kind.</summary>
    public ChaosPlan Fraction(int part) => new(Messages / part, Less(Kills, part), Less(Resets, part), Less(Epochs, part), Less(Restarts, part));

    private static int Asked(string name, int otherwise) => Environment.GetEnvironmentVariable("MAILINBOX_CHAOS_" + name) is { Length: > 0 } asked ? int.Parse(asked, CultureInfo.InvariantCulture) : otherwise;

    private static int Less(int count, int part) => (count + part - 1) / part;
}
