using System.Net;
using MailInbox.Inbox.Storage;

namespace MailInbox.Host.Commands;

/// <summary>A gateway for the time of one command, when none runs: on free ports, so that nobody takes it for the real one in the meantime.</summary>
internal static class OwnGateway
{
    /// <summary>Starts it, runs the work, and ends it again. Throws <see cref="DataFolderTaken"/> when a gateway has the folder.</summary>
    public static async Task<T> Run<T>(GatewaySettings settings, Func<IServiceProvider, Task<T>> work, CancellationToken cancel)
    {
        await using WebApplication app = GatewayHost.Build(settings with { Smtp = new IPEndPoint(IPAddress.Loopback, 0), Web = new Uri("http://127.0.0.1:0") });
        await app.StartAsync(cancel);
        try
        {
            return await work(app.Services);
        }
        finally
        {
            await app.StopAsync(CancellationToken.None);
        }
    }
}
