using System.Diagnostics;
using System.Globalization;
using MailInbox.Tests.Support;

namespace MailInbox.Tests.EndToEnd;

/// <summary>A disk that fails or is full puts mail off; it loses none and ends nothing.</summary>
public sealed class BrokenDiskTests
{
    private const int Sessions = 4;

    [Test]
    public async Task A_flush_that_fails_puts_the_mail_off()
    {
        string strace = Tools.Require("strace");
        using GatewayPlace place = new();
        await using GatewayProcess gateway = await GatewayProcess.Start(place);
        List<long> kept = [.. await Send(place, "before", "250 ")];
        await place.Filed(TimeSpan.FromMinutes(1));
        string log = place.Beside("inject.log");
        using (Process broken = await Attach(strace, gateway.Id, log))
        {
            await Send(place, "during", "451 4.3.0");
            await Send(place, "still", "451 4.3.0");
            await Detach(broken);
        }

        Assert.That(gateway.Lives, Is.True, gateway.Output);
        Assert.That(await File.ReadAllTextAsync(log), Does.Contain("EIO (Input/output error) (INJECTED)"));
        kept.AddRange(await Send(place, "after", "250 "));
        await place.Filed(TimeSpan.FromMinutes(1));
        await Only(place, kept);
        await gateway.Kill();
        await using GatewayProcess again = await GatewayProcess.Start(place);
        await place.Filed(TimeSpan.FromMinutes(1));
        await Only(place, kept);
    }

    [Test]
    public async Task Little_space_puts_mail_off_before_it_is_sent()
    {
        using SmallDisk disk = await SmallDisk.Mount();
        using GatewayPlace place = new(disk.Data);
        await using GatewayProcess gateway = await GatewayProcess.Start(place, "Smtp__LeastFree=16mb");
        List<long> kept = [.. await Send(place, "before", "250 ")];
        disk.Fill(leave: 8 << 20);
        await Eventually.Holds(() => Answer(place).StartsWith("452 4.3.1", StringComparison.Ordinal), "mail is put off");
        using (SmtpWire wire = await SmtpWire.Connect(place.SmtpPort))
        {
            Assert.That(await wire.Say("MAIL FROM:<jonas@berg.example>"), Does.StartWith("452 4.3.1"));
        }

        disk.Free();
        await Eventually.Holds(() => Answer(place).StartsWith("250", StringComparison.Ordinal), "mail is taken again");
        kept.AddRange(await Send(place, "after", "250 "));
        await place.Filed(TimeSpan.FromMinutes(1));
        await Only(place, kept);
    }

    [Test]
    public async Task A_full_disk_puts_mail_off_and_loses_none()
    {
        using SmallDisk disk = await SmallDisk.Mount();
        using GatewayPlace place = new(disk.Data);
        await using GatewayProcess gateway = await GatewayProcess.Start(place, "Smtp__LeastFree=0");
        List<long> kept = [.. await Send(place, "before", "250 ")];
        disk.Fill(leave: 200_000);
        kept.AddRange(await Until452(place));
        Assert.That(gateway.Lives, Is.True, gateway.Output);
        disk.Free();
        kept.AddRange(await Send(place, "after", "250 "));

        // What could not be filed meanwhile is tried again by the intake job.
        await place.Filed(TimeSpan.FromMinutes(2));
        await Only(place, kept);
    }

    /// <summary>A mail from each session; all must be answered alike. The ids of those that were kept.</summary>
    private static async Task<IReadOnlyList<long>> Send(GatewayPlace place, string run, string answer)
    {
        string[] replies = await Task.WhenAll(Enumerable.Range(0, Sessions).Select(async s =>
        {
            using SmtpWire wire = await SmtpWire.Connect(place.SmtpPort);
            return await wire.Send(LoadMail.Make(run, s, s == 0 ? 400_000 : 2_000).Bytes);
        }));
        Assert.That(replies, Has.All.StartsWith(answer));
        return [.. replies.Select(SmtpWire.KeptAs).Where(id => id > 0)];
    }

    private static async Task<IReadOnlyList<long>> Until452(GatewayPlace place)
    {
        List<long> kept = [];
        using SmtpWire wire = await SmtpWire.Connect(place.SmtpPort);
        string reply = "";
        for (int i = 0; i < 90 && !reply.StartsWith("452", StringComparison.Ordinal); i++)
        {
            reply = await wire.Send(LoadMail.Make("filling", i, 60_000).Bytes);
            if (SmtpWire.KeptAs(reply) is > 0 and long id)
            {
                kept.Add(id);
            }
        }

        Assert.That(reply, Does.StartWith("452 4.3.1"), "the disk was full");
        Assert.That(await wire.Send(LoadMail.Make("full", 0, 60_000).Bytes), Does.StartWith("452 4.3.1"), "the session goes on");
        return kept;
    }

    private static string Answer(GatewayPlace place)
    {
        using System.Net.Sockets.TcpClient client = new("127.0.0.1", place.SmtpPort);
        using StreamReader reader = new(client.GetStream());
        reader.ReadLine();
        client.GetStream().Write("HELO client.example\r\n"u8);
        reader.ReadLine();
        client.GetStream().Write("MAIL FROM:<jonas@berg.example>\r\n"u8);
        return reader.ReadLine() ?? "";
    }

    /// <summary>The ledger holds these, each filed, and no other.</summary>
    private static async Task Only(GatewayPlace place, IReadOnlyList<long> kept)
    {
        IReadOnlyList<LedgerLine> ledger = await place.Ledger();
        Assert.Multiple(() =>
        {
            Assert.That(ledger.Select(l => l.Id), Is.EquivalentTo(kept));
            Assert.That(ledger.Where(l => l.Filings is not [{ Outcome: "filed" }]), Is.Empty, "not filed");
        });
    }

    /// <summary>From now on each flush of the process fails.</summary>
    private static async Task<Process> Attach(string strace, int process, string log)
    {
        string id = process.ToString(CultureInfo.InvariantCulture);
        Process attached = Process.Start(new ProcessStartInfo(strace, ["-f", "-o", log, "-e", "trace=fdatasync,fsync", "-e", "inject=fdatasync,fsync:error=EIO", "-p", id]) { RedirectStandardError = true })!;
        while (await attached.StandardError.ReadLineAsync() is { } line)
        {
            // "strace: Process 17 attached with 31 threads" comes after the last of them.
            if (line.Contains("attached", StringComparison.Ordinal))
            {
                return attached;
            }

            Assume.That(line, Does.Not.Contain("Operation not permitted"), "This machine does not let one process trace another.");
        }

        throw new IOException("strace ended.");
    }

    private static async Task Detach(Process attached)
    {
        using Process interrupt = Process.Start("kill", ["-INT", attached.Id.ToString(CultureInfo.InvariantCulture)]);
        await interrupt.WaitForExitAsync();
        await attached.WaitForExitAsync();
    }
}
