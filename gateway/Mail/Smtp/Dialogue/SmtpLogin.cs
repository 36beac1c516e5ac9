using System.Security.Authentication;
using System.Text;

namespace MailInbox.Mail.Smtp.Dialogue;

/// <summary>AUTH PLAIN (RFC 4616), or LOGIN where the server knows no better.</summary>
internal sealed class SmtpLogin(SmtpExchange exchange, SmtpClientOptions options)
{
    /// <exception cref="SmtpRefusal">The server does not take these credentials.</exception>
    /// <exception cref="AuthenticationException">The server offers no way in that we know.</exception>
    public async Task Run(SmtpOffer offer, CancellationToken cancel)
    {
        SmtpReply reply;
        if (offer.Auth.Contains("PLAIN"))
            reply = await exchange.Ask($"AUTH PLAIN {Encode($"\0{options.User}\0{options.Password}")}", Time, cancel).ConfigureAwait(false);
        else if (offer.Auth.Contains("LOGIN"))
            reply = await Login(cancel).ConfigureAwait(false);
        else
            throw new AuthenticationException("The server offers neither AUTH PLAIN nor AUTH LOGIN.");
        if (!reply.Accepted)
            throw new SmtpRefusal(reply);
    }

    private TimeSpan Time => options.Timeouts.Command;

    private async Task<SmtpReply> Login(CancellationToken cancel)
    {
        SmtpReply reply = await exchange.Ask("AUTH LOGIN", Time, cancel).ConfigureAwait(false);
        if (reply.Code == 334)
            reply = await exchange.Ask(Encode(options.User ?? ""), Time, cancel).ConfigureAwait(false);
        if (reply.Code == 334)
            reply = await exchange.Ask(Encode(options.Password ?? ""), Time, cancel).ConfigureAwait(false);
        return reply;
    }

    private static string Encode(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
