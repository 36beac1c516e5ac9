using MailInbox.Host.Demo;
using MailInbox.Mail.Smtp;
using MailInbox.Mail.Wire;
using MailInbox.Tests.Support;

namespace MailInbox.Tests.Browser;

/// <summary>Brings the demo's mails to a gateway of a test.</summary>
internal static class DemoPostman
{
    public static async Task Send(TestGateway gateway)
    {
        IReadOnlyList<DemoMail> mails = DemoMails.All(new DemoPost("support@example.com", TimeProvider.System.GetUtcNow()));
        await using SmtpClient client = await SmtpClient.Connect(new SmtpClientOptions { Host = "127.0.0.1", Port = gateway.Smtp.Port, Security = WireSecurity.None, HeloName = "client.example" }, TimeProvider.System, CancellationToken.None);
        foreach (DemoMail mail in mails)
        {
            await client.Send(new SmtpMessage(mail.EnvelopeFrom, mail.Recipients, mail.Bytes), CancellationToken.None);
        }

        await Eventually.Holds(() => gateway.Raw.Counts().Waiting == 0, "the demo is filed");
    }
}
