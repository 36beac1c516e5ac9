using System.Globalization;
using System.Text;
using MailInbox.Mail.Mime;
using MailInbox.Mail.Mime.Headers;

namespace MailInbox.Tests.Mime;

/// <summary>What an IMAP server answers about a message (RFC 9051 §7.5.2), told from our parts: sections, sizes, BODY and ENVELOPE.</summary>
internal sealed class ImapFacts(byte[] raw)
{
    private readonly MimeMessage _message = MimeParser.Parse(raw);

    /// <summary>The text of a FETCH item such as <c>body[1.2.mime]</c>; null when the item says nothing of MIME.</summary>
    public string? Item(string name)
    {
        string item = name.ToLowerInvariant();
        if (item is "rfc822" or "rfc822.header" or "rfc822.text")
            return Section(item == "rfc822" ? "" : item[7..]);
        int open = item.IndexOf('[', StringComparison.Ordinal);
        if (open < 0 || item.LastIndexOf(']') is var close && close < open)
            return null;
        string section = item[(open + 1)..close];
        return item[..open] switch
        {
            "body" => Section(section),
            "binary" => Latin(Binary(section)),
            "binary.size" => Binary(section).Length.ToString(CultureInfo.InvariantCulture),
            _ => null,
        };
    }

    /// <summary>BODY: type, parameters, id, description, encoding, size and lines of each part.</summary>
    public static List<object?> Structure(MimePart part)
    {
        if (part.Parts.Count > 0)
            return [.. part.Parts.Select(p => (object?)Structure(p)), part.Type.Subtype];
        List<object?>? parameters = part.Type.Parameters.Count == 0 ? null : [.. part.Type.Parameters.SelectMany(p => (object?[])[p.Key, p.Value])];
        string size = part.RawBody.Length.ToString(CultureInfo.InvariantCulture);
        List<object?> facts = [part.Type.Kind, part.Type.Subtype, parameters, Id(part.ContentId), null, part.Encoding, size];
        string lines = part.RawBody.Span.Count((byte)'\n').ToString(CultureInfo.InvariantCulture);
        if (part.Message != null)
            return [.. facts, Envelope(part.Message), Structure(part.Message.Root), lines];
        return part.Type.Kind == "text" ? [.. facts, lines] : facts;
    }

    public List<object?> Structure() => Structure(_message.Root);

    public List<object?> Envelope() => Envelope(_message);

    private static List<object?> Envelope(MimeMessage message)
    {
        var from = People(message.From);
        return
        [
            message.Headers.First("Date") is { } date ? Latin(date.RawValue).Trim() : null,
            message.Headers.Has("Subject") ? message.Subject : null,
            from,
            People(message.Sender) ?? from,
            People(message.ReplyTo) ?? from,
            People(message.To),
            People(message.Cc),
            People(message.Bcc),
            Id(string.Join(' ', message.InReplyTo)),
            Id(message.MessageId),
        ];
    }

    private static List<object?>? People(IReadOnlyList<MailAddress> list) => list.Count == 0 ? null :
        [.. list.Where(a => a.Address.Length > 0).Select(a => (object?)Person(a.Name, a.Address.Split('@', 2)))];

    private static List<object?> Person(string name, string[] address) => [name.Length == 0 ? null : name, null, address[0], address.Length == 1 ? "" : address[1]];

    private static string? Id(string id) => id.Length == 0 ? null : $"<{id}>";

    private string Section(string section)
    {
        int words = 0;
        while (words < section.Length && (char.IsDigit(section[words]) || section[words] == '.'))
            words++;
        var part = words == 0 ? null : _message.Find(section[..words].TrimEnd('.')) ?? throw new AssertionException($"no part {section}");
        string what = section[words..];
        if (what.Length == 0)
            return Latin(part == null ? raw : part.RawBody);
        if (what == "mime")
            return Latin(_message.Raw[part!.Begin..part.HeadersEnd]);
        var message = part == null ? _message : part.Message ?? throw new AssertionException($"no message {section}");
        return what switch
        {
            "text" => Latin(message.RawBody),
            "header" => Latin(message.Raw[message.Root.Begin..message.Root.HeadersEnd]),
            _ => Fields(message, what),
        };
    }

    private static string Fields(MimeMessage message, string what)
    {
        string[] names = what[(what.IndexOf('(', StringComparison.Ordinal) + 1)..^1].Split(' ');
        bool other = what.StartsWith("header.fields.not", StringComparison.Ordinal);
        var fields = message.Headers.Where(f => names.Contains(f.Name, StringComparer.OrdinalIgnoreCase) != other);
        return string.Concat(fields.Select(f => Latin(f.Raw))) + "\r\n";
    }

    private byte[] Binary(string section) =>
        section.Length == 0 ? raw : (_message.Find(section) ?? throw new AssertionException($"no part {section}")).Decode();

    private static string Latin(ReadOnlyMemory<byte> bytes) => Encoding.Latin1.GetString(bytes.Span);
}
