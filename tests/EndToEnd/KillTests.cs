using System.Globalization;
using MailInbox.Tests.Support;

namespace MailInbox.Tests.EndToEnd;

/// <summary>Whatever ends the gateway, what it acknowledged is there afterwards, once.</summary>
public sealed class KillTests
{
    private const int Sessions = 12;

    private static readonly TimeSpan DrainLimit = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(10);

    private static int Kills => int.Parse(Environment.GetEnvironmentVariable("MAILINBOX_KILLS") ?? "5", CultureInfo.InvariantCulture);

    [Test]
    public async Task Killed_at_any_moment_it_keeps_what_it_acknowledged()
    {
        using GatewayPlace place = new();
        Random random = new(TestContext.CurrentContext.Random.Next());
        SmtpLoad load = new(place.SmtpPort, Sessions, n => LoadMail.Make("kill", n, SizeOf(n)));
        List<TimeSpan> starts = [];
        GatewayProcess gateway = await GatewayProcess.Start(place);
        load.Start();
        for (int kill = 0; kill < Kills; kill++)
        {
            int before = load.Count;
            await Eventually.Holds(() => load.Count > before, "a mail is acknowledged");
            await Task.Delay(random.Next(1, 700));
            await gateway.Kill();
            await gateway.DisposeAsync();
            gateway = await GatewayProcess.Start(place);
            starts.Add(gateway.Started);
        }

        await load.Stop();
        await place.Filed(DrainLimit);
        int unacknowledged = await Accounts.Balance(place, load);
        await gateway.DisposeAsync();
        Figures.Say($"kills {Kills}, sessions {Sessions}, acknowledged {load.Count}, lost 0, filed twice 0, stored but not acknowledged {unacknowledged} (allowed {Sessions * Kills}), restart to greeting {Milliseconds(starts.Order().ElementAt(starts.Count / 2))} ms (most {Milliseconds(starts.Max())} ms)");
        Assert.Multiple(() =>
        {
            Assert.That(unacknowledged, Is.InRange(0, Sessions * Kills), "each session can have one mail stored whose answer was lost");
            Assert.That(load.Refusals, Is.Empty);
        });
    }

    [Test]
    public async Task Stopped_under_load_it_ends_in_time_and_loses_nothing()
    {
        using GatewayPlace place = new();
        SmtpLoad load = new(place.SmtpPort, Sessions, n => LoadMail.Make("stop", n, SizeOf(n)));
        await using (GatewayProcess gateway = await GatewayProcess.Start(place))
        {
            load.Start();
            await Eventually.Holds(() => load.Count > 200, "mail comes in");
            (int code, TimeSpan took) = await gateway.Terminate();
            Assert.Multiple(() =>
            {
                Assert.That(code, Is.Zero, gateway.Output);
                Assert.That(took, Is.LessThanOrEqualTo(StopLimit), "the promise of the shutdown");
            });
        }

        await using GatewayProcess again = await GatewayProcess.Start(place);
        await load.Stop();
        await place.Filed(DrainLimit);
        int unacknowledged = await Accounts.Balance(place, load);
        Assert.That(unacknowledged, Is.Zero, "who is told to stop answers first");
    }

    [Test]
    public async Task Told_to_stop_while_still_starting_it_ends_cleanly()
    {
        using GatewayPlace place = new();
        for (int i = 0; i < 5; i++)
        {
            // The listener greets before the web is ready.
            await using GatewayProcess gateway = await GatewayProcess.Start(place);
            (int code, TimeSpan _) = await gateway.Terminate();
            Assert.That(code, Is.Zero, gateway.Output);
        }
    }

    [Test]
    public async Task Who_is_within_a_message_may_finish_it()
    {
        using GatewayPlace place = new();
        await using GatewayProcess gateway = await GatewayProcess.Start(place);
        using SmtpWire wire = await SmtpWire.Connect(place.SmtpPort);
        await wire.Say("MAIL FROM:<jonas@berg.example>");
        await wire.Say("RCPT TO:<support@example.com>");
        Assert.That(await wire.Say("DATA"), Does.StartWith("354"));
        Task<(int Code, TimeSpan Took)> end = gateway.Terminate();
        await Task.Delay(TimeSpan.FromSeconds(3));
        await wire.Write("Subject: Slow\r\n\r\nJust in time.\r\n.\r\n"u8.ToArray());
        string reply = await wire.Hear();
        (int code, TimeSpan took) = await end;
        LedgerLine line = (await place.Ledger()).Single();
        Assert.Multiple(() =>
        {
            Assert.That(SmtpWire.KeptAs(reply), Is.EqualTo(line.Id), reply);
            Assert.That(code, Is.Zero, gateway.Output);
            Assert.That(took, Is.LessThanOrEqualTo(StopLimit));
        });
    }

    [Test]
    public async Task A_second_gateway_leaves_the_folder_alone()
    {
        using GatewayPlace place = new();
        await using GatewayProcess gateway = await GatewayProcess.Start(place);
        Ended second = await place.Run();
        Assert.Multiple(() =>
        {
            Assert.That(second.Code, Is.EqualTo(1));
            Assert.That(second.Errors.Trim(), Is.EqualTo($"The data folder {place.Data} belongs to a running gateway (process {gateway.Id}). Stop that one, or choose another folder with --data."));
        });
        using SmtpWire wire = await SmtpWire.Connect(place.SmtpPort);
        Assert.That(SmtpWire.KeptAs(await wire.Send(LoadMail.Make("second", 0, 500).Bytes)), Is.EqualTo(1), "the first one goes on");
    }

    /// <summary>Mostly letters, some attachments that need many chunks.</summary>
    private static int SizeOf(long number) => number % 50 == 7 ? 700_000 : number % 10 == 3 ? 90_000 : 800 + (int)(number % 7 * 900);

    private static long Milliseconds(TimeSpan time) => (long)time.TotalMilliseconds;
}
