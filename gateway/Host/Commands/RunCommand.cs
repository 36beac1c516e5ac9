namespace MailInbox.Host.Commands;

/// <summary>Runs the gateway until it is told to stop.</summary>
internal static class RunCommand
{
    public static async Task<int> Run(GatewaySettings settings)
    {
        await using WebApplication app = GatewayHost.Build(settings);
        CancellationToken stopping = app.Lifetime.ApplicationStopping;
        try
        {
            await app.StartAsync(CancellationToken.None);
            await app.Services.GetRequiredService<GatewayStart>().Welcome(stopping);
            await app.WaitForShutdownAsync(CancellationToken.None);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // Told to stop while still starting: what had started ends in the same order as ever.
            await app.StopAsync(CancellationToken.None);
        }

        return 0;
    }
}
