using System.Text;
using MailInbox.Mail.Mime;

namespace MailInbox.Tests.Mime;

/// <summary>Small mails of our own, and the ways the tests read them.</summary>
internal static class Mails
{
    public const string Plain = "From: Anna Example <anna@example.org>\nTo: help@example.net\nSubject: Printer\nDate: Mon, 3 Nov 2025 10:20:30 +0100\n"
        + "Message-ID: <one@example.org>\n\nThe printer is on fire.\n";

    public const string Mixed = "From: anna@example.org\nSubject: =?utf-8?Q?Gr=C3=BC=C3=9Fe?=\nMIME-Version: 1.0\n"
        + "Content-Type: multipart/mixed; boundary=\"outer\"\n\npreamble\n--outer\nContent-Type: multipart/alternative; boundary=inner\n\n"
        + "--inner\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\nGr=C3=BC=C3=9F=\n Gott\n"
        + "--inner\nContent-Type: text/html\n\n<p>Hello</p>\n--inner--\n"
        + "--outer\nContent-Type: application/pdf; name=\"bill.pdf\"\nContent-Transfer-Encoding: base64\nContent-Disposition: attachment\n\nJVBERi0x\n"
        + "--outer\nContent-Type: message/rfc822\n\nSubject: Inner mail\nContent-Type: multipart/mixed; boundary=deep\n\n"
        + "--deep\n\nfirst\n--deep\nContent-Type: image/png\nContent-ID: <logo@x>\n\nPNG\n--deep--\n--outer--\nepilogue\n";

    public const string Encoded = "Subject: forwarded\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nsee below\n--b\nContent-Type: message/rfc822\n"
        + "Content-Transfer-Encoding: base64\n\nU3ViamVjdDogaW5uZXIKQ29udGVudC1UeXBlOiB0ZXh0L3BsYWluCgpoZWxsbwo=\n--b--\n";

    public const string Odd = "\n\nFrom x@example.org Mon Jan 1\nReceived: from a (b [192.0.2.1])\n\tby c with ESMTP id 1\n\tfor <d@e.example>; Tue, 1 Jul 2003 10:52:37 +0200\n"
        + "From: \"Doe, Jane\" <jane@example.org>, team: x@y.example, =?iso-8859-1?Q?J=F6rg?= <j@z.example>;\nSubject: r\u00E9sum\u00E9 =?utf-8?B?w6k=?=\n"
        + "Content-Type: text/plain; charset*0=iso-; charset*1=8859-1\nContent-Disposition: inline; filename*=utf-8''na%C3%AFve.txt\nReferences: <a@b>\n <c@d>\n\nbody\0\r--b\rmore\r\n";

    public static IReadOnlyList<string> All { get; } = [Plain, Mixed, Encoded, Odd];

    public static byte[] Bytes(string mail) => Encoding.UTF8.GetBytes(mail);

    public static MimeMessage Parse(string mail, MimeLimits? limits = null) => MimeParser.Parse(Bytes(mail), limits);

    /// <summary>Asks a message for everything it can tell, so that nothing is left that could throw.</summary>
    public static long Exhaust(MimeMessage message) => FullReading.Of(message);

    /// <summary>Offsets lie within the message and within the parent, in order; raw slices are where the offsets say.</summary>
    public static void CheckOffsets(MimeMessage message)
    {
        var left = new Stack<(MimeMessage Message, MimePart Part)>([(message, message.Root)]);
        while (left.TryPop(out var item))
        {
            var (owner, part) = item;
            int length = owner.Raw.Length;
            bool ordered = part.Begin >= 0 && part.Begin <= part.HeadersEnd && part.HeadersEnd <= part.End && part.End <= length;
            Assert.That(ordered, Is.True, $"{part.Id}: {part.Begin} {part.HeadersEnd} {part.End} of {length}");
            // The parts of an encoded multipart count in its decoded bytes.
            bool decoded = part.Type.IsMultipart && part.Encoding is "base64" or "quoted-printable" or "x-uuencode";
            int at = decoded ? 0 : part.HeadersEnd;
            if (decoded)
                owner = part.Parts.Count == 0 ? owner : MimeParser.Parse(part.Decode());
            foreach (var child in part.Parts)
            {
                Assert.That(child.Begin >= at && child.End <= (decoded ? owner.Raw.Length : part.End), Is.True, $"{child.Id} lies outside {part.Id}");
                at = child.End;
                left.Push((owner, child));
            }
            if (part.Message is { } inner)
                left.Push((inner, inner.Root));
        }
    }
}
