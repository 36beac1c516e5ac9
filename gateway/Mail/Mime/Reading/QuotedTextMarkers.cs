using System.Collections.Frozen;

namespace MailInbox.Mail.Mime.Reading;

/// <summary>The lines by which mail programs announce what they quote, in the languages they speak.</summary>
internal static class QuotedTextMarkers
{
    /// <summary>Lines over which one announcement is broken at most.</summary>
    public const int MaxLines = 4;

    private const int MaxLength = 600;
    private const int MaxSentFrom = 100;
    private const int HeaderLines = 7;

    private static readonly string[] Verbs =
    [
        "wrote", "writes", "schrieb", "schrieben", "geschrieben", "hat geschrieben", "a écrit", "escribió", "escribio", "ha scritto", "scritto", "schreef", "geschreven",
        "escreveu", "skrev", "skrifaði", "napisał", "napisała", "napisał(a)", "napisal", "napsal", "napsala", "napsal(a)", "пишет", "писал", "писала", "писал(а)", "написал",
        "написала", "написал(а)", "пише", "kirjoitti", "írta", "yazdı", "a scris", "έγραψε", "写道", "寫道", "写到", "のメール", "書きました", "さんは書きました", "님이 작성", "작성", "đã viết", "כתב", "كتب",
    ];

    private static readonly FrozenSet<string> Openers = Names(
        "on am um le el il op em den dnia w in på a dne na 在 于 於 vào ve pada la");

    private static readonly string[] Separators =
    [
        "original message", "original email", "original appointment", "reply message", "forwarded message", "ursprüngliche nachricht", "originalnachricht", "original-nachricht",
        "weitergeleitete nachricht", "message d'origine", "message d’origine", "message original", "message transféré", "mensaje original", "mensaje reenviado",
        "messaggio originale", "messaggio inoltrato", "oorspronkelijk bericht", "oorspronkelijke bericht", "doorgestuurd bericht", "mensagem original", "mensagem encaminhada",
        "oprindelig meddelelse", "oprindelig besked", "videresendt", "ursprungligt meddelande", "vidarebefordrat", "opprinnelig melding", "videresendt melding", "alkuperäinen viesti",
        "wiadomość oryginalna", "oryginalna wiadomość", "wiadomość przekazana", "исходное сообщение", "оригинальное сообщение", "пересылаемое сообщение", "původní zpráva",
        "原始邮件", "原始郵件", "转发邮件", "轉寄", "元のメッセージ", "転送", "원본 메시지",
    ];

    private static readonly FrozenSet<string> From = Names("from von de da van från fra frå od от від feladó kimden lähettäjä 发件人 寄件者 差出人 보낸사람");

    private static readonly FrozenSet<string> Subject = Names(
        "subject betreff objet sujet oggetto asunto assunto onderwerp ämne emne temat předmět тема tárgy konu aihe 主题 主旨 件名 제목");

    private static readonly FrozenSet<string> Others = Names(
        "date sent to cc bcc datum gesendet an envoyé envoyé_le à a copie copie_à enviado_el enviado enviada para fecha data inviato verzonden aan til dato sendt skickat till "
        + "wysłano do data_wysłania дата отправлено кому копия odesláno komu küldve címzett tarih kime lähetetty vastaanottaja kopia kopi kopie reply-to "
        + "发送时间 日期 收件人 抄送 寄件日期 收件者 送信日時 日時 宛先 날짜 받는사람 보낸날짜 message_du");

    private static readonly string[] SentFrom =
    [
        "sent from", "sent with", "sent via", "get outlook for", "envoyé de ", "envoyé depuis", "envoyé à partir", "gesendet von", "gesendet mit", "von meinem", "von meiner",
        "enviado desde", "enviado do", "enviado de ", "inviato da", "verzonden vanaf", "verstuurd vanaf", "verzonden met", "skickat från", "sendt fra", "wysłane z", "wysłano z", "lähetetty",
        "отправлено с", "отправлено из", "发自", "從我的", "iphoneから送信", "나의 iphone에서",
    ];

    /// <summary>First line of a quoted mail that <paramref name="line"/> opens without '&gt;': a named separator, or the block of From, Sent, To and Subject. Otherwise -1.</summary>
    public static int Block(QuotedTextLines lines, int line)
    {
        ReadOnlySpan<char> text = lines.Text(line);
        if (text.Length > MaxLength) return -1;
        if (text.Contains("reply above this line", StringComparison.OrdinalIgnoreCase)) return line;
        if (IsNamedSeparator(text)) return line;
        if (IsHeaderBlock(lines, line)) return WithRule(lines, line);
        bool alone = line > 0 && lines.IsBlank(line - 1) && line + 1 < lines.Count && lines.IsBlank(line + 1);
        return alone && IsSentFrom(text) ? line : -1;
    }

    /// <summary>
    /// "On … somebody wrote:" that ends on <paramref name="last"/>, perhaps begun on one of the lines before: its first line and the
    /// line after it, or (-1, -1).
    /// </summary>
    public static (int Start, int Next) Attribution(QuotedTextLines lines, int last)
    {
        ReadOnlySpan<char> end = Undecorated(lines.Text(last));
        bool colon = end is [.., ':' or '：'];
        if (end.IsEmpty || end.Length > MaxLength || !(colon || EndsWithVerb(end))) return (-1, -1);
        string joined = "";
        int found = -1;
        for (int start = last; start >= 0 && start > last - MaxLines && !lines.IsBlank(start); start--)
        {
            joined = $"{lines.Text(start)} {joined}";
            if (joined.Length > MaxLength) break;
            bool word = HasOpener(lines.Text(start));
            if (!(word || (found < 0 && HasFigure(lines.Text(start)))) || !HasDate(joined) || !NamesSomebody(Undecorated(joined), colon)) continue;
            found = start;
            if (word) break;
        }
        if (found >= 0) return (found, last + 1);
        return HasAddress(end) && EndsWithVerb(end.TrimEnd(":： ")) ? (last, last + 1) : (-1, -1);
    }

    public static bool IsSignatureLine(ReadOnlySpan<char> text) => text is "--" or "__" || (text.Length >= 20 && text.TrimStart('_').IsEmpty);

    /// <summary>"Sent from my telephone", not a sentence that begins so.</summary>
    public static bool IsSentFrom(ReadOnlySpan<char> text)
    {
        text = text.Trim("*_[] ");
        int link = text.IndexOfAny('<', '(');
        if (link > 0) text = text[..link].TrimEnd();
        if (text.Length is 0 or > MaxSentFrom || text.Contains(',') || text.Count(' ') > 7) return false;
        if (text[^1] == '.' && text.Count(' ') > 5) return false;
        foreach (string prefix in SentFrom)
        {
            if (text.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)) return true;
        }
        return false;
    }

    private static bool IsNamedSeparator(ReadOnlySpan<char> text)
    {
        if (text.Length > 120 || !text.StartsWith("--") || !text.EndsWith("-")) return false;
        ReadOnlySpan<char> name = text.Trim("- ");
        foreach (string known in Separators)
        {
            if (name.StartsWith(known, StringComparison.OrdinalIgnoreCase)) return true;
        }
        return false;
    }

    private static bool IsHeaderBlock(QuotedTextLines lines, int line)
    {
        string first = Label(lines.Text(line));
        if (!From.Contains(first) && !Others.Contains(first) && !Subject.Contains(first)) return false;
        int labels = 0;
        bool from = false, subject = false, address = false;
        for (int i = line; i < lines.Count && i < line + HeaderLines && !lines.IsBlank(i); i++)
        {
            string label = Label(lines.Text(i));
            if (From.Contains(label)) from = true;
            else if (Subject.Contains(label)) subject = true;
            else if (!Others.Contains(label)) label = "";
            if (label.Length > 0) labels++;
            address |= lines.Text(i).Contains('@');
        }
        // Travel mail also says From, To and Date: a subject or an address makes it a mail's header.
        return from && labels >= 3 && (subject || address);
    }

    /// <summary>What stands before the colon, lower case, inner spaces as '_'.</summary>
    private static string Label(ReadOnlySpan<char> text)
    {
        text = text.TrimStart("*_ ");
        int colon = text.IndexOfAny(':', '：');
        if (colon is <= 0 or > 25) return "";
        return text[..colon].Trim("*_ \u00A0").ToString().ToLowerInvariant().Replace(' ', '_');
    }

    /// <summary>The block begins at the rule or separator that stands above it.</summary>
    private static int WithRule(QuotedTextLines lines, int line)
    {
        int above = lines.SkipBlankBack(line) - 1;
        if (above < 0) return line;
        ReadOnlySpan<char> text = lines.Text(above);
        bool rule = text.Length >= 3 && (text.Trim("-_=—*").IsEmpty || (text.StartsWith("--") && text.EndsWith("--")));
        return rule ? above : line;
    }

    private static ReadOnlySpan<char> Undecorated(ReadOnlySpan<char> text) => text.Trim("-*_ \u200E\u200F");

    private static bool HasOpener(ReadOnlySpan<char> line)
    {
        line = Undecorated(line);
        if (!line.ContainsAnyInRange('0', '9')) return false;
        int end = line.IndexOf(' ');
        return Openers.Contains((end < 0 ? line : line[..end]).ToString().ToLowerInvariant());
    }

    /// <summary>Begins with a date, after a weekday perhaps.</summary>
    private static bool HasFigure(ReadOnlySpan<char> line) => line[..Math.Min(line.Length, 20)].ContainsAnyInRange('0', '9');

    private static bool NamesSomebody(ReadOnlySpan<char> text, bool colon)
    {
        if (EndsWithVerb(text.TrimEnd(":： "))) return true;
        return colon && HasAddress(text) && (HasVerb(text) || text.Contains('<') || text.Contains("&lt;", StringComparison.Ordinal));
    }

    private static bool HasAddress(ReadOnlySpan<char> text) => text.Contains('@');

    private static bool EndsWithVerb(ReadOnlySpan<char> text)
    {
        foreach (string verb in Verbs)
        {
            if (text.EndsWith(verb, StringComparison.OrdinalIgnoreCase) && IsWord(text, text.Length - verb.Length, verb)) return true;
        }
        return false;
    }

    private static bool HasVerb(ReadOnlySpan<char> text)
    {
        foreach (string verb in Verbs)
        {
            int at = text.IndexOf(verb, StringComparison.OrdinalIgnoreCase);
            if (at >= 0 && IsWord(text, at, verb)) return true;
        }
        return false;
    }

    /// <summary>Nothing of a word or of an address joins on; writing without spaces has no such border.</summary>
    private static bool IsWord(ReadOnlySpan<char> text, int at, string verb)
    {
        if (verb[0] >= '\u3000') return true;
        int end = at + verb.Length;
        return (at == 0 || !(char.IsLetterOrDigit(text[at - 1]) || text[at - 1] is '-' or '/' or '_'))
            && (end == text.Length || !(char.IsLetterOrDigit(text[end]) || text[end] is '-' or '/' or '_'));
    }

    /// <summary>A year, a time, or figures with a date's separators.</summary>
    private static bool HasDate(ReadOnlySpan<char> text)
    {
        for (int i = 0; i + 3 < text.Length; i++)
        {
            if (!char.IsAsciiDigit(text[i])) continue;
            if (text[i] is '1' or '2' && text[i + 1] is '9' or '0' && char.IsAsciiDigit(text[i + 2]) && char.IsAsciiDigit(text[i + 3])) return true;
            if (text[i + 1] is ':' or '.' or '/' or '-' or '年' or '月' && char.IsAsciiDigit(text[i + 2])) return true;
        }
        return false;
    }

    private static FrozenSet<string> Names(string names) => names.Split(' ').ToFrozenSet();
}
