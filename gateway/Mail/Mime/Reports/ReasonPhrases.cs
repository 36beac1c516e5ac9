namespace MailInbox.Mail.Mime.Reports;

/// <summary>What the words of mail systems mean, by language. A star stands for up to <see cref="Gap"/> characters.</summary>
internal static class ReasonPhrases
{
    /// <summary>Characters that a star covers.</summary>
    private const int Gap = 60;

    /// <summary>Sets of phrases in the order in which they are looked for: what says more comes before what says less.</summary>
    private static readonly (ReportReason Reason, string[] Phrases)[] Table =
    [
        (ReportReason.Domain, ["account or domain may not exist", "the domain * couldn't be found", "the domain * could not be found"]),
        (ReportReason.MailboxFull,
        [
            "mailbox full", "mailbox is full", "mail box full", "mailbox * full", "mailbox has exceeded", "mailbox exceed", "mailbox over", "exceeds allowed size",
            "mailbox size limit", "over quota", "overquota", "over-quota", "over the quota", "over * quota",
            "quota exceed", "exceed quota", "exceeds quota", "exceeded * quota", "exceeds * quota", "exceeded storage", "storage quota", "disk quota", "quota violation", "quota limit", "quotaexceeded",
            "insufficient quota", "disk space limit", "mailbox limit", "space limit", "storage limit", "not enough disk space", "mailfolder is full", "inbox is full", "account is full",
            "exceed * mailbox", "exceeded * storage", "out of storage", "space * exhausted", "no space left * mailbox", "user is over", "maildrop full", "recipient storage full",
            "message count quota",
            "postfach * voll", "postfach ist voll", "speicherplatz", "boite * pleine", "boîte * pleine", "boite du destinataire archipleine", "buzón lleno", "buzon lleno",
            "buzón * lleno", "caixa * cheia", "casella * piena", "postvak * vol",
            "skrzynka * peł", "ящик * переполнен", "переполнен", "квота", "メールボックスがいっぱい", "容量", "邮箱已满", "空间不足", "용량",
        ]),
        (ReportReason.TooBig,
        [
            "message size", "message too large", "message too big", "message length exceeds", "message larger than", "message file too big", "message is too large",
            "message is too big", "message exceeds", "exceeds maximum message", "size exceeds", "mail size",
            "size limit", "larger than the current", "too large for", "maximum allowed size", "exceeded maximum size", "exceeds the size", "nachricht * zu groß",
            "nachricht * zu gross", "message trop", "mensaje demasiado", "mensagem * grande", "messaggio troppo", "слишком большо", "サイズ", "邮件过大",
        ]),
        (ReportReason.Policy,
        [
            "relay access denied", "relaying denied", "relay denied", "relay not permitted", "relaying not", "not permitted to relay", "unable to relay", "relaying mail",
            "configured to relay", "not permitted to * relay", "relay through", "rcpthosts", "not a gateway", "smtp authentication", "authentication required", "must authenticate",
            "unauthenticated",
            "authentication fail", "authrequired", "dmarc", "spf record", "spf check", "spf fail", "bad spf", "failed spf", "dkim", "reverse dns", "ptr record", "rdns",
            "rate limit", "too many connection", "too many recipients", "too many messages", "too many errors", "frequency limit", "connection limit",
            "at a rate", "too quickly", "temporarily deferred", "throttl", "blacklist", "black list", "black-list", "blocklist", "block list", "blocked using", "blocked by",
            "dnsbl", "is listed", "was listed", "currently listed", "listed at", "on our list", "spamhaus", "spamcop", "sorbs", "abuseat",
            "sender address rejected", "sender rejected", "sender denied", "sender verify", "sender was rejected", "sender not", "sender address verif", "sender address not", "sender address is", "sender address has", "sender address does", "sender address must", "sender address domain", "your sender address", "sender address blocked", "sender address refused", "invalid sender",
            "unknown sender", "bad sender", "domain of sender", "does not like sender", "sender domain", "purported responsible", "from: header", "valid from:", "banned",
            "reputation", "open relay", "greylist", "gray-list", "grey-list",
            "policy violation", "security polic", "policy reasons", "by policy", "local policy", "rejected for policy", "administrative prohibition", "authentication information",
            "authentication check", "daily", "protocol violation", "invalid ip", "mismatch", "name was rejected", "invalid helo", "bad helo", "helo rejected", "message filtered",
            "sending limit", "sender id", "administratively denied", "administratively prohibited", "administratively rejected", "administratively blocked", "transport rule", "poisoned", "attachment", "executable", "virus", "infected", "malware", "potentially offensive",
            "banned content", "header error", "headers too large", "duplicate header", "not rfc", "rfc 5322", "rfc 2822",
            "client host", "access denied * ip address", "access denied. ip", "ip name lookup", "banned sending ip", "ip address * not", "of your isp", "dns ptr", "user complaints", "recipient preferences", "not a member",
            "permission to post", "google groups", "not open to posting", "abuse", "does not accept mail from", "not accept messages from", "not accept mail from",
            "restrictedtorecipients", "not.authorized", "not authorized", "notauthorized", "senderfilter",
        ]),
        (ReportReason.Spam,
        [
            "spam", "ube,", "unsolicited", "junk mail", "bulk mail", "bulk email", "content rejected", "message content", "rejected * content", "mail rejete", "mail rejeté",
            "нежелательн", "垃圾邮件", "迷惑メール", "스팸",
        ]),
        (ReportReason.Disabled,
        [
            "account * disabled", "account * suspended", "account * locked", "account * blocked", "account * deactivated", "account * inactive", "account * closed",
            "account * discontinued", "account * expired", "account * frozen", "mailbox disabled", "mailbox is disabled", "mailbox * inactive", "mailbox * suspended",
            "mailbox * locked", "mailbox blocked",
            "user * disabled", "user * locked", "temporary locked", "mailbox * frozen", "disabled recipient", "recipient address is disabled", "user * suspended",
            "user is inactive", "disabled or discontinued", "is disabled", "administratively disabled", "not active", "inactive", "temporarily disabled", "temporarily locked", "restricted sms",
            "has been suspended", "compte * bloqu", "compte * désactivé", "konto * gesperrt", "konto * deaktiviert", "cuenta * suspendida", "cuenta * desactivada",
            "conta * desativada", "заблокирован", "отключен", "停用", "禁用",
        ]),
        (ReportReason.UnknownUser,
        [
            "user unknown", "unknown user", "user * unknown", "no such user", "no such recipient", "no such address", "no such mailbox", "no such person", "no such account",
            "no such email", "no such mail", "no valid recipient", "check if address is correct", "delivery userid", "リストにありません", "ありませんでした", "user not found", "user * not found",
            "recipient not found", "recipnotfound", "recipientnotfound", "recipient unknown", "unknown recipient", "unknown or illegal",
            "unknown address", "unknown e-mail", "unknown email", "unknown mailbox", "unknown local", "unknown account", "unknown alias", "unknown to address", "invalid recipient",
            "invalid mailbox", "invalid address", "invalid user", "recipient invalid", "mailbox not found", "mailbox unavailable", "mailbox is unavailable",
            "mailbox * does not exist", "mailbox * not exist",
            "address * does not exist", "address * not exist", "user * does not exist", "user * not exist", "account * not exist", "recipient * not exist",
            "account that you tried to reach does not exist", "doesn't have a * account", "not have an account", "unable to find user", "no user", "not listed in", "not our user",
            "not our customer", "non existent recipient", "non-existent recipient", "non-existent user", "nonexistent user", "non existent user", "no mailbox by that name", "account not available", "benutzer unbekannt", "account unknown", "mailbox unknown", "address unknown", "no mailbox", "no recipient", "does not have an account", "registered * user", "no mailbox here", "not a valid mailbox", "not a valid user", "not a valid recipient", "not known here",
            "not a known user", "is not known", "no account", "recipient name is not recognized", "addressee unknown", "wasn't found at", "couldn't be found",
            "to address could not be found", "e-mail address could not be found", "recipient * no longer", "user * no longer", "no longer on server", "no longer valid",
            "no longer in use", "has moved", "mailbox * moved", "bad destination mailbox",
            "bad address", "mailbox name not allowed", "does not like recipient", "local user", "not local", "no local mailbox", "destinataire invalide", "adresse * invalide",
            "adresse inconnue", "utilisateur inconnu", "destinataire inconnu", "adresse * inexistante", "destinatario desconocido", "usuario desconocido", "no existe", "no se encontró", "no se ha encontrado", "introuvable", "nicht vorhanden", "não foi encontrad", "non è stato trovat", "niet gevonden", "hittades inte", "nie istnieje",
            "não existe", "unbekannter empfänger", "unbekannter benutzer", "empfänger unbekannt",
            "empfänger * nicht gefunden", "existiert nicht", "destinatario sconosciuto", "utente sconosciuto", "indirizzo inesistente", "gebruiker onbekend", "onbekende gebruiker",
            "okänd", "nieznany", "неизвестн", "не найден", "не существует", "存在しない", "存在しません", "見つかりません", "宛先不明", "地址不存在", "账号不存在", "帐号不存在", "用户未找到", "用户不存在", "收件人不存在", "사용자 없음",
        ]),
        (ReportReason.Network, ["host name lookup", "lookup did not complete", "not found, try again", "temporary * lookup", "temporary dns", "dns query failed", "dns failure", "temporarily unable to resolve"]),
        (ReportReason.Domain,
        [
            "host unknown", "no smtp service", "unknown host", "unknown domain", "unrouteable", "unroutable", "domain not found", "domain name not found", "domain does not exist",
            "domain * not exist", "no such domain", "host not found", "not found: 3", "name or service not known", "nxdomain", "no mx", "null mx", "mx record", "mx entry",
            "mail exchanger", "any host named", "bad destination host", "invalid domain",
            "domain is not", "unresolvable", "dns lookup", "dns error", "dns entries", "name server", "name service error", "accept mail", "receive email", "not accepting network",
            "non-existent host", "illegal host", "does not exist", "domain * invalid", "unbekannte domain", "domaine inconnu", "dominio desconocido", "домен", "ドメイン",
        ]),
        (ReportReason.Network,
        [
            "timed out", "all hosts have been failing", "could not find a gateway", "network error", "timeout", "time out", "connection refused", "connection reset",
            "connection was reset", "connection dropped", "no route to host", "network is unreachable", "network unreachable", "lost connection", "retry time",
            "could not deliver for", "in the queue too long",
            "been in the queue", "message expired", "envelope expired", "delivery expired", "expired after", "has expired", "retry timeout exceeded", "socket error",
            "unable to connect", "couldn't connect", "could not connect", "cannot connect", "accept our requests to connect", "accept connections", "accepting connections",
            "smtp connection", "connection died", "contact destination", "hop count", "mail loop", "routing loop",
            "loop detected", "loops back", "too many hops", "unreachable", "not reachable", "no response", "host not reachable", "failed * attempts", "multiple retries",
            "after several attempts", "could not be delivered for", "not been delivered after", "for * days", "more than * hours", "undelivered after", "deferred", "retried",
            "unable to contact * server",
        ]),
    ];

    /// <summary>Words that mean the address where neither other words nor a code say more.</summary>
    private static readonly string[] AddressRefused = ["address rejected", "recipient rejected", "rejected recipient", "rcpt-to validation failed"];

    /// <summary>Words that no filter uses for a mail that it does not like.</summary>
    private static readonly string[] NoAccount = ["doesn't have a * account", "does not have a * account"];

    /// <summary>Words that say that a mail is refused, but not why; looked for after everything else.</summary>
    private static readonly string[] Refused =
    [
        "access denied", "denied", "rejected", "refused", "refuse", "blocked", "not accepted", "not allowed", "not permitted", "prohibited", "unacceptable",
        "blacklisted", "restricted", "abgelehnt", "rechazad", "rejeitad", "отклонен", "拒否", "拒绝",
    ];

    private static readonly string[] Passing = ["found, try again", "temporar", "name lookup failure", "timed out", "try again later"];

    /// <summary>What a text says; null when it says nothing known.</summary>
    public static ReportReason? Find(string text)
    {
        string words = Plain(text);
        foreach (var (reason, phrases) in Table)
        {
            if (Any(words, phrases))
                return reason;
        }
        return null;
    }

    /// <summary>Whether a text says at least that the mail was refused.</summary>
    public static bool SaysRefused(string text) => Any(Plain(text), Refused);

    /// <summary>Whether a text says at least that the address was refused.</summary>
    public static bool SaysAddressRefused(string text) => Any(Plain(text), AddressRefused);

    /// <summary>Whether a text says that nobody has this address, whenever it is said.</summary>
    public static bool SaysNoAccount(string text) => Any(Plain(text), NoAccount);

    /// <summary>Whether a text says that the trouble may pass.</summary>
    public static bool SaysPassing(string text) => Any(Plain(text), Passing);

    /// <summary>Lower case, one blank between words, of the addresses of web pages the host alone: what they link to may be about anything.</summary>
    private static string Plain(string text)
    {
        var words = text.Replace('’', '\'').Split([' ', '\t', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries).Select(HostOnly);
        return string.Join(' ', words).ToLowerInvariant();
    }

    private static string HostOnly(string word)
    {
        int host = word.IndexOf("://", StringComparison.Ordinal);
        int path = host < 0 ? -1 : word.IndexOf('/', host + 3);
        return path < 0 ? word : word[..path];
    }

    private static bool Any(string words, string[] phrases)
    {
        foreach (string phrase in phrases)
        {
            int star = phrase.IndexOf(" * ", StringComparison.Ordinal);
            if (star < 0 ? words.Contains(phrase, StringComparison.Ordinal) : Spans(words, phrase.AsSpan(0, star), phrase.AsSpan(star + 3)))
                return true;
        }
        return false;
    }

    private static bool Spans(ReadOnlySpan<char> words, ReadOnlySpan<char> first, ReadOnlySpan<char> second)
    {
        while (true)
        {
            int at = words.IndexOf(first);
            if (at < 0)
                return false;
            words = words[(at + first.Length)..];
            if (words[..Math.Min(words.Length, Gap)].IndexOf(second) >= 0)
                return true;
        }
    }
}
