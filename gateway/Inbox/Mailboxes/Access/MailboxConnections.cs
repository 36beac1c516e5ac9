using System.Security.Cryptography.X509Certificates;
using MailInbox.Inbox.Configuration;
using MailInbox.Mail.Imap;

namespace MailInbox.Inbox.Mailboxes.Access;

/// <summary>Opens connections to mailboxes, with password or access token.</summary>
public sealed class MailboxConnections(AccessTokens tokens, TimeProvider clock)
{
    /// <summary>A connection that is logged in. Throws <see cref="ImapRefusal"/>, <see cref="ImapBroken"/> or <see cref="TokenRefusal"/>.</summary>
    public async Task<ImapClient> Open(SourceOptions source, CancellationToken cancel)
    {
        if (source.OAuth is null)
        {
            return await ImapClient.Connect(Options(source, null), clock, cancel);
        }

        try
        {
            return await ImapClient.Connect(Options(source, await tokens.Get(source, cancel)), clock, cancel);
        }
        catch (ImapRefusal refusal) when (IsLogin(refusal) && !refusal.Temporary)
        {
            // The token may have been revoked before its time: a fresh one tells.
            tokens.Forget(source);
            return await ImapClient.Connect(Options(source, await tokens.Get(source, cancel)), clock, cancel);
        }
    }

    /// <summary>Whether the server refused the log-in itself.</summary>
    internal static bool IsLogin(ImapRefusal refusal) => refusal.Command is "LOGIN" or "AUTHENTICATE";

    private static ImapClientOptions Options(SourceOptions source, string? token) => new()
    {
        Host = source.Host,
        Port = source.Port,
        Security = source.Security,
        User = source.User,
        Password = source.Password,
        AccessToken = token,
        TrustedRoots = Roots(source.TrustedRoots),
    };

    private static X509Certificate2Collection? Roots(string? file)
    {
        if (file is null)
        {
            return null;
        }

        X509Certificate2Collection roots = [];
        roots.ImportFromPemFile(file);
        return roots;
    }
}
