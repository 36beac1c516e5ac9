using System.Net;
using System.Net.Sockets;
using MailInbox.Tests.Support;

namespace MailInbox.Tests.Host;

/// <summary>What an administrator sees when the gateway cannot start.</summary>
public sealed class StartTests
{
    [TestCase(true)]
    [TestCase(false)]
    public async Task A_port_that_is_taken_is_one_line(bool web)
    {
        using GatewayPlace place = new();
        using TcpListener other = new(IPAddress.Loopback, web ? place.WebPort : place.SmtpPort);
        other.Start();
        Ended ended = await place.Run();
        Assert.Multiple(() =>
        {
            Assert.That(ended.Code, Is.EqualTo(1));
            Assert.That(ended.Errors.TrimEnd(), Does.Contain($"127.0.0.1:{(web ? place.WebPort : place.SmtpPort)}").And.Not.Contain("\n"));
            Assert.That(ended.Output, Does.Not.Contain("   at ").And.Not.Contain("/welcome/"));
        });
    }

    [Test]
    public async Task A_data_folder_of_a_newer_gateway_is_one_line()
    {
        using GatewayPlace place = new();
        await using (GatewayProcess gateway = await GatewayProcess.Start(place))
        {
            await gateway.Terminate();
        }

        using (Microsoft.Data.Sqlite.SqliteConnection inbox = new($"Data Source={Path.Combine(place.Data, "inbox.db")};Pooling=False"))
        {
            await inbox.OpenAsync();
            await using Microsoft.Data.Sqlite.SqliteCommand command = inbox.CreateCommand();
            command.CommandText = "INSERT INTO schema_version VALUES (9999, 0)";
            await command.ExecuteNonQueryAsync();
        }

        Ended ended = await place.Run();
        Assert.Multiple(() =>
        {
            Assert.That(ended.Code, Is.EqualTo(1));
            Assert.That(ended.Errors.TrimEnd(), Does.Contain("newer MailInbox").And.Not.Contain("\n"));
        });
    }
}
