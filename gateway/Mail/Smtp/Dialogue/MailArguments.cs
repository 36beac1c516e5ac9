using System.Buffers.Text;

namespace MailInbox.Mail.Smtp.Dialogue;

/// <summary>What stands behind MAIL and RCPT.</summary>
/// <param name="Path">Reverse or forward path.</param>
/// <param name="Size">SIZE= in bytes (RFC 1870); null when not given.</param>
internal readonly record struct MailArguments(SmtpPath Path, long? Size)
{
    /// <summary>Reads <c>FROM:&lt;path&gt; SIZE=n BODY=…</c>.</summary>
    /// <exception cref="SmtpRefusal">501 for bad syntax, 555 for a parameter that was not offered.</exception>
    public static MailArguments ReadMail(ReadOnlySpan<byte> argument)
    {
        SmtpPath path = SmtpPathParser.Read(Behind(argument, "FROM:"u8), out ReadOnlySpan<byte> rest);
        long? size = null;
        bool body = false;
        while (NextParameter(ref rest, out ReadOnlySpan<byte> key, out ReadOnlySpan<byte> value))
        {
            if (Is(key, "SIZE"u8) && size is null)
                size = Utf8Parser.TryParse(value, out long number, out int used) && used == value.Length && number >= 0 && value[0] != '+'
                    ? number
                    : throw new SmtpRefusal(501, "5.5.4", "Bad SIZE");
            else if (Is(key, "BODY"u8) && !body)
                body = Is(value, "7BIT"u8) || Is(value, "8BITMIME"u8) ? true : throw new SmtpRefusal(501, "5.5.4", "Bad BODY");
            else
                throw UnknownParameter();
        }
        return new MailArguments(path, size);
    }

    /// <summary>Reads <c>TO:&lt;path&gt;</c>. Addresses that ask us to relay are refused, whoever's domain they end with.</summary>
    public static MailArguments ReadRcpt(ReadOnlySpan<byte> argument)
    {
        SmtpPath path = SmtpPathParser.Read(Behind(argument, "TO:"u8), out ReadOnlySpan<byte> rest);
        if (path.IsNull)
            throw new SmtpRefusal(501, "5.1.3", "Bad recipient address syntax");
        if (path.LocalPart.AsSpan().ContainsAny('%', '!', '@'))
            throw new SmtpRefusal(550, "5.7.1", "Relaying denied");
        return rest.IsEmpty ? new MailArguments(path, null) : throw UnknownParameter();
    }

    private static ReadOnlySpan<byte> Behind(ReadOnlySpan<byte> argument, ReadOnlySpan<byte> word) =>
        argument.Length >= word.Length && Is(argument[..word.Length], word)
            ? argument[word.Length..]
            : throw new SmtpRefusal(501, "5.5.4", $"Expected {System.Text.Encoding.ASCII.GetString(word)}<address>");

    private static bool NextParameter(ref ReadOnlySpan<byte> rest, out ReadOnlySpan<byte> key, out ReadOnlySpan<byte> value)
    {
        rest = rest.TrimStart((byte)' ');
        int space = rest.IndexOf((byte)' ');
        ReadOnlySpan<byte> word = space < 0 ? rest : rest[..space];
        rest = rest[word.Length..];
        int equals = word.IndexOf((byte)'=');
        key = equals < 0 ? word : word[..equals];
        value = equals < 0 ? default : word[(equals + 1)..];
        return !word.IsEmpty;
    }

    private static bool Is(ReadOnlySpan<byte> text, ReadOnlySpan<byte> word) => System.Text.Ascii.EqualsIgnoreCase(text, word);

    private static SmtpRefusal UnknownParameter() => new(555, "5.5.4", "Parameter not supported");
}
