using System.Text;

namespace MailInbox.Tests.Mime;

/// <summary>A mail made to hurt: <paramref name="Write"/> gives the pieces of one of about so many bytes.</summary>
internal sealed partial record MimeBomb(string Name, Func<int, IEnumerable<string>> Write)
{
    private const string Html = "Content-Type: text/html\n\n";
    private const string Mixed = "Content-Type: multipart/mixed; boundary=b\n\n";

    public static IReadOnlyList<MimeBomb> All { get; } =
    [
        // The header as a whole.
        new("From fields", n => [.. Times("From: a@bc.example\r\n", n / 20), "\nbody"]),
        new("small fields", n => [.. Times("X-Header: some value of it\n", n / 27), "\nbody"]),
        new("one long field", n => ["Subject: ", .. Times(new string('a', 100), n / 100), "\n\nbody"]),
        new("one long line without colon", n => Times(new string('a', 100), n / 100)),
        new("lines that are no fields", n => [.. Times("no field\nno field\nno field\nX-A: b\n", n / 34), "\nbody"]),
        new("one long body line", n => ["Subject: a\n\n", .. Times(new string('a', 100), n / 100)]),
        new("blank lines before the header", n => [.. Times("\n\n\n\n\n\n\n\n\n\n", n / 10), "Subject: a\n\nbody"]),
        new("blank lines alone", n => Times("\r\n\r\n\r\n\r\n\r\n", n / 10)),
        new("returns", n => ["Subject: a", .. Times("\r\r\r\r\r\r\r\r\r\r", n / 10)]),
        new("odd line ends", n => ["Subject: a\n\n", .. Times("a\r\r\nb\rc\r\nd\n", n / 12)]),
        new("NULs", n => ["Subject: ", .. Times(new string('\0', 10), n / 20), "\n\n", .. Times(new string('\0', 10), n / 20)]),
        new("folds", n => ["Subject: ", .. Times("a\n ", n / 3), "\n\n"]),
        new("lost folds", n => ["Content-Type: text/plain; x=", .. Times(new string('a', 100), n / 300), ";\n", .. Times("a=b;\n", n / 8), "\nbody"]),
        new("mailbox lines", n => [.. Times("From a@b.example Mon\n", n / 21), "\nbody"]),
        new("Content-Type fields", n => [.. Times("Content-Type: multipart/mixed; boundary=b\n", n / 42), "\n--b\n\nbody\n--b--\n"]),

        // Parts.
        new("parts of 4 bytes", n => [Mixed, .. Times("--b\n\n", n / 5)]),
        new("parts with a header", n => [Mixed, .. Times("--b\nContent-Type: a/b\n\n", n / 23)]),
        new("ends", n => [Mixed, "--b\n\na\n", .. Times("--b--\n", n / 6)]),
        new("depth", n => Nested(n / 100, i => $"Content-Type: multipart/mixed;\n boundary=b{i:D8}\nX-Padding: xxxxxxxxxxxxx\n\n--b{i:D8}\n")),
        new("depth of one name", n => Times("Content-Type: multipart/mixed; boundary=b\n\n--b\n", n / 47)),
        new("messages in messages", n => Times("Content-Type: message/rfc822\n\n", n / 30)),
        new("encoded messages", n => Times("Content-Type: message/rfc822\nContent-Transfer-Encoding: quoted-printable\n\n", n / 73)),
        new("encoded multiparts", n => Nested(n / 100, i => $"Content-Type: multipart/mixed; boundary=\"=b{i}\"\nContent-Transfer-Encoding: quoted-printable\n\n--=3Db{i}\n")),
        new("dashes", n => [Mixed, .. Times("----------", n / 10)]),
        new("dashes within lines", n => [Mixed, "--b\n\n", .. Times("a -- b -- c\n", n / 12)]),
        new("dash lines in 100 levels", n => [.. Nested(99, i => $"Content-Type: multipart/mixed; boundary=b{i}\n\n--b{i}\n"), .. Times("--\n", n / 3)]),
        new("shared prefixes", n => [$"Content-Type: multipart/mixed; boundary={new string('b', 1_999)}\n\n", .. Times($"--{new string('b', 1_998)}\n", n / 2_001)]),
        new("shared prefixes in 100 levels", n => [.. Nested(99, i => $"Content-Type: multipart/mixed; boundary={new string('b', 900 + i)}\n\n--{new string('b', 900 + i)}\n"), .. Times($"--{new string('b', 899)}\n", n / 902)]),
        new("boundaries to guess", n => Nested(n / 80, i => $"--q{i:D7}\nContent-Type: multipart/mixed; boundary=never\n\n").Prepend(Mixed)),
        new("boundaries to guess, and dash lines", n => [.. Nested(99, i => $"Content-Type: multipart/mixed; boundary=never\n\n--q{i}\n"), .. Times("--\n", n / 3)]),
        new("nearly boundaries", n => [.. Nested(99, i => $"Content-Type: multipart/mixed; boundary=\"--B{i}\"\n\n"), .. Times("--b7\n", n / 5)]),
        new("ends on the last line", n => [.. Nested(99, i => $"Content-Type: multipart/mixed; boundary=b{i}\n\n--b{i}\n"), "\n", .. Times("a--b7--", n / 7)]),

        // Values of fields.
        new("segments", n => ["Content-Type: a/b", .. Nested(n / 100, i => $";\n name*{i}*=%41{new string('x', 80)}"), "\n\n"]),
        new("the same segment", n => ["Content-Type: a/b", .. Times("; name*1*=%41", n / 13), "\n\n"]),
        new("parameters", n => ["Content-Type: a/b", .. Times(" a=b", n / 4), "\n\n"]),
        new("slashes", n => ["Content-Type: a", .. Times("//////////", n / 10), "\n\n"]),
        new("blanks", n => ["Content-Type: a/b; x=", .. Times("a ", n / 2), "\n\n"]),
        new("parentheses", n => ["From: ", .. Times("((((((((((", n / 20), "\nDate: ", .. Times("((((((((((", n / 20), "\n\n"]),
        new("encoded words", n => ["Subject: ", .. Times("=?utf-8?Q?abcdef?= ", n / 19), "\n\n"]),
        new("encoded words of all charsets", n => ["Subject: ", .. Times("=?big5?B?pKSk5Q==?= =?koi8-r?Q?=C1?= ", n / 38), "\n\n"]),
        new("beginnings of words", n => ["Subject: ", .. Times("=?a?q?x", n / 14), "\nFrom: ", .. Times("=?a?q?x", n / 14), "\n\n"]),
        new("addresses", n => ["To: ", .. Times("a@b.exam, ", n / 10), "\n\n"]),
        new("groups", n => ["To: ", .. Times("a: b@c;, ", n / 9), "\n\n"]),
        new("commas", n => ["To: ", .. Times("a,", n / 2), "\n\n"]),
        new("addresses in one pair of brackets", n => ["To: <", .. Times("a@b.exam,", n / 9), "a@b>\n\n"]),
        new("angles", n => ["To: ", .. Times("<<<<<<<<<<", n / 10), "\n\n"]),
        new("quotes", n => ["To: ", .. Times("\"\"\"\"\"\"\"\"\"\"", n / 10), "\n\n"]),
        new("brackets", n => ["To: ", .. Times("[[[[[[[[[[", n / 10), "\n\n"]),
        new("colons", n => ["To: ", .. Times("a:", n / 2), "\n\n"]),
        new("references", n => ["References: ", .. Times("<a@b.ex>\n ", n / 10), "\n\n"]),
        new("open references", n => ["References: ", .. Times("<<<<<<<<<<", n / 10), "\n\n"]),
        new("trace", n => ["Received: ", .. Times("from a by b ", n / 12), "\n\n"]),
        new("trace fields", n => [.. Times("Received: from a by b; Mon, 1 Jan 2024 00:00:00 +0000\n", n / 54), "\n"]),

        // Bodies.
        new("base64 without end", n => ["Content-Transfer-Encoding: base64\n\n", .. Times("==========", n / 10)]),
        new("base64 junk", n => ["Content-Transfer-Encoding: base64\n\n", .. Times("A!b@C#d$E%", n / 10)]),
        new("base64 of few bytes", n => ["Content-Transfer-Encoding: base64\n\n", .. Times("YQ==", n / 4)]),
        new("quoted-printable signs", n => ["Content-Transfer-Encoding: quoted-printable\n\n", .. Times("==========", n / 10)]),
        new("quoted-printable blanks", n => ["Content-Transfer-Encoding: quoted-printable\n\n", .. Times("= ", n / 2)]),
        new("quoted-printable of all bytes", n => ["Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\n", .. Times("=E4=FC=80=0A", n / 12)]),
        new("utf-7", n => ["Content-Type: text/plain; charset=utf-7\n\n", .. Times("++++++++++", n / 10)]),
        new("escapes", n => ["Content-Type: text/plain; charset=iso-2022-jp\n\n", .. Times("\u001B$B", n / 3)]),
        new("uuencode beginnings", n => ["Content-Type: text/plain\n\n", .. Times("begin 644 a\n", n / 12)]),
        new("uuencode files", n => ["Content-Type: text/plain\n\n", .. Times("begin 644 a\n#86)C\n`\nend\n", n / 23)]),
        new("yEnc beginnings", n => ["Content-Type: text/plain\n\n", .. Times("=ybegin line=128 size=1 name=a\n", n / 31)]),
        new("flowed quotes", n => ["Content-Type: text/plain; format=flowed\n\n", .. Times(new string('>', 76) + " \n", n / 78)]),
        new("flowed text", n => ["Content-Type: text/plain; format=flowed; delsp=yes\n\n", .. Times("> a \n", n / 5)]),
        new("quoted text", n => ["Content-Type: text/plain\n\n", .. Times("> a\nb\nOn Monday a wrote:\n-- \n", n / 29)]),

        // HTML.
        new("open links", n => [Html, .. Times("<a ", n / 3)]),
        new("links", n => [Html, .. Times("<a href=x>", n / 10)]),
        new("boxes", n => [Html, .. Times("<div>", n / 5)]),
        new("tables", n => [Html, .. Times("<table><tr><td>", n / 15)]),
        new("entities", n => [Html, .. Times("&amp", n / 4)]),
        new("ampersands", n => [Html, .. Times("&&&&&&&&&&", n / 10)]),
        new("comments", n => [Html, .. Times("<!--", n / 4)]),
        new("styles", n => [Html, .. Times("<style>a{", n / 9)]),
        new("attributes", n => [Html, "<p ", .. Times("a=b ", n / 4)]),
        new("angle brackets", n => [Html, .. Times("<<<<<<<<<<", n / 10)]),
        new("blockquotes", n => [Html, .. Times("<blockquote type=cite>a<br>", n / 26)]),
        new("sibling quotes", n => [Html, .. Times("<div class=gmail_attr>a wrote:</div><blockquote>b</blockquote>", n / 63)]),
        .. Pages(),
        .. Files(),
        .. Machines(),
    ];

    /// <summary>The mail itself, one byte a character.</summary>
    public byte[] Bytes(int size)
    {
        using var bytes = new MemoryStream(size + 4_096);
        WriteTo(bytes, size);
        return bytes.ToArray();
    }

    public void WriteTo(Stream stream, int size)
    {
        foreach (string piece in Write(size))
            stream.Write(Encoding.Latin1.GetBytes(piece));
    }

    private static IEnumerable<string> Times(string text, int count) => Enumerable.Repeat(text, count);

    private static IEnumerable<string> Nested(int levels, Func<int, string> write) => Enumerable.Range(0, levels).Select(write);
}
