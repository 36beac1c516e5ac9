using MailInbox.Mail.Wire;

namespace MailInbox.Mail.Imap.Dialogue;

/// <summary>From the first byte to a connection that is protected, logged in and agreed on.</summary>
internal sealed class ImapOpening(ImapExchange exchange, FolderNames names, ImapClientOptions options)
{
    public async Task Run(CancellationToken cancel)
    {
        await exchange.Stream.Dial(cancel).ConfigureAwait(false);
        if (options.Security == WireSecurity.Tls)
            await exchange.Stream.StartTls(cancel).ConfigureAwait(false);
        ImapReply greeting = await exchange.Greet(cancel).ConfigureAwait(false);
        if (!exchange.CapabilitiesTold)
            await AskCapabilities(cancel).ConfigureAwait(false);
        if (options.Security == WireSecurity.StartTls)
            await StartTls(greeting, cancel).ConfigureAwait(false);
        if (greeting.Word != "PREAUTH")
            await Login(cancel).ConfigureAwait(false);
        await Introduce(cancel).ConfigureAwait(false);
        await Enable(cancel).ConfigureAwait(false);
        exchange.News = false;
    }

    private const string OurName = "MailInbox";

    private Task<ImapReply> AskCapabilities(CancellationToken cancel) => exchange.Ask(new ImapLine("CAPABILITY", "CAPABILITY"), ImapAnswers.None, cancel);

    private async Task StartTls(ImapReply greeting, CancellationToken cancel)
    {
        if (greeting.Word == "PREAUTH")
            throw new ImapBroken(ImapFault.Tls, "The server logs us in before TLS: somebody may be in between.");
        if (!exchange.Capabilities.Contains("STARTTLS"))
            throw new ImapBroken(ImapFault.Tls, "The server does not offer STARTTLS.");
        ImapReply reply = await exchange.Try(new ImapLine("STARTTLS", "STARTTLS"), ImapAnswers.None, cancel).ConfigureAwait(false);
        if (!reply.Ok)
            throw new ImapBroken(ImapFault.Tls, reply.Refusal("STARTTLS").Message);
        await exchange.Stream.StartTls(cancel).ConfigureAwait(false);
        await AskCapabilities(cancel).ConfigureAwait(false); // What was offered in the clear may have been anybody's words.
    }

    private async Task Login(CancellationToken cancel)
    {
        exchange.CapabilitiesTold = false;
        bool safe = exchange.Stream.Tls || exchange.Stream.Loopback;
        await new ImapLogin(exchange, options, safe).Run(cancel).ConfigureAwait(false);
        if (!exchange.CapabilitiesTold)
            await AskCapabilities(cancel).ConfigureAwait(false);
    }

    /// <summary>Some servers let nobody in who does not say what he is (RFC 2971); no answer to it is needed.</summary>
    private async Task Introduce(CancellationToken cancel)
    {
        if (exchange.Capabilities.Contains("ID"))
            await exchange.Try(new ImapLine("ID", $"ID (\"name\" \"{OurName}\")"), ImapAnswers.None, cancel).ConfigureAwait(false);
    }

    private async Task Enable(CancellationToken cancel)
    {
        bool offered = exchange.Capabilities.Contains("UTF8=ACCEPT") || exchange.Capabilities.Contains("UTF8=ONLY");
        if (!offered || !exchange.Capabilities.Contains("ENABLE"))
            return;
        EnableAnswers answers = new();
        ImapReply reply = await exchange.Try(new ImapLine("ENABLE", "ENABLE UTF8=ACCEPT"), answers, cancel).ConfigureAwait(false);
        names.Utf8 = reply.Ok && answers.Utf8;
    }
}
