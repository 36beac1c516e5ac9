using System.Data.Common;
using MailInbox.Inbox.Configuration;
using MailInbox.Mail.Imap;
using MailInbox.Mail.Wire;

namespace MailInbox.Inbox.Mailboxes.Access;

/// <summary>Says in words what went wrong with a source, and what an administrator can do about it.</summary>
internal static class Faults
{
    private const string Again = "It is tried again by itself.";
    private const string TooMany = "Too many connections to this mailbox: close other programs that read it, or poll it less often (\"every\"). It is tried again by itself.";

    private static readonly string[] Google = ["gmail.com", "googlemail.com"];
    private static readonly string[] Microsoft = ["office365.com", "outlook.com", "outlook.cn", "office365.us", "hotmail.com", "live.com"];
    private static readonly string[] WithAppPasswords = ["yahoo.com", "aol.com", "me.com", "icloud.com", "mail.me.com", "yandex.com", "yandex.ru", "mail.ru", "fastmail.com", "zoho.com", "zoho.eu"];

    /// <param name="failure">A refusal, a broken wire, no token, a database that cannot be used; anything else is told as it is.</param>
    public static (string Words, string Hint) Explain(Exception failure, SourceOptions source) => failure switch
    {
        ImapRefusal refusal => ($"{source.Host} refuses: {refusal.Message}", Hint(refusal, source)),
        ImapBroken broken => (Words(broken, source), Hint(broken, source)),
        TokenRefusal refusal => (refusal.Message, refusal.Hint),
        DiskShort => (failure.Message, "Make room on the disk of the data folder; mail waits on the server until then."),
        DbException or IOException or UnauthorizedAccessException => ($"The data folder cannot be used: {failure.Message}", "Look at free space and rights of the data folder. Nothing is lost: what was not kept is fetched again."),
        _ => ($"Unexpected: {failure.Message}", "The log says more. " + Again),
    };

    private static string Hint(ImapRefusal refusal, SourceOptions source)
    {
        if (refusal.Code == "LIMIT" || Says(refusal, "too many") || Says(refusal, "maximum number of connections") || Says(refusal, "connection limit"))
        {
            return TooMany;
        }

        if (refusal.Code == "OVERQUOTA")
        {
            return "The mailbox is full: make room on the server.";
        }

        if (refusal.Temporary)
        {
            return $"The server says that it cannot just now. {Again}";
        }

        return refusal.Command switch
        {
            "LOGIN" or "AUTHENTICATE" => LoginHint(refusal, source),
            _ when Says(refusal, "not connected") => MailboxHint(),
            _ when refusal.Code is "NONEXISTENT" or "TRYCREATE" => "The folder does not exist: compare \"folders\", \"afterwards\" and \"sent\" with the names on the server (mind levels, such as INBOX/Done or INBOX.Done).",
            "SELECT" or "EXAMINE" => "The folder cannot be opened: compare \"folders\" with the names on the server, and look at the rights of this user.",
            _ when refusal.Code == "NOPERM" => "The user may not do this there: give the rights on the server, or set \"afterwards\" to \"leave\".",
            _ => Again,
        };
    }

    private static string LoginHint(ImapRefusal refusal, SourceOptions source)
    {
        if (refusal.Code == "EXPIRED" || (Says(refusal, "expired") && source.OAuth is null))
        {
            return "The password has expired: set a new one on the server, and put it in place of \"password\".";
        }

        if (refusal.Code == "PRIVACYREQUIRED" || Says(refusal, "plaintext") || Says(refusal, "LOGINDISABLED"))
        {
            return "The server takes no password without TLS: set \"security\" to \"tls\" or \"starttls\".";
        }

        if (Says(refusal, "not connected"))
        {
            return MailboxHint();
        }

        if (source.OAuth is not null)
        {
            return IsOf(Microsoft, source)
                ? $"The server does not take the access token. {MailboxHint()}"
                : "The server does not take the access token: \"user\" must be the mailbox that it was given for, and \"scope\" must allow IMAP.";
        }

        return PasswordHint(source);
    }

    private static string PasswordHint(SourceOptions source)
    {
        if (IsOf(Google, source))
        {
            return "Google takes no password of an account: make an app password (needs 2-Step Verification), or use \"oauth\"; IMAP must be allowed for the account.";
        }

        if (IsOf(Microsoft, source))
        {
            return "Microsoft takes no passwords for IMAP any more: use \"oauth\" with provider \"microsoft\"; IMAP must be switched on for the mailbox.";
        }

        return IsOf(WithAppPasswords, source)
            ? "The password or the user is wrong: this provider wants an app password, made in the settings of the account, and IMAP must be switched on there."
            : "The password or the user is wrong, or IMAP is switched off for the mailbox. Some servers want the whole address as \"user\", some an app password.";
    }

    private static string MailboxHint()
        => "In Exchange Online: IMAP must be switched on for the mailbox, the application needs IMAP.AccessAsApp with consent and the right to the mailbox (Add-MailboxPermission), and \"user\" must be the mailbox.";

    private static string Words(ImapBroken broken, SourceOptions source)
    {
        string place = $"{source.Host}:{source.Port}";
        string what = broken.Fault switch
        {
            ImapFault.UnknownHost => $"The name {source.Host} is not known",
            ImapFault.Unreachable => $"Nothing answers at {place}",
            ImapFault.Tls when OffersNoTls(broken) => $"{place} does not offer STARTTLS",
            ImapFault.Tls => $"The connection to {place} cannot be protected",
            ImapFault.Login => $"{place} offers no way to log in that can be used",
            ImapFault.Closed => $"{place} closed the connection",
            ImapFault.Silent => $"{place} does not answer in time",
            _ => $"{place} says what cannot be understood",
        };
        return $"{what}: {broken.Message}";
    }

    private static string Hint(ImapBroken broken, SourceOptions source) => broken.Fault switch
    {
        ImapFault.UnknownHost => "Is the host written right? Can this machine look up names (DNS)?",
        ImapFault.Unreachable => $"Is the port right ({(source.Security == WireSecurity.Tls ? "tls: 993" : "starttls: 143")})? Does a firewall let this machine out?",
        ImapFault.Tls => TlsHint(broken, source),
        ImapFault.Login when source.OAuth is not null => "The server offers neither XOAUTH2 nor OAUTHBEARER: use \"password\", or another host.",
        ImapFault.Login when source.Security == WireSecurity.None => "The server takes no password without TLS: set \"security\" to \"tls\" or \"starttls\".",
        ImapFault.Login => "The server takes no passwords: use \"oauth\" if the provider offers it.",
        ImapFault.Closed => $"Servers do this when they restart, or when there are too many connections. {Again}",
        ImapFault.Silent => $"The server or the network is slow, or a firewall drops the connection. {Again}",
        _ => $"Is this an IMAP server, and is \"security\" right for the port (tls: 993, starttls: 143)? {Again}",
    };

    private static string TlsHint(ImapBroken broken, SourceOptions source)
    {
        if (OffersNoTls(broken))
        {
            return "Use port 993 with \"security\": \"tls\" if the server has it. Without TLS nothing is sent.";
        }

        if (Says($"{broken.Message} {broken.InnerException?.Message}", "NameMismatch"))
        {
            return "The certificate bears another name: write the host as the certificate has it.";
        }

        return source.TrustedRoots is not null
            ? "The certificate does not come from an authority in the file of \"trust\", or has expired."
            : "The certificate cannot be trusted, has expired, or bears another name; or \"security\" is wrong for the port (tls: 993, starttls: 143). For an authority of your own, name its certificate in \"trust\".";
    }

    private static bool OffersNoTls(ImapBroken broken) => broken.InnerException is null && Says(broken.Message, "STARTTLS");

    private static bool IsOf(string[] providers, SourceOptions source)
        => providers.Any(p => source.Host == p || source.Host.EndsWith($".{p}", StringComparison.Ordinal));

    private static bool Says(ImapRefusal refusal, string words) => Says(refusal.Text, words);

    private static bool Says(string text, string words) => text.Contains(words, StringComparison.OrdinalIgnoreCase);
}
