namespace MailInbox.Tests.Mime;

internal sealed partial record MimeBomb
{
    private const string Daemon = "Return-Path: <>\nFrom: MAILER-DAEMON@a.example\nSubject: Undelivered Mail Returned to Sender\nAuto-Submitted: auto-replied\n";
    private const string Report = Daemon + "Content-Type: multipart/report; report-type=delivery-status; boundary=b\n\n";

    /// <summary>Mail of machines, and texts whose charset is to be told.</summary>
    private static IEnumerable<MimeBomb> Machines()
    {
        yield return new("returned recipients", n => [Report, "--b\nContent-Type: message/delivery-status\n\n", .. Times("Final-Recipient: rfc822; a@b.example\nAction: failed\nStatus: 5.1.1\n\n", n / 67)]);
        yield return new("returned diagnostics", n => [Report, "--b\nContent-Type: message/delivery-status\n\nFinal-Recipient: rfc822; a@b.example\nAction: failed\nDiagnostic-Code: smtp; 550\n", .. Times(" 5.1.1 a\n", n / 9)]);
        yield return new("returned words", n => [Daemon, "\n", .. Times("<a@b.example>: 550 5.1.1 User unknown, mailbox is full\n", n / 55)]);
        yield return new("returned addresses", n => [Daemon, "\nThe following addresses had permanent fatal errors:\n", .. Numbered(n / 20, i => $"<a{i:D6}@b.example>\n")]);
        yield return new("returned addresses on a line", n => [Daemon, "\nfailed: ", .. Numbered(n / 20, i => $"<a{i:D6}@b.example>,")]);
        yield return new("returned headers", n => [Daemon, "\n", .. Times("----- Original message -----\nMessage-ID: <a@b>\nTo: a@b\n", n / 57)]);
        yield return new("returned mail", n => [Report, "--b\nContent-Type: text/rfc822-headers\n\nMessage-ID: <a@b>\n", .. Times("To: a@b.example\n", n / 16)]);
        yield return new("returned mails", n => [Report, .. Times("--b\nContent-Type: message/rfc822\n\nMessage-ID: <a@b>\n\na\n", n / 56)]);
        yield return new("failed recipients", n => [Daemon, "X-Failed-Recipients: ", .. Times("a@b.example, ", n / 13), "\n\nfailed\n"]);
        yield return new("returned by a service", n => ["From: no-reply@a.example\nSubject: Notification\nAuto-Submitted: auto-generated\n\n{\"notificationType\":", .. Times("[[[[[[[[[[", n / 10)]);
        yield return new("receipt", n => [Daemon, "Content-Type: multipart/report; report-type=disposition-notification; boundary=b\n\n--b\nContent-Type: message/disposition-notification\n\n", .. Times("Disposition: a/b; displayed\n", n / 28)]);
        yield return new("complaint", n => [Daemon, "Content-Type: multipart/report; report-type=feedback-report; boundary=b\n\n--b\nContent-Type: message/feedback-report\n\n", .. Times("Removal-Recipient: a@b.example\n", n / 31)]);
        yield return new("verdicts", n => ["Authentication-Results: a.example", .. Times("; dkim=pass header.d=a.example", n / 30), "\n\n"]);
        yield return new("verdict fields", n => [.. Times("Authentication-Results: a.example; dkim=pass (a) header.d=a; spf=fail\n", n / 70), "\n"]);
        yield return new("remarks on verdicts", n => ["Authentication-Results: a.example; dkim=pass ", .. Times("((((((((((", n / 10), "\n\n"]);
        yield return new("different references", n => ["References: ", .. Numbered(n / 15, i => $"<{i:D7}@b.ex> \n "), "\n\n"]);
        yield return new("list fields", n => ["List-Unsubscribe: ", .. Times("<http://a.example/b>, ", n / 22), "\n\n"]);

        yield return new("bytes of no charset", n => ["\n", .. Numbered(n / 100, i => string.Create(100, i, (text, seed) => Fill(text, seed, 0x80, 0xFF)))]);
        yield return new("bytes of all kinds", n => ["\n", .. Numbered(n / 100, i => string.Create(100, i, (text, seed) => Fill(text, seed, 0x20, 0xFF)))]);
        foreach (string charset in (string[])["utf-8", "gb18030", "big5", "shift_jis", "euc-jp", "euc-kr", "iso-2022-jp", "hz-gb-2312", "utf-16", "utf-32", "koi8-r", "x-unknown"])
            yield return new($"bytes that are no {charset}", n => [$"Content-Type: text/plain; charset={charset}\n\n", .. Numbered(n / 100, i => string.Create(100, i, (text, seed) => Fill(text, seed, 0x80, 0xFF)))]);
        yield return new("beginnings of UTF-8", n => ["Content-Type: text/plain; charset=utf-8\n\n", .. Times("\u00C3\u00E2\u0082\u00F0\u009F\u0098", n / 6)]);
        yield return new("text of three bytes", n => ["Content-Type: text/plain; charset=utf-8\n\n", .. Times("\u00E4\u00B8\u00AD", n / 3)]);
        yield return new("text of three bytes in base64", n => ["Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64\n\n", .. Times("5Lit", n / 4)]);
        yield return new("text in quoted-printable", n => ["Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\n", .. Times("=E4=B8=AD=\n", n / 11)]);
        yield return new("short lines", n => ["\n", .. Times("a\n", n / 2)]);
        yield return new("lines that end in a colon", n => ["\n", .. Times("aaaa bbbb 12:\n", n / 14)]);
        yield return new("attributions", n => ["\n", .. Times("On 1 Jan 2024 at 10:00, a wrote\n", n / 32)]);
        yield return new("labels", n => ["\n", .. Times("From: a\nTo: b\n", n / 14)]);
        yield return new("fences", n => ["\n", .. Times("```\n", n / 4)]);
    }

    /// <summary>Bytes that look random and are the same at each run.</summary>
    private static void Fill(Span<char> text, int seed, int least, int most)
    {
        uint state = ((uint)seed * 2_654_435_761) + 1;
        foreach (ref char c in text)
        {
            state = (state * 1_664_525) + 1_013_904_223;
            c = (char)(least + (state >> 16) % (uint)(most - least + 1));
        }
    }
}
