using System.Globalization;
using System.Text;
using MailInbox.Mail.Mime.Composing;
using MailInbox.Mail.Mime.Headers;

namespace MailInbox.Tests.Mime;

/// <summary>Drafts such as nobody types on purpose, the same ones for the same seed.</summary>
internal sealed class RandomDrafts(int seed)
{
    private static readonly string[] Words =
    [
        "order", "Re:", "AW:", "Grüße", "Łódź", "naïve", "Größenänderung", "Привет", "Ελληνικά", "日本語", "中文繁體字", "한국어", "العربية", "עברית", "हिन्दी", "ภาษาไทย",
        "👩‍👩‍👧‍👦", "🏳️‍🌈", "𝕌𝕟𝕚", "e\u0301", "\u00A0", "\u200F", "\u2028", "\u0085", "\uFEFF", "\uFFFD", "\uD83D", "\uDE00", "=?utf-8?q?x?=", "=?utf-8?B?", "?=", "=?", "=20", "=", "==",
        "\"", "\"quoted\"", "\\", "\\\\\"", "(comment)", "(", ")", "<", ">", "<a@b.example>", "a@b.example", ",", ";", ":", "group:;", "[1]", ".", "..", "--", "-- ", "%41", "%", "'", "utf-8''", "*0*=", "\t",
        "\u001B[31m", "\u0001", "\u007F", "", " ", "  ", "1", "&amp;", "<b>", "_", "+AOQ-", "begin 644 x", "From ",
    ];

    private static readonly string[] Lines =
    [
        "", " ", ".", "..", ". dot", "From here", ">From", " From", "From:", "trailing ", "tab\t", "-- ", "--", "--=_x", "> quoted", "=\tx", "=", "=3D", "\t", "é", "日本語のテキスト", "👍🏽", "\uD800 alone", "\u000B\u000C", "begin 644 a.txt", "~", "end",
    ];

    private static readonly string[] Breaks = ["\n", "\r\n", "\r", "\n\n", "\r\r\n", "\n\r"];

    private static readonly string[] Locals = ["mina", "a.b", "a+b=c", "x!#$%&'*+-/=?^_`{|}~", "\"a b\"", "\"a@b\"", "\"a,b;c:d\"", "\"(x)\"", "\"\\\"\"", "\"a\\\\b\"", "a..b", ".a", "a.", "0", "\"<>\"", "\"..\""];

    private static readonly string[] Domains = ["example.org", "b.example", "xn--bcher-kva.example", "bücher.example", "пример.example", "例え.example", "[192.0.2.1]", "[IPv6:2001:db8::1]", "UPPER.Example", "a-b.c_d.example", "localhost"];

    private static readonly string[] Types = ["application/pdf", "image/png", "text/plain", "text/html", "text/calendar", "APPLICATION/X-Odd+xml", "message/rfc822", "message/delivery-status", "multipart/mixed", "nonsense", "", "a/b/c", "x/ y", "image/svg+xml"];

    private readonly Random _random = new(seed);

    public MailDraft Next(int number) => new()
    {
        From = Address(),
        To = Some(3, Address),
        Cc = Some(2, Address),
        ReplyTo = Some(1, Address),
        Subject = Header(12),
        Date = new DateTimeOffset(1990, 1, 1, 0, 0, 0, TimeSpan.FromMinutes(_random.Next(-56, 57) * 15)).AddSeconds(_random.Next()),
        MessageId = Id(number),
        InReplyTo = Some(1, () => Id(_random.Next())),
        References = Some(_random.Next(10) == 0 ? 60 : 4, () => Id(_random.Next())),
        AutoSubmitted = _random.Next(8) == 0 ? "auto-replied" : null,
        Text = Text(),
        Html = _random.Next(2) == 0 ? $"<p>{Text()}</p>" : null,
        Inline = Some(1, File),
        Attachments = Some(2, File),
    };

    private MailAddress Address() => new(_random.Next(4) == 0 ? "" : Header(5), $"{Pick(Locals)}@{Pick(Domains)}");

    private string Id(int number) => string.Create(CultureInfo.InvariantCulture, $"{number}.{_random.Next(100)}{(_random.Next(50) == 0 ? new string('i', 300) : "")}@{Pick(["example.com", "x", "[a]", "a..b"])}");

    /// <summary>Words with or without blanks between them; sometimes one without end.</summary>
    private string Header(int words)
    {
        var text = new StringBuilder();
        for (int i = _random.Next(words + 1); i > 0; i--)
        {
            string word = Pick(Words);
            text.Append(_random.Next(3) == 0 ? "" : " ").Append(_random.Next(60) == 0 ? string.Concat(Enumerable.Repeat(word, _random.Next(1, 400))) : word);
        }
        return text.Length > 0 && text[0] == ' ' && _random.Next(8) > 0 ? text.ToString(1, text.Length - 1) : text.ToString();
    }

    private string Text()
    {
        var text = new StringBuilder();
        for (int i = _random.Next(12); i > 0; i--)
        {
            text.Append(_random.Next(2) == 0 ? Pick(Lines) : Header(8));
            if (_random.Next(40) == 0) text.Append((char)_random.Next(0x20, 0x3000), _random.Next(1, 1200));
            text.Append(_random.Next(6) == 0 ? Pick(Breaks) : "\n");
        }
        return _random.Next(2) == 0 ? text.ToString().TrimEnd('\n') : text.ToString();
    }

    private MailFile File()
    {
        string type = Pick(Types);
        byte[] bytes = new byte[_random.Next(4) == 0 ? 0 : _random.Next(400)];
        _random.NextBytes(bytes);
        if (type == "message/rfc822") bytes = Encoding.UTF8.GetBytes($"Subject: inner {Pick(["ä", "a", "\0", ""])}\n\n{Text()}");
        string name = _random.Next(6) == 0 ? "" : $"{Header(6)}{Pick([".pdf", "", ".", ".tar.gz"])}";
        return new MailFile(name, type, bytes, _random.Next(3) == 0 ? Id(_random.Next()) : "");
    }

    private T[] Some<T>(int most, Func<T> make) => [.. Enumerable.Range(0, _random.Next(most + 1)).Select(_ => make())];

    private T Pick<T>(T[] choices) => choices[_random.Next(choices.Length)];
}
