using System.Buffers;
using MailInbox.Mail.Mime.Headers;

namespace MailInbox.Mail.Mime.Reports;

/// <summary>Whom a free-form notice speaks of, and which of its lines say what about whom.</summary>
internal sealed class NoticeRecipients
{
    /// <summary>Characters of the words about one recipient that are looked at.</summary>
    private const int MostText = 4_000;

    /// <summary>Lines of one answer of a server.</summary>
    private const int MostAnswer = 6;

    private static readonly string[] Labels =
    [
        "rcpt to:", "recipient:", "recipients:", "recipient(s):", "recipient address:", "address:", "addressed to:", "failed recipient:", "failed address:",
        "to address:", "empfänger:", "destinataire:", "destinatario:", "получатель:",
    ];

    /// <summary>Labels that also stand before other addresses: believed for want of others.</summary>
    private static readonly string[] WeakLabels = ["to:", "an:", "à:", "a:", "para:", "кому:"];

    private static readonly string[] Failing =
    [
        "deliver", "reach", "undeliver", "fail", "error", "reject", "unknown", "exceed", "not listed", "not found", "not a member", "returned", "refus", "bounce",
        "mailbox", "invalid", "block", "zugestellt", "unzustellbar", "remis", "entreg", "consegn", "bezorg", "leverer", "доставлен", "配信", "送信", "送达",
    ];

    private static readonly string[] Helping =
    [
        "contact", "assist", "help", "question", "postmaster", "abuse@", "support@", "mail from", "sent by", "sender", "from:", "http:", "https:", "yourself", "please try", "forward",
    ];

    private static readonly SearchValues<char> Bullets = SearchValues.Create(" \t-*•·>\"'|");

    private readonly NoticeText _notice;
    private readonly HashSet<string> _senders;
    private readonly List<(int Line, string Address)> _places = [];
    private bool _heads;
    private readonly HashSet<string> _known = new(StringComparer.OrdinalIgnoreCase);

    private NoticeRecipients(NoticeText notice, IEnumerable<string> senders)
    {
        _notice = notice;
        _senders = new HashSet<string>(senders, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>The addresses in the order of the notice, each once.</summary>
    public IReadOnlyList<string> Addresses => [.. _places.Select(p => p.Address)];

    /// <param name="notice">The text.</param>
    /// <param name="senders">Addresses that are not among those reported about, if there is any other one.</param>
    public static NoticeRecipients Of(NoticeText notice, IEnumerable<string> senders)
    {
        var found = new NoticeRecipients(notice, senders);
        found._heads = found.Collect(StandsAtHead);
        if (!found._heads && !found.Collect(IsNamedByLabel) && !found.Collect(StandsInFailure) && !found.Collect(IsAddressee) && found._senders.Count > 0)
        {
            found._senders.Clear();
            found.Collect(StandsAtHead);
        }
        return found;
    }

    /// <summary>
    /// What the notice says under the line of that address, up to the next one or an empty line; in a transcript that ends with the verdict
    /// what stands above it. Empty where there is nothing.
    /// </summary>
    public string Block(string address)
    {
        int place = _places.FindIndex(p => p.Address.Equals(address, StringComparison.OrdinalIgnoreCase));
        int first = place >= 0 ? _places[place].Line : LineOf(address);
        if (first < 0)
            return "";
        if (place >= 0 && !_heads && StartsWithReply(_notice.Lines[first]))
            return Join(place > 0 ? _places[place - 1].Line + 1 : 0, first + 1);
        int last = first + 1;
        while (last < _notice.Lines.Count && _notice.Lines[last].Length > 0 && !IsOther(last, address))
            last++;
        string words = Join(first, last);
        return place >= 0 && _heads ? WithoutHead(words, address) : words;
    }

    private bool IsOther(int line, string address) =>
        NoticeAddress.In(_notice.Lines[line]).Any(a => _known.Contains(a.Address) && !a.Address.Equals(address, StringComparison.OrdinalIgnoreCase));

    /// <summary>An address at the head of a line says nothing about itself.</summary>
    private static string WithoutHead(string words, string address)
    {
        int at = words.IndexOf(address, StringComparison.OrdinalIgnoreCase);
        return at < 0 || at > 10 ? words : words[(at + address.Length)..].TrimStart('>', '"', '\'', ')', ']', ':', ';', ' ', '\t');
    }

    /// <summary>All other lines that name the address, each with the one behind it.</summary>
    public string Mentions(string address)
    {
        var lines = new List<string>();
        int length = 0;
        int place = _heads ? _places.FindIndex(p => p.Address.Equals(address, StringComparison.OrdinalIgnoreCase)) : -1;
        for (int i = 0; i < _notice.Lines.Count && length < MostText; i++)
        {
            if ((place >= 0 && i == _places[place].Line) || !_notice.Lines[i].Contains(address, StringComparison.OrdinalIgnoreCase))
                continue;
            string said = _notice.Lines[i].Trim() + ' ' + (i + 1 < _notice.Lines.Count ? _notice.Lines[i + 1].Trim() : "");
            lines.Add(said);
            length += said.Length;
        }
        return string.Join(' ', lines);
    }

    /// <summary>The first line in which a server refuses, from its code on, with those that go on with it; empty when there is none.</summary>
    public string Answer()
    {
        for (int i = 0; i < _notice.Lines.Count; i++)
        {
            string answer = StatusCode.FromReply(_notice.Lines[i]);
            if (answer.Length == 0)
                continue;
            int last = i + 1;
            while (last < _notice.Lines.Count && last < i + MostAnswer && Continues(_notice.Lines[last]))
                last++;
            return $"{answer} {Join(i + 1, last)}";
        }
        return "";
    }

    /// <summary>Whether a line is neither the end of a paragraph, nor a line of a transcript, nor a field.</summary>
    private static bool Continues(string line)
    {
        int colon = line.IndexOf(": ", StringComparison.Ordinal);
        return line.Length > 0 && line.AsSpan().IndexOfAny("<>") != 0 && !line.Contains("--", StringComparison.Ordinal) && (colon < 0 || line.AsSpan(0, colon).Trim().Contains(' '));
    }

    /// <summary>What stands behind the last recipient.</summary>
    public string Tail() => _places.Count == 0 ? "" : Join(_places[^1].Line + 1, _notice.Lines.Count);

    /// <summary>The whole notice.</summary>
    public string Whole() => Join(0, _notice.Lines.Count);

    private bool Collect(Func<string, NoticeAddress, bool> names)
    {
        for (int i = 0; i < _notice.Lines.Count && _places.Count < MailReport.MostRecipients; i++)
        {
            string line = _notice.Lines[i];
            if (!line.Contains('@', StringComparison.Ordinal))
                continue;
            foreach (var address in NoticeAddress.In(line))
            {
                if (names(line, address) && !_senders.Contains(address.Address) && _known.Add(address.Address) && _places.Count < MailReport.MostRecipients)
                    _places.Add((i, address.Address));
            }
        }
        return _places.Count > 0;
    }

    /// <summary><c>&lt;a@b&gt;: words</c>, <c>* a@b</c>, <c>a@b [User unknown]</c>, and an address that is alone on its line.</summary>
    private static bool StandsAtHead(string line, NoticeAddress address)
    {
        if (line.AsSpan(0, address.Start).ContainsAnyExcept(Bullets))
            return false;
        var rest = line.AsSpan(address.End).TrimStart();
        return rest.IsEmpty || rest[0] is ':' or '(' or '[' or '<' or ';' or '-' or '=' or '"' || rest.StartsWith("...") || StartsWithDate(rest)
            || (address.Start == 0 && !Contains(line, Helping) && NoticePhrases.IsUndelivered(line)) || rest.StartsWith("Invalid Address", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary><c>on 11/4/2025</c>, <c>am 04.11.2025</c>, <c>on Tue, 4 Nov</c>.</summary>
    private static bool StartsWithDate(ReadOnlySpan<char> text)
    {
        int blank = text.IndexOf(' ');
        return text.StartsWith("on ") || (blank is 2 or 3 && text.Length > blank + 1 && char.IsAsciiDigit(text[blank + 1]) && char.IsLetter(text[0]));
    }

    /// <summary><c>&gt;&gt;&gt; RCPT To:&lt;a@b&gt;</c>, <c>Recipient: a@b</c>, <c>550 &lt;a@b&gt;... User unknown</c>.</summary>
    private static bool IsNamedByLabel(string line, NoticeAddress address)
    {
        if (StandsBehind(Labels, line, address))
            return true;
        var before = line.AsSpan(0, address.Start).Trim("<> \t");
        int blank = before.IndexOf(' ');
        return IsReply(blank < 0 ? before : before[..blank]) && (blank < 0 || StatusCode.IsEnhanced(before[(blank + 1)..].Trim()));
    }

    /// <summary><c>Your message to: a@b</c>.</summary>
    private static bool IsAddressee(string line, NoticeAddress address) => StandsBehind(WeakLabels, line, address) && !line.Contains("reply", StringComparison.OrdinalIgnoreCase);

    private static bool StandsBehind(string[] labels, string line, NoticeAddress address)
    {
        var before = line.AsSpan(0, address.Start).TrimEnd();
        foreach (string label in labels)
        {
            bool whole = before.Length == label.Length || (before.Length > label.Length && !char.IsLetterOrDigit(before[^(label.Length + 1)]));
            if (whole && before.EndsWith(label, StringComparison.OrdinalIgnoreCase))
                return true;
        }
        return false;
    }

    private static bool IsReply(ReadOnlySpan<char> word) => word.Length == 3 && word[0] is '4' or '5' && !word.ContainsAnyExceptInRange('0', '9');

    private static bool StartsWithReply(string line) => line.Length > 4 && line[3] == ' ' && IsReply(line.AsSpan(0, 3));

    private static bool StandsInFailure(string line, NoticeAddress address) => Contains(line, Failing) && !Contains(line, Helping);

    private static bool Contains(string line, string[] words)
    {
        foreach (string word in words)
        {
            if (line.Contains(word, StringComparison.OrdinalIgnoreCase))
                return true;
        }
        return false;
    }

    private int LineOf(string address)
    {
        for (int i = 0; i < _notice.Lines.Count; i++)
        {
            if (_notice.Lines[i].Contains(address, StringComparison.OrdinalIgnoreCase))
                return i;
        }
        return -1;
    }

    private string Join(int from, int to)
    {
        var lines = new List<string>();
        int length = 0;
        for (int i = from; i < to && length < MostText; i++)
        {
            string line = _notice.Lines[i].Trim();
            if (line.Length == 0)
                continue;
            lines.Add(line);
            length += line.Length;
        }
        return string.Join(' ', lines);
    }
}

/// <summary>An address in a line of text.</summary>
/// <param name="Address">As written, without brackets.</param>
/// <param name="Start">Where it begins, its bracket or quotation mark included.</param>
/// <param name="End">Behind it, its bracket or quotation mark included.</param>
internal readonly record struct NoticeAddress(string Address, int Start, int End)
{
    /// <summary>Characters of an address (RFC 5321 §4.5.3.1).</summary>
    private const int MostAddress = 320;

    /// <summary>Addresses read of one line.</summary>
    private const int MostInLine = 20;

    private static readonly SearchValues<char> LocalPart = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789!#$%&'*+-/=?^_`{|}~.");

    /// <summary>All addresses of a line that have a domain.</summary>
    public static List<NoticeAddress> In(string line)
    {
        var found = new List<NoticeAddress>();
        int from = 0;
        while (found.Count < MostInLine)
        {
            int at = line.IndexOf('@', from);
            if (at < 0)
                break;
            int start = LocalStart(line, at, from);
            int end = DomainEnd(line, at + 1);
            from = Math.Max(end, at + 1);
            if (start < at && end - start <= MostAddress && line.AsSpan(at + 1, end - at - 1).Contains('.'))
                found.Add(Bracketed(line, start, end));
        }
        return found;
    }

    private static int LocalStart(string line, int at, int from)
    {
        int start = at;
        if (start - 2 >= from && line[start - 1] == '"')
        {
            int quote = line.LastIndexOf('"', start - 2, start - 1 - from);
            return quote < 0 || HeaderText.HasControl(line.AsSpan(quote, at - quote)) ? at : quote;
        }
        while (start > from && at - start < MostAddress && (LocalPart.Contains(line[start - 1]) || (line[start - 1] > 127 && char.IsLetterOrDigit(line[start - 1]))))
            start--;
        while (start < at && line[start] is '\'' or '`' or '*' or '.' or '=' or '|')
            start++;
        return start;
    }

    private static int DomainEnd(string line, int from)
    {
        int end = from;
        while (end < line.Length && (char.IsLetterOrDigit(line[end]) || line[end] is '.' or '-' or '_'))
            end++;
        while (end > from && line[end - 1] is '.' or '-' or '_')
            end--;
        return end;
    }

    private static NoticeAddress Bracketed(string line, int start, int end)
    {
        string address = line[start..end];
        bool opened = start > 0 && line[start - 1] is '<' or '"' or '\'' or '`' or '(' or '[';
        bool closed = end < line.Length && line[end] is '>' or '"' or '\'' or ')' or ']';
        return opened && closed ? new(address, start - 1, end + 1) : new(address, start, end);
    }
}
