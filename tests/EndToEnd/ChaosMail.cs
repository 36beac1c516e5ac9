using System.Globalization;
using System.Text;
using MailInbox.Tests.Support;

namespace MailInbox.Tests.EndToEnd;

/// <summary>Mails of a folder as people have it: short ones in threads, pages with pictures, large files, and many that differ in nothing but their Message-ID.</summary>
internal static class ChaosMail
{
    private const int Wrapped = 76;

    /// <summary>Number <paramref name="number"/> of a run.</summary>
    public static LoadMail Make(string run, long number) => number switch
    {
        _ when number % 97 == 41 => Filed(run, number, 300_000),
        _ when number % 23 == 7 => Filed(run, number, 20_000),
        _ when number % 7 == 3 => Same(run, number),
        _ when number % 11 == 5 => Page(run, number),
        _ => LoadMail.Make(run, number, 300 + (int)(number % 13 * 250)),
    };

    private static LoadMail Same(string run, long number) => Compose(run, number, "Alarm of pump 3",
        "Content-Type: text/plain\r\n\r\nPump 3 stands still.\r\n\r\n.\r\n..\r\nA1 OK done)\r\n* BYE\r\n");

    private static LoadMail Page(string run, long number) => Compose(run, number, "Offer with a page",
        $"Content-Type: multipart/alternative; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nGrüße {number}\r\n--b\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p>Grüße <b>{number}</b></p>\r\n--b--");

    private static LoadMail Filed(string run, long number, int size)
    {
        byte[] file = new byte[size / Wrapped * 57];
        new Random((int)number).NextBytes(file);
        string text = Convert.ToBase64String(file, Base64FormattingOptions.InsertLineBreaks);
        return Compose(run, number, "A file", $"Content-Type: multipart/mixed; boundary=m\r\n\r\n--m\r\nContent-Type: text/plain\r\n\r\nSee the file.\r\n--m\r\nContent-Type: application/octet-stream; name=data.bin\r\nContent-Transfer-Encoding: base64\r\n\r\n{text}\r\n--m--\r\n");
    }

    private static LoadMail Compose(string run, long number, string subject, string rest)
    {
        string id = string.Create(CultureInfo.InvariantCulture, $"{run}.{number}@load.example");
        const string From = "pump@plant.example";
        return new LoadMail(id, From, Encoding.UTF8.GetBytes($"From: {From}\r\nTo: support@example.com\r\nDate: Fri, 20 Nov 2026 09:14:00 +0100\r\nMessage-ID: <{id}>\r\nSubject: {subject}\r\nMIME-Version: 1.0\r\n{rest}"));
    }
}
