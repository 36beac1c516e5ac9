using System.Globalization;
using MailInbox.Mail.Mime;
using MailInbox.Mail.Mime.Headers;
using MailInbox.Mail.Mime.Reading;
using MailInbox.Mail.Mime.Reports;

namespace MailInbox.Host.Inspecting;

/// <summary>Prints mails for people: who, what, the tree of parts, what was wrong. Nothing of the mail reaches the terminal as a control character.</summary>
internal sealed class MailTree(TextWriter output)
{
    private const int MaxValue = 300;

    public void Write(string file, InspectedMail mail)
    {
        MimeMessage message = mail.Message;
        output.WriteLine($"{Shown(file)}  {Number(mail.Raw.Length)} bytes");
        Line("Subject", message.Subject);
        Line("From", People(message.From));
        Line("To", People(message.To));
        Line("Cc", People(message.Cc));
        Line("Reply to", People(message.ReplyTo));
        Line("Date", message.Date?.ToString("yyyy-MM-dd HH:mm:ss zzz", CultureInfo.InvariantCulture) ?? "");
        Line("Message id", message.MessageId);
        Line("Answers", string.Join(' ', message.InReplyTo));
        Line("Text body", Ids(message.TextBody));
        Line("HTML body", Ids(message.HtmlBody));
        Line("Attached", Ids(message.Attachments));
        Line("Preview", mail.Preview);
        if (mail.Automatic is { } automatic) Line("Automatic", MachineWords.Of(automatic));
        if (mail.Report is { } report) Report(report);
        Parts(mail);
        foreach (MimeDefect defect in message.Defects) Line("Defect", $"{defect.Code} at {Number(defect.Offset)}: {defect.Text}");
        output.WriteLine();
    }

    private void Report(MailReport report)
    {
        Line("Report", $"{MachineWords.Of(report.Kind)}, about <{report.OriginalMessageId}>");
        foreach (ReportedRecipient recipient in report.Recipients)
        {
            Line("", $"{recipient.Address}  {recipient.Action}  {recipient.Status}  {(recipient.Hard ? "hard" : "soft")}  {MachineWords.Of(recipient.Reason)}  {recipient.Diagnostic}");
        }
    }

    private void Parts(InspectedMail mail)
    {
        List<(string Id, string Type, int Size, string More)> rows = [];
        Stack<(MimePart Part, int Level)> left = new([(mail.Message.Root, 0)]);
        while (left.TryPop(out (MimePart Part, int Level) next))
        {
            (MimePart part, int level) = next;
            rows.Add((new string(' ', level * 2) + part.Id, part.Type.Media, mail.Of(part).Size, About(part)));
            if (part.Message is { } inner) left.Push((inner.Root, level + 1));
            foreach (MimePart child in InspectedMail.Children(part).Reverse()) left.Push((child, level + 1));
        }
        int id = rows.Max(row => row.Id.Length), type = Math.Min(40, rows.Max(row => row.Type.Length));
        foreach ((string Id, string Type, int Size, string More) row in rows)
        {
            output.WriteLine($"  {row.Id.PadRight(id)}  {Shown(row.Type).PadRight(type)}  {Number(row.Size),11}  {row.More}".TrimEnd());
        }
    }

    private static string About(MimePart part)
    {
        string[] words =
        [
            part.Encoding == "7bit" ? "" : part.Encoding,
            part.Type.Charset,
            part.Disposition,
            part.FileName.Length == 0 ? "" : $"“{part.FileName}”",
            part.ContentId.Length == 0 ? "" : $"<{part.ContentId}>",
            part.Message is null ? "" : $"Subject: {part.Message.Subject}",
        ];
        return Shown(string.Join("  ", words.Where(word => word.Length > 0)));
    }

    private void Line(string name, string value)
    {
        if (value.Length > 0) output.WriteLine($"  {name,-10}  {Shown(value)}");
    }

    private static string People(IReadOnlyList<MailAddress> people) => string.Join(", ", people.Take(20)) + (people.Count > 20 ? $" and {people.Count - 20} more" : "");

    private static string Ids(IReadOnlyList<MimePart> parts) => string.Join(' ', parts.Select(part => part.Id));

    private static string Number(int number) => number.ToString("N0", CultureInfo.InvariantCulture);

    private static string Shown(string value) => Preview.Of(value, MaxValue);
}
