using System.Text;

namespace MailInbox.Mail.Smtp.Dialogue;

/// <summary>Puts one reply together from its lines (RFC 5321 §4.2.1), bare LF tolerated.</summary>
internal sealed class SmtpReplyParser
{
    /// <summary>Takes a line; null while more belong to the reply.</summary>
    /// <exception cref="IOException">Not SMTP, or beyond the limits.</exception>
    public SmtpReply? Take(ReadOnlySpan<byte> line)
    {
        _size += line.Length;
        if (++_lines > MaxLines || _size > MaxSize)
            throw new IOException("The server's reply is too long.");
        int code = Code(line);
        if (_lines > 1 && code != _code)
            throw NotSmtp();
        _code = code;
        bool more = line.Length > 3 && line[3] == '-';
        Append(line.Length > 4 ? line[4..] : default);
        return more ? null : new SmtpReply(_code, _status, _text.ToString());
    }

    private const int MaxLines = 512;
    private const int MaxSize = 64 << 10;

    private readonly StringBuilder _text = new();
    private string _status = "";
    private int _lines, _size, _code;

    private static int Code(ReadOnlySpan<byte> line)
    {
        bool good = line.Length >= 3 && line[0] is >= (byte)'2' and <= (byte)'5'
            && char.IsAsciiDigit((char)line[1]) && char.IsAsciiDigit((char)line[2])
            && (line.Length == 3 || line[3] is (byte)' ' or (byte)'-');
        return good ? (line[0] - '0') * 100 + (line[1] - '0') * 10 + line[2] - '0' : throw NotSmtp();
    }

    private void Append(ReadOnlySpan<byte> words)
    {
        string text = string.Concat(Encoding.UTF8.GetString(words).Where(letter => !char.IsControl(letter)));
        int length = StatusLength(text);
        if (length > 0)
        {
            _status = text[..length];
            text = text[length..].TrimStart();
        }
        if (_lines > 1)
            _text.Append('\n');
        _text.Append(text);
    }

    /// <summary>Length of an enhanced status code (RFC 2034) at the start that agrees with the reply code; 0 when there is none.</summary>
    private int StatusLength(string text)
    {
        int length = text.IndexOf(' ', StringComparison.Ordinal);
        length = length < 0 ? text.Length : length;
        string[] parts = text[..length].Split('.');
        bool good = parts.Length == 3 && parts[0].Length == 1 && parts[0][0] - '0' == _code / 100
            && parts.All(part => part.Length is > 0 and <= 3 && part.All(char.IsAsciiDigit));
        return good ? length : 0;
    }

    private static IOException NotSmtp() => new("The server's reply is not SMTP.");
}
