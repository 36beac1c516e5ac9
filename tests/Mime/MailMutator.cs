using System.Globalization;
using System.Text;
using MailInbox.Tests.Support;

namespace MailInbox.Tests.Mime;

/// <summary>
/// Breaks mails as the world does and as an attacker would: flipped bits, cuts, repeats, splices, swapped fields, changed boundaries,
/// encodings, charsets, numbers and line ends, wrapping. The same number of the same seed is the same mail.
/// </summary>
internal sealed class MailMutator(int seed)
{
    /// <summary>Bytes of a mutated mail at most, so that many can be read in little time.</summary>
    private const int MaxLength = 200_000;

    private const int MaxSource = 100_000;

    public static readonly string[] Pieces =
    [
        "\r\n", "\n", "\r", "\r\r\n", "\n\n", "\0", "--", "--outer", "--inner--", "--b\n", ":", ";", "=?", "?=", "=?utf-8?Q?", "=?utf-8?B?w6Q=?=", "=?x?B?", "(", ")", "\"", "\\", "<", ">", ",",
        "Content-Type: multipart/mixed; boundary=b\n\n--b\n", "Content-Type: multipart/mixed; boundary=\"\"\n\n", "Content-Type: message/rfc822\n\n", "Content-Type: text/plain; charset=utf-16\n",
        "Content-Transfer-Encoding: base64\n", "Content-Transfer-Encoding: quoted-printable\n", "Content-Disposition: attachment; filename*0*=utf-8''a%FF; filename*1=b\n", "; name*0*=utf-8''%", "*1=", "*999999999=",
        "\u00FF\u00FE", "\uFEFF", "\u001B$B", "\u001B(", "\u000E", "~{", "+AOQ", "+2AA-", "From ", "begin 644 x\n", "\n`\nend\n", "=ybegin line=128 size=9 name=x\n", "=yend size=9\n", "@", "[", "]", "\t", " ", "=\n", "=ZZ", "=",
        "<table><tr><td>", "<p style='a:url(", "<!--", "<script", "&#x110000;", "&amp", "<![CDATA[", "</", "> > > ", "\n-- \n", "On Mon, 3 Nov 2025, A wrote:\n> ", "-----Original Message-----\n",
        "Final-Recipient: rfc822; a@b\nAction: failed\nStatus: 5.1.1\n\n", "Auto-Submitted: auto-replied\n", "\u0078\u009F\u003E\u0022", "\u00E9", "\u20AC", "\u200B", "a:;b:;", "((((((((", "<<<<", "::",
    ];

    private static readonly string[] Encodings = ["7bit", "8bit", "binary", "base64", "quoted-printable", "x-uuencode", "x-yenc", "", "base64; x", "\"base64\"", "gzip", "BASE64 (c)"];

    private static readonly string[] Charsets = ["utf-8", "utf-16", "utf-16be", "utf-32", "utf-7", "iso-2022-jp", "iso-2022-kr", "hz-gb-2312", "gb18030", "big5", "shift_jis", "euc-jp", "euc-kr", "koi8-r", "windows-1252", "cp437", "x-unknown", "\"\"", "us-ascii", "johab", "1252"];

    private static readonly string[] Types =
    [
        "text/plain", "text/html", "text/plain; format=flowed; delsp=yes", "multipart/mixed; boundary=x", "multipart/alternative", "multipart/digest; boundary=\"x \"", "multipart/report; report-type=delivery-status", "message/rfc822", "message/delivery-status",
        "message/disposition-notification", "message/feedback-report", "message/partial", "application/ms-tnef", "application/octet-stream", "text/calendar; method=REQUEST", "application/pkcs7-mime", "multipart/signed", "multipart/encrypted", "text/rfc822-headers", "", "/", "text", "image/png; name=winmail.dat",
    ];

    private static readonly string[] Numbers = ["0", "-1", "00", "999999999999999999999", "4294967296", "2147483647", "2147483648", "1e9", "18446744073709551616", "0x7f"];

    private static readonly byte[][][] Sources = Read();

    /// <summary>How many mails it starts from.</summary>
    public static int Known => Sources.Sum(group => group.Length);

    public byte[] Mail(int number)
    {
        var random = new Random(unchecked(seed * 1_000_003 + number));
        byte[] mail = Source(random);
        for (int i = random.Next(1, 7); i > 0; i--)
        {
            mail = Mutate(mail, random);
            if (mail.Length > MaxLength) mail = mail[..MaxLength];
        }
        return mail;
    }

    /// <summary>Each folder of the corpus has the same chance, however many mails it holds.</summary>
    private static byte[][][] Read()
    {
        var drafts = new RandomDrafts(1);
        byte[][] own = [.. Mails.All.Select(Mails.Bytes), .. Enumerable.Range(0, 200).Select(i => MailInbox.Mail.Mime.Composing.MessageComposer.Compose(drafts.Next(i)))];
        if (Corpus.Folder is not { } folder || !Directory.Exists(folder)) return [own];
        return
        [
            own,
            .. ((string[])["*.eml", "*.msg"]).SelectMany(pattern => Corpus.Files("", pattern)).Where(file => new FileInfo(file).Length <= MaxSource)
                .GroupBy(file => Path.GetDirectoryName(file)!).OrderBy(group => group.Key, StringComparer.Ordinal).Select(group => group.Select(File.ReadAllBytes).ToArray()),
        ];
    }

    private static byte[] Source(Random random)
    {
        byte[][] group = Pick(Sources, random);
        return Pick(group, random);
    }

    private static byte[] Mutate(byte[] mail, Random random) => random.Next(16) switch
    {
        0 => Flip(mail, random),
        1 => Cut(mail, random),
        2 => Repeat(mail, random),
        3 => [.. mail[..random.Next(mail.Length + 1)], .. Tail(Source(random), random)],
        4 => SwapFields(mail, random),
        5 => ForeignField(mail, random),
        6 => Boundary(mail, random),
        7 => After(mail, "encoding:", Pick(Encodings, random), random),
        8 => After(mail, "charset=", Pick(Charsets, random), random),
        9 => After(mail, "content-type:", Pick(Types, random), random),
        10 => Number(mail, random),
        11 => LineEnds(mail, random),
        12 => Wrap(mail, random),
        13 => Noise(mail, random),
        _ => Insert(mail, random.Next(mail.Length + 1), Mails.Bytes(Pick(Pieces, random))),
    };

    private static byte[] Flip(byte[] mail, Random random)
    {
        byte[] flipped = [.. mail];
        for (int i = mail.Length == 0 ? 0 : random.Next(1, 20); i > 0; i--) flipped[random.Next(mail.Length)] ^= (byte)(1 << random.Next(8));
        return flipped;
    }

    private static byte[] Cut(byte[] mail, Random random)
    {
        int at = random.Next(mail.Length + 1);
        int length = random.Next(3) == 0 ? random.Next(mail.Length - at + 1) : Math.Min(random.Next(1, 40), mail.Length - at);
        return Replace(mail, at, length, []);
    }

    private static byte[] Repeat(byte[] mail, Random random)
    {
        int at = random.Next(mail.Length + 1);
        int length = Math.Min(random.Next(1, random.Next(2) == 0 ? 30 : 3_000), mail.Length - at);
        int times = random.Next(4) == 0 ? random.Next(1, 2_000) : random.Next(1, 4);
        byte[] piece = mail[at..(at + length)];
        times = Math.Min(times, 30_000 / Math.Max(1, length));
        return Insert(mail, random.Next(mail.Length + 1), [.. Enumerable.Repeat(piece, times).SelectMany(p => p)]);
    }

    private static byte[] Tail(byte[] mail, Random random) => mail[random.Next(mail.Length + 1)..];

    private static byte[] SwapFields(byte[] mail, Random random)
    {
        (int first, int firstEnd) = Line(mail, random.Next(Math.Min(mail.Length, 2_000) + 1));
        (int second, int secondEnd) = Line(mail, random.Next(mail.Length + 1));
        if (first > second) (first, firstEnd, second, secondEnd) = (second, secondEnd, first, firstEnd);
        return firstEnd > second ? mail : [.. mail[..first], .. mail[second..secondEnd], .. mail[firstEnd..second], .. mail[first..firstEnd], .. mail[secondEnd..]];
    }

    private static byte[] ForeignField(byte[] mail, Random random)
    {
        byte[] other = Source(random);
        (int from, int to) = Line(other, random.Next(Math.Min(other.Length, 2_000) + 1));
        (int at, _) = Line(mail, random.Next(Math.Min(mail.Length, random.Next(2) == 0 ? 1_000 : mail.Length) + 1));
        return Insert(mail, at, other[from..to]);
    }

    private static byte[] Boundary(byte[] mail, Random random)
    {
        int from = random.Next(mail.Length + 1);
        int found = mail.AsSpan(from).IndexOf("\n--"u8);
        if (found < 0) return After(mail, "boundary=", Pick(["\"a b\"", "", "\"\"", "x", "\"--\"", "a\\"], random), random);
        (int at, int end) = Line(mail, from + found + 1);
        byte[] line = mail[at..end];
        return random.Next(6) switch
        {
            0 => Replace(mail, at, line.Length, []),
            1 => Insert(mail, end, line),
            2 => Insert(mail, at + random.Next(line.Length), "--"u8.ToArray()),
            3 => Insert(mail, random.Next(mail.Length + 1), line),
            4 => Insert(mail, Math.Max(at, end - 1), Pick([" ", "\t ", "x", "--", "\r"], random).Select(c => (byte)c).ToArray()),
            _ => Replace(mail, at, Math.Min(line.Length, random.Next(1, 5)), []),
        };
    }

    /// <summary>Puts a value behind a name that stands somewhere in the mail.</summary>
    private static byte[] After(byte[] mail, string name, string value, Random random)
    {
        string text = Encoding.Latin1.GetString(mail);
        int at = text.IndexOf(name, random.Next(text.Length + 1), StringComparison.OrdinalIgnoreCase);
        if (at < 0) at = text.IndexOf(name, StringComparison.OrdinalIgnoreCase);
        if (at < 0) return Insert(mail, 0, Mails.Bytes($"Content-Type: text/plain; {name}{value}\n"));
        at += name.Length;
        int end = text.AsSpan(at).IndexOfAny(random.Next(4) == 0 ? "\n\n" : ";\n");
        return Replace(mail, at, end < 0 ? 0 : end, Encoding.Latin1.GetBytes(name.EndsWith(':') ? $" {value}" : value));
    }

    private static byte[] Number(byte[] mail, Random random)
    {
        int from = random.Next(mail.Length + 1);
        int at = mail.AsSpan(from).IndexOfAnyInRange((byte)'0', (byte)'9');
        if (at < 0) return mail;
        int length = mail.AsSpan(from + at).IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        string number = random.Next(3) == 0 ? random.NextInt64().ToString(CultureInfo.InvariantCulture) : Pick(Numbers, random);
        return Replace(mail, from + at, length < 0 ? mail.Length - from - at : length, Mails.Bytes(number));
    }

    private static byte[] LineEnds(byte[] mail, Random random)
    {
        string text = Encoding.Latin1.GetString(mail).Replace("\r\n", "\n", StringComparison.Ordinal);
        string ending = Pick(["\n", "\r\n", "\r", "\r\r\n", "\n\n", "\n\r", " \n"], random);
        int from = random.Next(2) == 0 ? 0 : random.Next(text.Length + 1);
        return Encoding.Latin1.GetBytes(text[..from] + text[from..].Replace("\n", ending, StringComparison.Ordinal));
    }

    private static byte[] Wrap(byte[] mail, Random random)
    {
        string border = Pick(["b", "=_x", "a b", "--"], random);
        byte[] head = Mails.Bytes($"Subject: outer\nContent-Type: multipart/{Pick(["mixed", "digest", "related", "alternative", "report"], random)}; boundary=\"{border}\"\n\n--{border}\n");
        byte[] end = Mails.Bytes($"\n--{border}--\n");
        byte[] encoded = Encoding.ASCII.GetBytes(Convert.ToBase64String(mail, Base64FormattingOptions.InsertLineBreaks));
        return random.Next(5) switch
        {
            0 => [.. "Content-Type: message/rfc822\n\n"u8, .. mail],
            1 => [.. "Content-Type: message/rfc822\nContent-Transfer-Encoding: base64\n\n"u8, .. encoded],
            2 => [.. head, .. mail, .. end],
            3 => [.. head, .. "Content-Type: message/rfc822\nContent-Transfer-Encoding: base64\n\n"u8, .. encoded, .. end],
            _ => [.. head, .. "Content-Type: message/rfc822\n\n"u8, .. mail, .. end],
        };
    }

    private static byte[] Noise(byte[] mail, Random random)
    {
        byte[] noise = new byte[random.Next(1, 200)];
        random.NextBytes(noise);
        int at = random.Next(mail.Length + 1);
        return Replace(mail, at, random.Next(2) == 0 ? 0 : Math.Min(noise.Length, mail.Length - at), noise);
    }

    private static (int Begin, int End) Line(byte[] mail, int at)
    {
        int begin = mail.AsSpan(0, Math.Min(at, mail.Length)).LastIndexOf((byte)'\n') + 1;
        int end = mail.AsSpan(begin).IndexOf((byte)'\n');
        return (begin, end < 0 ? mail.Length : begin + end + 1);
    }

    private static byte[] Insert(byte[] mail, int at, byte[] piece) => Replace(mail, at, 0, piece);

    private static byte[] Replace(byte[] mail, int at, int length, byte[] piece) => [.. mail.AsSpan(0, at), .. piece, .. mail.AsSpan(at + length)];

    private static T Pick<T>(T[] choices, Random random) => choices[random.Next(choices.Length)];
}
