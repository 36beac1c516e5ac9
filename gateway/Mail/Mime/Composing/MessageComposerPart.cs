using System.Text;

namespace MailInbox.Mail.Mime.Composing;

/// <summary>A part of the mail being written: its fields and how its body goes out.</summary>
internal sealed class MessageComposerPart
{
    private readonly string _type;
    private readonly IReadOnlyList<MessageComposerPart> _children = [];
    private readonly List<string> _parameters = [];
    private readonly List<string> _dispositionParameters = [];
    private string _disposition = "";
    private string _contentId = "";
    private readonly MessageComposerBody? _body;

    private bool IsEightBit => _body?.Encoding == "8bit" || _children.Any(child => child.IsEightBit);

    private MessageComposerPart(string type, IReadOnlyList<MessageComposerPart> children) => (_type, _children) = (type, children);

    private MessageComposerPart(string type, MessageComposerBody body) => (_type, _body) = (type, body);

    public static MessageComposerPart Multipart(string subtype, IReadOnlyList<MessageComposerPart> children)
    {
        var part = new MessageComposerPart($"multipart/{subtype}", children);
        // RFC 2387 §3.1 wants the type of the root.
        if (subtype == "related") part._parameters.Add($"type=\"{children[0]._type}\"");
        return part;
    }

    public static MessageComposerPart OfText(string subtype, string text)
    {
        var part = new MessageComposerPart($"text/{subtype}", MessageComposerBody.OfText(text));
        part._parameters.Add("charset=utf-8");
        return part;
    }

    public static MessageComposerPart OfFile(MailFile file, string disposition)
    {
        string type = IsMediaType(file.Type) ? file.Type.ToLowerInvariant() : "application/octet-stream";
        MessageComposerBody? message = type == "message/rfc822" ? MessageComposerBody.OfMessage(file.Bytes) : null;
        // RFC 2046 §5.2.1 forbids to encode a message: one that cannot go as it is goes as a file.
        if (message is null && (type.StartsWith("message/", StringComparison.Ordinal) || type.StartsWith("multipart/", StringComparison.Ordinal))) type = "application/octet-stream";
        var part = new MessageComposerPart(type, message ?? MessageComposerBody.OfBytes(file.Bytes));
        if (type.Equals(file.Type, StringComparison.OrdinalIgnoreCase)) part._parameters.AddRange(file.Parameters.Where(parameter => IsToken(parameter.Key)).SelectMany(parameter => MessageComposerParameters.Of(parameter.Key, parameter.Value)));
        part._disposition = disposition;
        part._dispositionParameters.AddRange(MessageComposerParameters.Of("filename", file.FileName));
        part._contentId = file.ContentId;
        return part;
    }

    public void Write(Stream output, MessageComposerHeaders headers, Func<string> boundary)
    {
        string border = _children.Count > 0 ? boundary() : "";
        headers.Parameters("Content-Type", _type, border.Length == 0 ? _parameters : [$"boundary=\"{border}\"", .. _parameters]);
        // RFC 2045 §6.4: what holds an 8-bit message is 8bit itself.
        if (_body is not null) headers.Words("Content-Transfer-Encoding", _body.Encoding);
        else if (IsEightBit) headers.Words("Content-Transfer-Encoding", "8bit");
        if (_disposition.Length > 0) headers.Parameters("Content-Disposition", _disposition, _dispositionParameters);
        if (_contentId.Length > 0) headers.Ids("Content-ID", [_contentId]);
        Ascii(output, headers + "\r\n");
        _body?.Write(output);
        if (_children.Count == 0) return;
        foreach (MessageComposerPart child in _children)
        {
            Ascii(output, $"\r\n--{border}\r\n");
            child.Write(output, new MessageComposerHeaders(), boundary);
        }
        Ascii(output, $"\r\n--{border}--\r\n");
    }

    private static bool IsMediaType(string type) => type.Split('/') is [var main, var sub] && IsToken(main) && IsToken(sub);

    private static bool IsToken(string text) => text.Length is > 0 and <= 100 && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '+' or '.' or '_');

    private static void Ascii(Stream output, string text) => output.Write(Encoding.ASCII.GetBytes(text));
}
