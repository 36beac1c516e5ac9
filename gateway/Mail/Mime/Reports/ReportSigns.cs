namespace MailInbox.Mail.Mime.Reports;

/// <summary>What the header alone says for a report: cheap enough to be asked of every mail.</summary>
internal sealed record ReportSigns
{
    /// <summary>Local parts that only mail systems write from.</summary>
    private static readonly string[] Daemons =
    [
        "mailer-daemon", "mailer_daemon", "mailerdaemon", "mail-daemon", "maildaemon", "mdaemon", "mail.delivery.system", "mail-delivery-system",
    ];

    /// <summary>Local parts that mail systems share with people.</summary>
    private static readonly string[] Postmasters = ["postmaster", "post_master", "post-master", "poostmaster", "mailadmin", "mailsystem", "mail-system", "post_office", "post-office"];

    private static readonly string[] Mute = ["no-reply", "noreply", "no_reply", "do-not-reply", "donotreply"];

    private static readonly string[] Names =
    [
        "mail delivery", "mailer-daemon", "mailer daemon", "mail deliver system", "mail administrator", "mail system", "delivery subsystem", "system administrator",
        "content-filter", "delivery notification", "postmaster",
    ];

    private static readonly string[] StatusTypes = ["delivery-status", "global-delivery-status", "disposition-notification", "global-disposition-notification", "feedback-report"];

    /// <summary>Built as a report: multipart/report, or one of its machine-readable parts.</summary>
    public bool Structured { get; init; }

    /// <summary>Sent from an address that no person uses, or from none.</summary>
    public bool Daemon { get; init; }

    /// <summary>Sent by a postmaster, who may be a person.</summary>
    public bool Postmaster { get; init; }

    /// <summary>Has no sender to return it to (RFC 5321 §4.5.5).</summary>
    public bool NullPath { get; init; }

    /// <summary>Has X-Failed-Recipients.</summary>
    public bool Failed { get; init; }

    /// <summary>Its subject speaks of mail that was not delivered.</summary>
    public bool Subject { get; init; }

    /// <summary>Its subject speaks of a complaint.</summary>
    public bool Complaint { get; init; }

    /// <summary>Sent from an address that takes no answer, and gives a mail back.</summary>
    public bool Returning { get; init; }

    /// <summary>Its text is a JSON document, as webhooks give it to mail.</summary>
    public bool Json { get; init; }

    /// <summary>Was posted to a mailing list: then it reports to the list, not to the reader.</summary>
    public bool FromList { get; init; }

    public bool BySystem => Daemon || Postmaster || NullPath || Failed || Returning;

    public bool Any => Structured || BySystem || Complaint || Json;

    public static ReportSigns Of(MimeMessage mail, string? envelopeFrom)
    {
        var fields = mail.Headers;
        var signs = new ReportSigns
        {
            Structured = IsStructured(mail.Root),
            Daemon = IsDaemon(mail),
            Postmaster = IsPostmaster(mail),
            NullPath = envelopeFrom == null ? IsNull(fields.Unfolded("Return-Path")) : envelopeFrom.Length == 0,
            Failed = fields.Has("X-Failed-Recipients"),
            Complaint = NoticePhrases.IsComplaint(mail.Subject),
            Returning = mail.Root.Parts is [_, .., { Message: not null }] && mail.From.Count > 0 && Is(Mute, mail.From[0].Address),
            Json = IsJson(mail.Root),
        };
        return signs.Any ? signs with { Subject = NoticePhrases.IsFailure(mail.Subject), FromList = fields.Has("List-Post") } : signs;
    }

    private static bool IsStructured(MimePart root)
    {
        if (root.Type.Media == "multipart/report" || IsStatus(root))
            return true;
        foreach (var part in root.Parts)
        {
            if (IsStatus(part))
                return true;
        }
        return false;
    }

    private static bool IsStatus(MimePart part) =>
        part.Type.Media.StartsWith("message/", StringComparison.Ordinal) && StatusTypes.Contains(part.Type.Subtype);

    private static bool IsDaemon(MimeMessage mail)
    {
        if (mail.From.Count == 0)
            return mail.Headers.Unfolded("From") is { } from && (from.EndsWith("<>", StringComparison.Ordinal) || from.Contains("MAILER-DAEMON", StringComparison.OrdinalIgnoreCase));
        return Is(Daemons, mail.From[0].Address);
    }

    private static bool IsPostmaster(MimeMessage mail) => mail.From.Count > 0
        && (Is(Postmasters, mail.From[0].Address) || Names.Any(n => mail.From[0].Name.StartsWith(n, StringComparison.OrdinalIgnoreCase)));

    private static bool Is(string[] names, string address)
    {
        int at = address.LastIndexOf('@');
        var local = at < 0 ? address.AsSpan() : address.AsSpan(0, at);
        foreach (string name in names)
        {
            if (local.Equals(name, StringComparison.OrdinalIgnoreCase))
                return true;
        }
        return false;
    }

    private static bool IsNull(string path) =>
        path == "<>" || path.Contains("<MAILER-DAEMON", StringComparison.OrdinalIgnoreCase);

    private static bool IsJson(MimePart root)
    {
        if (root.Type.Media != "text/plain")
            return false;
        var body = root.RawBody.Span;
        body = body[..Math.Min(body.Length, 64)].TrimStart(" \t\r\n"u8);
        return !body.IsEmpty && body[0] == (byte)'{';
    }
}
