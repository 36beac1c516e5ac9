using System.Text;

namespace MailInbox.Mail.Mime.Reports;

/// <summary>What a notice says to people, cut where it begins to quote the mail it speaks of.</summary>
internal sealed class NoticeText
{
    /// <summary>Lines read; what says something stands near the top.</summary>
    private const int MostLines = 4_000;

    /// <summary>Characters kept of one line.</summary>
    private const int MostLine = 2_000;

    /// <summary>Characters read of a quoted header block.</summary>
    private const int MostQuoted = 32 * 1024;

    /// <summary>Fields that open a mail as it was returned, and that no notice writes for people.</summary>
    private static readonly string[] TraceFields =
    [
        "received:", "return-path:", "dkim-signature:", "x-received:", "message-id:", "delivered-to:", "x-originating-ip:", "received-spf:", "arc-seal:",
        "authentication-results:", "mime-version:", "x-google-", "x-envelope-from:",
    ];

    private static readonly string[] Fields = ["from:", "to:", "date:", "subject:", "sender:", "reply-to:", "content-type:", "x-mailer:", "user-agent:", "cc:", .. TraceFields];

    private static readonly string[] Dividers =
    [
        "original message", "original mail", "copy of the message", "copy of your message", "copy of the original", "unsent message", "returned message", "message headers follow",
        "headers of the original", "header of the original", "copy of the headers", "message text follows", "message header", "message follows", "undelivered message",
        "your message reads",
        "kopie der nachricht", "ursprüngliche nachricht", "copie du message", "message d'origine", "mensaje original", "mensagem original", "messaggio originale",
        "oorspronkelijk bericht",
        "исходное сообщение", "текст сообщения", "元のメッセージ", "原始邮件",
    ];

    private NoticeText(List<string> lines, string quoted)
    {
        Lines = lines;
        Quoted = quoted;
    }

    /// <summary>The lines before the quoted mail, without blanks at their ends.</summary>
    public IReadOnlyList<string> Lines { get; }

    /// <summary>The quoted mail, or its header; empty when the notice has none.</summary>
    public string Quoted { get; }

    public MimeMessage? QuotedMail() => Quoted.Length == 0 ? null : MimeParser.Parse(Encoding.UTF8.GetBytes(Quoted));

    public static NoticeText Of(string text)
    {
        var lines = new List<string>();
        var starts = new List<int>();
        foreach (var range in text.AsSpan().Split('\n'))
        {
            var line = text.AsSpan()[range].TrimEnd();
            lines.Add(line[..Math.Min(line.Length, MostLine)].ToString());
            starts.Add(range.Start.GetOffset(text.Length));
            if (lines.Count == MostLines)
                break;
        }
        for (int i = 0; i < lines.Count; i++)
        {
            bool header = StartsQuote(lines, i);
            if (!header && !Divides(lines, i))
                continue;
            int from = header ? i : FirstField(lines, i + 1);
            string quoted = from < lines.Count && StartsWithAny(lines[from], Fields) ? text.Substring(starts[from], Math.Min(text.Length - starts[from], MostQuoted)) : "";
            lines.RemoveRange(i, lines.Count - i);
            return new NoticeText(lines, quoted);
        }
        return new NoticeText(lines, "");
    }

    /// <summary>A field of a mail, followed by another one or by the rest of it.</summary>
    private static bool StartsQuote(List<string> lines, int index)
    {
        if (!StartsWithAny(lines[index], TraceFields) || index + 1 >= lines.Count)
            return false;
        string next = lines[index + 1];
        return next.Length > 0 && (next[0] is ' ' or '\t' || IsField(next));
    }

    private static bool Divides(List<string> lines, int index)
    {
        string line = lines[index];
        if (line.Length is < 8 or > 120 || !Dividers.Any(d => line.Contains(d, StringComparison.OrdinalIgnoreCase)))
            return false;
        var trimmed = line.AsSpan().Trim();
        int next = Next(lines, index + 1, 3);
        if (next >= lines.Count || StartsWithAny(lines[next], Fields))
            return true;
        return trimmed[0] is '-' or '=' or '*' or '_' or '|' || trimmed.EndsWith("follow.") || trimmed.EndsWith("follows.") || trimmed.EndsWith("follows:");
    }

    /// <summary>Where the quoted header begins behind a divider, over rules and a second divider.</summary>
    private static int FirstField(List<string> lines, int from)
    {
        int next = Next(lines, from, 3);
        return next < lines.Count && !StartsWithAny(lines[next], Fields) && Dividers.Any(d => lines[next].Contains(d, StringComparison.OrdinalIgnoreCase)) ? Next(lines, next + 1, 3) : next;
    }

    /// <summary>The next line that is no rule and not empty, at most that many further; the count of lines when there is none.</summary>
    private static int Next(List<string> lines, int from, int most)
    {
        int end = Math.Min(lines.Count, from + most);
        while (from < end && lines[from].AsSpan().Trim(" -=*_\t").IsEmpty)
            from++;
        return from;
    }

    private static bool IsField(string line)
    {
        int colon = line.IndexOf(':', StringComparison.Ordinal);
        return colon > 1 && !line.AsSpan(0, colon).ContainsAny(" \t<@");
    }

    private static bool StartsWithAny(string line, string[] names)
    {
        foreach (string name in names)
        {
            if (line.StartsWith(name, StringComparison.OrdinalIgnoreCase))
                return true;
        }
        return false;
    }
}
