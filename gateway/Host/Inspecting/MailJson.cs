using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using MailInbox.Mail.Mime;
using MailInbox.Mail.Mime.Headers;
using MailInbox.Mail.Mime.Reports;

namespace MailInbox.Host.Inspecting;

/// <summary>
/// Writes mails as JSON, one document a line. Missing words are empty strings; null are <c>date</c>, <c>text</c>, <c>message</c>,
/// <c>report</c> and <c>auto</c> where there is none. Line ends of <c>text</c> are LF. Offsets count in the bytes of the file, and inside a
/// message or multipart that is itself encoded in its decoded bytes.
/// </summary>
internal sealed class MailJson(Stream output) : IDisposable
{
    /// <summary>Half a surrogate pair becomes U+FFFD.</summary>
    private readonly Utf8JsonWriter _json = new(output, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    public void Write(InspectedMail mail)
    {
        MimeMessage message = mail.Message;
        _json.WriteStartObject();
        _json.WriteNumber("size", mail.Raw.Length);
        _json.WriteString("sha256", Convert.ToHexStringLower(SHA256.HashData(mail.Raw.Span)));
        Headers(message);
        _json.WriteString("subject", message.Subject);
        People("from", message.From);
        People("to", message.To);
        People("cc", message.Cc);
        People("reply_to", message.ReplyTo);
        if (message.Date is { } date) _json.WriteString("date", date);
        else _json.WriteNull("date");
        _json.WriteString("message_id", message.MessageId);
        Words("in_reply_to", message.InReplyTo);
        Words("references", message.References);
        Defects(message);
        _json.WritePropertyName("root");
        Part(mail, message.Root);
        Words("text_body", message.TextBody.Select(part => part.Id));
        Words("html_body", message.HtmlBody.Select(part => part.Id));
        Words("attachments", message.Attachments.Select(part => part.Id));
        _json.WriteString("preview", mail.Preview);
        _json.WriteString("reply_text", mail.ReplyText);
        Report(mail.Report);
        if (mail.Automatic is { } automatic) _json.WriteString("auto", MachineWords.Of(automatic));
        else _json.WriteNull("auto");
        _json.WriteEndObject();
        EndLine();
    }

    public void Dispose() => _json.Dispose();

    private void Headers(MimeMessage message)
    {
        _json.WriteStartArray("headers");
        foreach (HeaderField field in message.Headers)
        {
            _json.WriteStartObject();
            _json.WriteString("name", field.Name);
            _json.WriteString("value", field.Text);
            _json.WriteEndObject();
        }
        _json.WriteEndArray();
    }

    private void People(string name, IReadOnlyList<MailAddress> people)
    {
        _json.WriteStartArray(name);
        foreach (MailAddress person in people)
        {
            _json.WriteStartObject();
            _json.WriteString("name", person.Name);
            _json.WriteString("address", person.Address);
            _json.WriteEndObject();
        }
        _json.WriteEndArray();
    }

    private void Words(string name, IEnumerable<string> words)
    {
        _json.WriteStartArray(name);
        foreach (string word in words) _json.WriteStringValue(word);
        _json.WriteEndArray();
    }

    private void Defects(MimeMessage message)
    {
        _json.WriteStartArray("defects");
        foreach (MimeDefect defect in message.Defects)
        {
            _json.WriteStartObject();
            _json.WriteString("code", defect.Code);
            _json.WriteNumber("offset", defect.Offset);
            _json.WriteString("text", defect.Text);
            _json.WriteEndObject();
        }
        _json.WriteEndArray();
    }

    /// <summary>Calls itself for what is inside, as deep as <see cref="MimeLimits.Depth"/> lets the parser go.</summary>
    private void Part(InspectedMail mail, MimePart part)
    {
        _json.WriteStartObject();
        _json.WriteString("id", part.Id);
        _json.WriteString("type", part.Type.Media);
        Parameters(part);
        _json.WriteString("charset", part.Type.Charset);
        _json.WriteString("disposition", part.Disposition);
        _json.WriteString("filename", part.FileName);
        _json.WriteString("content_id", part.ContentId);
        _json.WriteString("encoding", part.Encoding);
        _json.WriteNumber("begin", part.Begin);
        _json.WriteNumber("headers_end", part.HeadersEnd);
        _json.WriteNumber("end", part.End);
        _json.WriteNumber("size", mail.Of(part).Size);
        _json.WriteString("sha256", mail.Of(part).Sha256);
        if (InspectedMail.IsText(part)) _json.WriteString("text", part.Text(int.MaxValue));
        else _json.WriteNull("text");
        // What is written so far leaves the memory.
        _json.Flush();
        _json.WriteStartArray("parts");
        foreach (MimePart child in InspectedMail.Children(part)) Part(mail, child);
        _json.WriteEndArray();
        _json.WritePropertyName("message");
        if (part.Message is { } inner) Part(mail, inner.Root);
        else _json.WriteNullValue();
        _json.WriteEndObject();
    }

    private void Parameters(MimePart part)
    {
        HashSet<string> seen = new(StringComparer.OrdinalIgnoreCase);
        _json.WriteStartObject("parameters");
        foreach ((string name, string value) in part.Type.Parameters)
        {
            if (seen.Add(name)) _json.WriteString(name, value);
        }
        _json.WriteEndObject();
    }

    private void Report(MailReport? report)
    {
        _json.WritePropertyName("report");
        if (report is null)
        {
            _json.WriteNullValue();
            return;
        }
        _json.WriteStartObject();
        _json.WriteString("kind", MachineWords.Of(report.Kind));
        _json.WriteStartArray("recipients");
        foreach (ReportedRecipient recipient in report.Recipients)
        {
            _json.WriteStartObject();
            _json.WriteString("address", recipient.Address);
            _json.WriteString("action", recipient.Action);
            _json.WriteString("status", recipient.Status);
            _json.WriteString("diagnostic", recipient.Diagnostic);
            _json.WriteBoolean("hard", recipient.Hard);
            _json.WriteString("reason", MachineWords.Of(recipient.Reason));
            _json.WriteEndObject();
        }
        _json.WriteEndArray();
        _json.WriteString("original_message_id", report.OriginalMessageId);
        _json.WriteEndObject();
    }

    private void EndLine()
    {
        _json.Flush();
        _json.Reset();
        output.WriteByte((byte)'\n');
    }
}
