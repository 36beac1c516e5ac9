using System.Net;
using MailInbox.Host.Demo;
using MailInbox.Inbox.Configuration;
using MailInbox.Inbox.Storage;
using MailInbox.Mail.Smtp;

namespace MailInbox.Host.Commands;

/// <summary><c>mailinbox demo</c>: sends varied mails to the first inbox, through the running gateway or through one of its own when none runs.</summary>
internal static class DemoCommand
{
    private static readonly TimeProvider Clock = TimeProvider.System;

    public static async Task<int> Run(GatewaySettings settings, CancellationToken cancel)
    {
        DemoPost post = new(ConfigurationReader.Read(settings.Config).Inboxes.Inboxes[0].Address, Clock.GetUtcNow());
        IReadOnlyList<DemoMail> mails = DemoMails.All(post);
        try
        {
            await using DemoDelivery? running = await DemoDelivery.Open(settings.Smtp, Clock, cancel);
            string line = running is null
                ? await ThroughOwn(settings, mails, cancel) + $"\nNo gateway was running, so one was started for it and ended again. Run mailinbox and look at {settings.PublicUrl}"
                : await Through(running, settings, mails, cancel) + $"\nLook at them at {settings.PublicUrl}";
            await Console.Out.WriteLineAsync(line);
            return 0;
        }
        catch (DemoRefusal refusal)
        {
            await Console.Error.WriteLineAsync(refusal.Message);
            return 1;
        }
    }

    private static async Task<string> ThroughOwn(GatewaySettings settings, IReadOnlyList<DemoMail> mails, CancellationToken cancel)
    {
        try
        {
            return await OwnGateway.Run(settings, async services =>
            {
                IPEndPoint listener = services.GetRequiredService<SmtpServer>().LocalEndPoint;
                await using DemoDelivery delivery = await DemoDelivery.Open(listener, Clock, cancel) ?? throw new DemoRefusal($"Nothing listens on smtp://{listener}, although a gateway was just started there.");
                return await Through(delivery, settings, mails, cancel);
            }, cancel);
        }
        catch (DataFolderTaken taken)
        {
            throw new DemoRefusal($"Nothing listens on smtp://{settings.Smtp}. {taken.Message} Or say with --smtp where it listens.");
        }
    }

    private static async Task<string> Through(DemoDelivery delivery, GatewaySettings settings, IReadOnlyList<DemoMail> mails, CancellationToken cancel)
    {
        await delivery.Send(mails, cancel);
        string sent = $"Sent {mails.Count} mails to smtp://{delivery.Listener} for {mails[0].Recipients[0]} from {mails.Select(m => m.EnvelopeFrom).Distinct().Count()} senders";
        return await DemoFiling.Wait(settings.Data, mails, Clock, cancel) switch
        {
            null => $"{sent}. That gateway does not keep its mail in {settings.Data}: what became of them only its own pages tell.",
            var filed => $"{sent}; {filed.Conversations} conversations, {filed.Filtered} filtered, {filed.Duplicates} duplicate{(filed.Quarantined > 0 ? $", {filed.Quarantined} mails in quarantine" : "")}",
        };
    }
}
