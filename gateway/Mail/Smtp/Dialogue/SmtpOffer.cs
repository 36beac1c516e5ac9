using System.Globalization;

namespace MailInbox.Mail.Smtp.Dialogue;

/// <summary>The extensions a server offered in its answer to EHLO.</summary>
internal sealed record SmtpOffer
{
    public static SmtpOffer None { get; } = new();

    public bool Pipelining { get; private init; }

    public bool EightBit { get; private init; }

    public bool StartTls { get; private init; }

    public bool Utf8 { get; private init; }

    public bool Size { get; private init; }

    /// <summary>The largest message in bytes; 0 when the server names none.</summary>
    public long MaxSize { get; private init; }

    public IReadOnlyList<string> Auth { get; private init; } = [];

    public static SmtpOffer Read(SmtpReply reply) => reply.Text.Split('\n').Skip(1).Aggregate(None, (offer, line) => offer.With(line));

    private SmtpOffer With(string line)
    {
        string[] words = line.ToUpperInvariant().Split([' ', '='], StringSplitOptions.RemoveEmptyEntries);
        return words.FirstOrDefault() switch
        {
            "PIPELINING" => this with { Pipelining = true },
            "8BITMIME" => this with { EightBit = true },
            "STARTTLS" => this with { StartTls = true },
            "SMTPUTF8" => this with { Utf8 = true },
            "SIZE" => this with { Size = true, MaxSize = words.Length > 1 && long.TryParse(words[1], NumberStyles.None, CultureInfo.InvariantCulture, out long size) ? size : 0 },
            "AUTH" => this with { Auth = [.. Auth, .. words.Skip(1)] },
            _ => this,
        };
    }
}
