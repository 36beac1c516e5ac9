using System.Text;
using System.Text.RegularExpressions;
using MailInbox.Mail.Mime;

namespace MailInbox.Tests.Mime.Reports.Shapes;

/// <summary>How one mail system writes that a mail did not arrive.</summary>
/// <param name="Name">The system.</param>
/// <param name="Template">
/// The notice. <c>WHOM</c> stands for the recipient, <c>REPLY</c> for the reply of its server, <c>STATUS</c> and <c>CODE</c> for the
/// enhanced and the plain code of that, <c>HEADERS</c> for the header of the returned mail.
/// </param>
internal sealed record BounceShape(string Name, string Template)
{
    public const string Recipient = "sam.lee@dest.example";

    public const string MessageId = "c0ffee00c0ffee00c0ffee00c0ffee00@ourco.example";

    private const string Headers = "Received: from app.ourco.example (app.ourco.example [192.0.2.7])\n\tby mx.ourco.example with ESMTP id 4Fz\n\tfor <WHOM>; Tue, 4 Nov 2025 10:00:00 +0000\n"
        + "From: Support <help@ourco.example>\nTo: Sam Lee <WHOM>\nSubject: Your order\nDate: Tue, 4 Nov 2025 10:00:00 +0000\nMessage-ID: <" + MessageId + ">\nMIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n";

    /// <summary>Whether the notice returns enough to know the mail.</summary>
    public bool NamesMail => Template.Contains("HEADERS", StringComparison.Ordinal);

    public MimeMessage For(string reply)
    {
        string status = Regex.Match(reply, @"\b[245]\.\d\.\d{1,3}\b") is { Success: true } found ? found.Value : reply[0] + ".0.0";
        string text = Template.ReplaceLineEndings("\n").Replace("HEADERS", Headers.TrimEnd('\n'), StringComparison.Ordinal)
            .Replace("REPLY", reply, StringComparison.Ordinal).Replace("STATUS", status, StringComparison.Ordinal)
            .Replace("CODE", reply[..3], StringComparison.Ordinal).Replace("WHOM", Recipient, StringComparison.Ordinal);
        return MimeParser.Parse(Encoding.UTF8.GetBytes(text));
    }

    public override string ToString() => Name;
}
