using System.Diagnostics;
using MailInbox.Mail.Mime;

namespace MailInbox.Tests.Mime;

/// <summary>Large mails made to hurt. Times are printed, not asserted; what is asserted is that limits hold and every question is answered.</summary>
public sealed class MimeBombTests
{
    private static IEnumerable<TestCaseData> Bombs()
    {
        yield return Bomb("10000 headers", _ => Repeat("X-Header: some value of it\n", 10_000) + "\nbody");
        yield return Bomb("500000 From fields", n => Repeat("From: a@b.example\n", n / 18) + "\nbody");
        yield return Bomb("one long field", n => $"Subject: {new string('a', n)}\n\nbody");
        yield return Bomb("one long line without colon", n => new string('a', n));
        yield return Bomb("one long body line", n => "Subject: a\n\n" + new string('a', n));
        yield return Bomb("blank lines", n => new string('\n', n) + "Subject: a\n\nbody");
        yield return Bomb("returns", n => "Subject: a" + new string('\r', n));
        yield return Bomb("NULs", n => "Subject: " + new string('\0', n / 2) + "\n\n" + new string('\0', n / 2));
        yield return Bomb("many parts", n => "Content-Type: multipart/mixed; boundary=b\n\n" + Repeat("--b\n", n / 4));
        yield return Bomb("dashes", n => "Content-Type: multipart/mixed; boundary=b\n\n" + new string('-', n));
        yield return Bomb("dash lines in 100 levels", n => Nested(100) + Repeat("--\n", n / 3));
        yield return Bomb("shared prefixes", n => "Content-Type: multipart/mixed; boundary=" + new string('b', 900) + "\n\n" + Repeat("--" + new string('b', 899) + "\n", n / 902));
        yield return Bomb("depth", n => Nested(n / 50));
        yield return Bomb("messages in messages", n => Repeat("Content-Type: message/rfc822\n\n", n / 30));
        yield return Bomb("quoted-printable messages", n => Repeat("Content-Type: message/rfc822\nContent-Transfer-Encoding: quoted-printable\n\n", n / 73));
        yield return Bomb("parentheses", n => $"From: {new string('(', n / 2)}\nDate: {new string('(', n / 2)}\n\n");
        yield return Bomb("encoded words", n => $"Subject: {Repeat("=?utf-8?Q?a?= ", n / 14)}\n\n");
        yield return Bomb("beginnings of words", n => $"Subject: {Repeat("=?a?q?x", n / 14)}\nFrom: {Repeat("=?a?q?x", n / 14)}\n\n");
        yield return Bomb("addresses", n => $"To: {Repeat("a@b.example, ", n / 13)}\n\n");
        yield return Bomb("commas", n => $"To: {Repeat("a,", n / 2)}\n\n");
        yield return Bomb("angles", n => $"To: {new string('<', n)}\n\n");
        yield return Bomb("quotes", n => $"To: {Repeat("\"", n)}\n\n");
        yield return Bomb("brackets", n => $"To: {Repeat("[", n)}\n\n");
        yield return Bomb("colons", n => $"To: {Repeat("a:", n / 2)}\n\n");
        yield return Bomb("references", n => $"References: {Repeat("<a@b>\n ", n / 7)}\n\n");
        yield return Bomb("open references", n => $"References: {new string('<', n)}\n\n");
        yield return Bomb("segments", n => "Content-Type: a/b" + Repeat("; name*1*=%41", n / 13) + "\n\n");
        yield return Bomb("parameters", n => "Content-Type: a/b" + Repeat(" a=b", n / 4) + "\n\n");
        yield return Bomb("slashes", n => "Content-Type: a" + new string('/', n) + "\n\n");
        yield return Bomb("blanks", n => "Content-Type: a/b; x=" + Repeat("a ", n / 2) + "\n\n");
        yield return Bomb("folds", n => "Subject: " + Repeat("a\n ", n / 3) + "\n\n");
        yield return Bomb("base64", n => "Content-Transfer-Encoding: base64\n\n" + new string('=', n));
        yield return Bomb("quoted-printable blanks", n => "Content-Transfer-Encoding: quoted-printable\n\n" + Repeat("= ", n / 2));
        yield return Bomb("utf-7", n => "Content-Type: text/plain; charset=utf-7\n\n" + new string('+', n));
        yield return Bomb("trace", n => $"Received: {Repeat("from a by b ", n / 12)}\n\n");
    }

    [TestCaseSource(nameof(Bombs))]
    public void Large_hostile_mail_is_read_within_limits(Func<int, string> write)
    {
        foreach (int size in (int[])[1_000_000, 2_000_000])
        {
            byte[] mail = Mails.Bytes(write(size));
            long started = Stopwatch.GetTimestamp();
            var message = MimeParser.Parse(mail);
            double parsed = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
            Mails.Exhaust(message);
            TestContext.Out.WriteLine($"{mail.Length,9} bytes: parsed in {parsed:0.0} ms, exhausted in {Stopwatch.GetElapsedTime(started).TotalMilliseconds:0.0} ms");
            Assert.That(message.AllParts().Count(), Is.LessThanOrEqualTo(MimeLimits.Default.Parts + 1));
            Assert.That(message.AllParts().Max(p => p.Depth), Is.LessThanOrEqualTo(MimeLimits.Default.Depth));
            Assert.That(message.Defects, Has.Count.LessThanOrEqualTo(MimeLimits.Default.Defects));
            Assert.That(message.Root.End, Is.EqualTo(mail.Length));
        }
    }

    private static TestCaseData Bomb(string name, Func<int, string> write) => new TestCaseData(write).SetArgDisplayNames(name);

    private static string Repeat(string text, int count) => string.Concat(Enumerable.Repeat(text, count));

    private static string Nested(int levels) =>
        string.Concat(Enumerable.Range(0, levels).Select(i => $"Content-Type: multipart/mixed; boundary=b{i}\n\n--b{i}\n"));
}
