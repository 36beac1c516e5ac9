using System.Diagnostics;
using System.Globalization;
using MailInbox.Tests.Support;

namespace MailInbox.Tests.EndToEnd;

/// <summary>Every message of a shared mailbox exactly once, whatever happens to the gateway, to its connection and to the server.</summary>
public sealed class ImapChaosTests
{
    /// <summary>Mails that arrive one by one once all is well.</summary>
    private const int Arrivals = 10;

    /// <summary>From the last fault until everything is where it belongs.</summary>
    private static readonly TimeSpan SettleLimit = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan LeastPause = TimeSpan.FromMilliseconds(20);

    [Test]
    public async Task Whatever_happens_each_message_is_filed_once_and_nothing_on_the_server_changes()
    {
        await Hold(ChaosPlan.Asked());
    }

    [Test]
    public async Task Whatever_happens_each_message_is_filed_once_and_marked_as_read()
    {
        await Hold(ChaosPlan.Asked().Fraction(4) with { Afterwards = "seen" });
    }

    private static async Task Hold(ChaosPlan plan)
    {
        int seed = TestContext.CurrentContext.Random.Next();
        long began = Stopwatch.GetTimestamp();
        await using ImapChaos chaos = await ImapChaos.Start(plan, new Random(seed));
        await chaos.Run();
        TimeSpan ran = Stopwatch.GetElapsedTime(began);
        long settling = Stopwatch.GetTimestamp();
        TimeSpan filed = await Settled(settling, () => chaos.Filed() >= chaos.Others.Sent.Count, chaos);
        TimeSpan accounted = await Settled(settling, () => Accounted(chaos), chaos);
        List<TimeSpan> arrivals = await Arrive(chaos);
        if (plan.Afterwards == "seen")
        {
            accounted = await Settled(settling, () => chaos.Flags.Count(f => f.Value.Contains('S', StringComparison.Ordinal)) >= chaos.Others.Sent.Count, chaos);
        }

        ImapAccounts accounts = await ImapAccounts.Balance(chaos, plan.Afterwards);
        Figures.Say(Table(plan, chaos, accounts, $"""
            settled            all filed {filed.TotalSeconds:0.0} s after the last fault, the whole folder accounted for after {accounted.TotalSeconds:0.0} s
            arrival to filing  median {arrivals.Order().ElementAt(Arrivals / 2).TotalMilliseconds:0} ms, most {arrivals.Max().TotalMilliseconds:0} ms, with the poisoned ones in the folder
            run                {ran.TotalSeconds:0} s, seed {seed}
            """));
        Assert.Multiple(() =>
        {
            Assert.That(accounts.Lost, Is.Empty, "on the server and not filed as it is");
            Assert.That(accounts.Doubled, Is.Empty, "more than once");
            Assert.That(accounts.Strangers, Is.Empty, "filed though the server cannot hand it out");
            Assert.That(accounts.Flags, Is.Empty, "flags on the server");
            Assert.That(accounts.Unnamed, Is.Empty, "poisoned and not told of");
            Assert.That(chaos.Kills, Is.EqualTo(plan.Kills));
            Assert.That(chaos.Resets, Is.GreaterThanOrEqualTo(plan.Resets));
            Assert.That(chaos.Others.Epochs, Is.EqualTo(plan.Epochs));
        });
    }

    /// <summary>Each good message has its row under its present number, and each other one was tried.</summary>
    private static bool Accounted(ImapChaos chaos)
    {
        IReadOnlyList<SeenRow> rows = chaos.Seen();
        return rows.Count(r => r.State != "waiting" && chaos.Others.Sent.ContainsKey(r.MessageId)) >= chaos.Others.Sent.Count
            && rows.Count(r => !chaos.Others.Sent.ContainsKey(r.MessageId) && (r.Tries > 0 || r.State == "held")) >= chaos.Others.Poisoned.Count;
    }

    private static async Task<TimeSpan> Settled(long began, Func<bool> holds, ImapChaos chaos)
    {
        while (true)
        {
            long looked = Stopwatch.GetTimestamp();
            if (holds())
            {
                return Stopwatch.GetElapsedTime(began);
            }

            Assert.That(Stopwatch.GetElapsedTime(began), Is.LessThan(SettleLimit), () => $"does not settle: {chaos.Filed()} of {chaos.Others.Sent.Count} filed; {Waiting(chaos)}\n{chaos.Output}");
            // What takes long to look at is looked at seldom: the gateway needs the machine.
            await Task.Delay(LeastPause + (5 * Stopwatch.GetElapsedTime(looked)));
        }
    }

    private static string Waiting(ImapChaos chaos) => string.Join(", ", chaos.Seen().GroupBy(r => r.State).Select(g => $"{g.Count()} {g.Key}"));

    private static async Task<List<TimeSpan>> Arrive(ImapChaos chaos)
    {
        List<TimeSpan> took = [];
        for (int i = 0; i < Arrivals; i++)
        {
            await chaos.Others.Append();
            long began = Stopwatch.GetTimestamp();
            await Settled(began, () => chaos.Filed() >= chaos.Others.Sent.Count, chaos);
            took.Add(Stopwatch.GetElapsedTime(began));
        }

        return took;
    }

    private static string Table(ChaosPlan plan, ImapChaos chaos, ImapAccounts accounts, string times) => string.Create(CultureInfo.InvariantCulture,
        $"""
        afterwards         {plan.Afterwards}
        messages           {plan.Messages} at first, {chaos.Others.Sent.Count} in the end ({chaos.Others.Bytes / 1048576.0:0.0} MB), {chaos.Others.Poisoned.Count} poisoned beside them
        faults             {chaos.Kills} kills, {chaos.Resets} resets, {chaos.Others.Epochs} changes of UIDVALIDITY, {chaos.Others.Restarts} restarts of the server, {chaos.Others.Marks} flags changed by others
        lost               {accounts.Lost.Count}
        doubled            {accounts.Doubled.Count} (kept twice and filed once: {accounts.Duplicates})
        flags wrong        {accounts.Flags.Count}
        poisoned           {accounts.Held} held, {chaos.Others.Poisoned.Count - accounts.Held - accounts.Unnamed.Count} still tried, {accounts.Unnamed.Count} without a word
        {times}

        """);
}
