using MailInbox.Mail.Imap;
using MailInbox.Mail.Wire;
using MailInbox.Tests.Support;

namespace MailInbox.Tests.Imap;

/// <summary>IMAP servers that say what a test wants, and clients of ours that talk to them.</summary>
internal static class ImapPeer
{
    public const string Password = "s3cret-word";

    /// <summary>Logs the client in, then hears one line after the other and answers each; <c>%</c> stands for the tag of the last command.</summary>
    public static ScriptedPeer Play(params string[] replies) => Play(new ImapOffer(""), replies);

    public static ScriptedPeer Play(ImapOffer offer, params string[] replies) => ScriptedPeer.Play(async peer =>
    {
        await LogIn(peer, offer.Capabilities);
        string tag = "";
        foreach (string reply in replies)
            tag = await Answer(peer, reply, tag);
        await peer.Hear();
    });

    /// <summary>Says hello and takes LOGIN as A1, so that the next command is A2.</summary>
    public static async Task LogIn(ScriptedPeer peer, string capabilities = "")
    {
        await peer.Say($"* OK [CAPABILITY IMAP4rev1 {capabilities}] hello\r\n");
        await Answer(peer, $"% OK [CAPABILITY IMAP4rev1 {capabilities}] in\r\n");
    }

    /// <returns>The tag of the command.</returns>
    public static async Task<string> Answer(ScriptedPeer peer, string reply, string tag = "")
    {
        string line = await peer.Hear() ?? "";
        if (line.StartsWith('A') && line.Contains(' ', StringComparison.Ordinal))
            tag = line[..line.IndexOf(' ', StringComparison.Ordinal)];
        await peer.Say(reply.Replace("%", tag, StringComparison.Ordinal));
        return tag;
    }

    public static ImapClientOptions Options(ScriptedPeer peer) => new()
    {
        Host = "127.0.0.1",
        Port = peer.Port,
        Security = WireSecurity.None,
        User = "support",
        Password = Password,
    };

    public static Task<ImapClient> Dial(ScriptedPeer peer, TimeProvider? clock = null) =>
        ImapClient.Connect(Options(peer), clock ?? TimeProvider.System, CancellationToken.None);
}

/// <param name="Capabilities">Beside IMAP4rev1.</param>
internal sealed record ImapOffer(string Capabilities);
