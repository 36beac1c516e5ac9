using MailInbox.Host.Control;
using MailInbox.Inbox.Storage;

namespace MailInbox.Host.Commands;

/// <summary>Asks the running gateway, or one of our own when none runs.</summary>
internal static class ControlAnswers
{
    /// <summary>Hands each answer to <paramref name="tell"/>; 0 when it was done, 1 when it was refused.</summary>
    public static async Task<int> Of(GatewaySettings settings, ControlRequest request, Action<ControlAnswer> tell, CancellationToken cancel)
    {
        if (DataFolder.Taken(settings.Data))
        {
            return await Follow(ControlSocket.Ask(settings.Data, request, cancel), tell);
        }

        return await OwnGateway.Run(settings, services => Follow(services.GetRequiredService<ControlVerbs>().Run(request, cancel), tell), cancel);
    }

    private static async Task<int> Follow(IAsyncEnumerable<ControlAnswer> answers, Action<ControlAnswer> tell)
    {
        await foreach (ControlAnswer answer in answers)
        {
            if (answer.Refusal is { } refusal)
            {
                await Console.Error.WriteLineAsync(refusal);
                return 1;
            }

            tell(answer);
        }

        return 0;
    }
}
