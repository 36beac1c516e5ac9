namespace MailInbox.Host.Commands;

/// <summary>Runs the gateway until it is told to stop.</summary>
internal static class RunCommand
{
    public static async Task<int> Run(GatewaySettings settings, CancellationToken cancel)
    {
        await using WebApplication app = GatewayHost.Build(settings);
        await app.StartAsync(cancel);
        await app.WaitForShutdownAsync(cancel);
        return 0;
    }
}
