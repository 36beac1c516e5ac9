namespace MailInbox.Host.Commands;

internal static class DemoCommand
{
    public static Task<int> Run(GatewaySettings settings, CancellationToken cancel) => throw new NotSupportedException();
}
