using System.Net;
using System.Net.Sockets;
using MailInbox.Host;
using MailInbox.Host.Commands;
using MailInbox.Host.Demo;
using MailInbox.Inbox.Intake;
using MailInbox.Inbox.Views;
using MailInbox.Mail.Smtp;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace MailInbox.Tests.Host;

/// <summary>Real runs of the demo, on free ports and in data folders of their own.</summary>
public sealed class DemoTests
{
    private static readonly int Count = DemoMails.All(new DemoPost("support@example.com", DateTimeOffset.UnixEpoch)).Count;

    private string _folder = "";

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("mailinbox-demo-").FullName;

    [TearDown]
    public void DropFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public async Task Demo_fills_the_running_gateway_and_brings_new_mails_each_time()
    {
        await using WebApplication app = await Start(Settings(new IPEndPoint(IPAddress.Loopback, 0)));
        GatewaySettings settings = Settings(app.Services.GetRequiredService<SmtpServer>().LocalEndPoint);
        Assert.That(await DemoCommand.Run(settings, CancellationToken.None), Is.Zero);
        CheckFiled(settings, runs: 1);
        Assert.That(await DemoCommand.Run(settings, CancellationToken.None), Is.Zero);
        CheckFiled(settings, runs: 2);
        await app.StopAsync();
    }

    [Test]
    public async Task Demo_starts_a_gateway_when_none_runs_and_ends_it_again()
    {
        GatewaySettings settings = Settings(FreePort());
        Assert.That(await DemoCommand.Run(settings, CancellationToken.None), Is.Zero);
        CheckFiled(settings, runs: 1);
        Assert.That(MailInbox.Inbox.Storage.DataFolder.Taken(settings.Data), Is.False);
    }

    [Test]
    public async Task Demo_fails_where_the_data_folder_belongs_to_a_gateway_with_another_listener()
    {
        await using WebApplication app = await Start(Settings(new IPEndPoint(IPAddress.Loopback, 0)));
        GatewaySettings settings = Settings(FreePort());
        Assert.That(await DemoCommand.Run(settings, CancellationToken.None), Is.EqualTo(1));
        Assert.That(Received(settings), Is.Zero);
        await app.StopAsync();
    }

    [Test]
    public async Task Demo_fails_where_the_listener_refuses_the_address()
    {
        await using WebApplication app = await Start(Settings(new IPEndPoint(IPAddress.Loopback, 0)));
        string other = Directory.CreateDirectory(Path.Combine(_folder, "other")).FullName;
        await File.WriteAllTextAsync(Path.Combine(other, "inboxes.json"), """{ "inboxes": { "help": { "addresses": ["help@elsewhere.example"] } } }""");
        GatewaySettings settings = Settings(app.Services.GetRequiredService<SmtpServer>().LocalEndPoint) with { Config = other };
        Assert.That(await DemoCommand.Run(settings, CancellationToken.None), Is.EqualTo(1));
        Assert.That(Received(settings), Is.Zero);
        await app.StopAsync();
    }

    [Test]
    public async Task Demo_knows_when_the_data_folder_is_not_that_of_the_listener()
    {
        await using WebApplication app = await Start(Settings(new IPEndPoint(IPAddress.Loopback, 0)));
        IPEndPoint listener = app.Services.GetRequiredService<SmtpServer>().LocalEndPoint;
        Assert.That(await DemoCommand.Run(Settings(listener) with { Data = Path.Combine(_folder, "empty") }, CancellationToken.None), Is.Zero);
        Assert.That(Received(Settings(listener)), Is.EqualTo(Count));
        await app.StopAsync();
    }

    private static void CheckFiled(GatewaySettings settings, int runs)
    {
        using DataReader data = DataReader.Open(settings.Data);
        IReadOnlyDictionary<FilingOutcome, long> filings = new IntakeLedger(data.Inbox).Counts();
        Standings standings = ViewQuery.Standings(data.Inbox);
        Assert.Multiple(() =>
        {
            Assert.That(data.Raw.Counts().All, Is.EqualTo(runs * Count));
            Assert.That(filings[FilingOutcome.Filed], Is.EqualTo(runs * (Count - 1)));
            Assert.That(filings[FilingOutcome.Duplicate], Is.EqualTo(runs));
            Assert.That(filings[FilingOutcome.Quarantined], Is.Zero);
            Assert.That(standings.Filtered, Is.EqualTo(runs * 8));
            // Twelve mails of four threads stand in four conversations, and one mail is a duplicate.
            Assert.That(standings.Open, Is.EqualTo(runs * (Count - 1 - (12 - 4) - 8)));
        });
    }

    private static long Received(GatewaySettings settings)
    {
        using DataReader data = DataReader.Open(settings.Data);
        return data.Raw.Counts().All;
    }

    private static async Task<WebApplication> Start(GatewaySettings settings)
    {
        WebApplication app = GatewayHost.Build(settings);
        await app.StartAsync();
        return app;
    }

    private GatewaySettings Settings(IPEndPoint smtp) => new(Path.Combine(_folder, "data"), Places.Config("config"), smtp, new Uri("http://127.0.0.1:0"), new Uri("http://127.0.0.1:8025"), "demo.test.example", 50 << 20);

    private static IPEndPoint FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return (IPEndPoint)listener.LocalEndpoint;
    }
}
