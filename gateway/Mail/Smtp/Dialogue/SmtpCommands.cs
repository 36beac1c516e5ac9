using System.Buffers;

namespace MailInbox.Mail.Smtp.Dialogue;

/// <summary>The verb table: what can be said, and what may stand behind the verb.</summary>
internal static class SmtpCommands
{
    /// <summary>Splits a line into verb and argument.</summary>
    /// <exception cref="SmtpRefusal">Control characters, a missing argument, or one where none belongs.</exception>
    public static SmtpVerb Read(ReadOnlySpan<byte> line, out ReadOnlySpan<byte> argument)
    {
        int space = line.IndexOf((byte)' ');
        ReadOnlySpan<byte> word = space < 0 ? line : line[..space];
        argument = space < 0 ? default : line[(space + 1)..].Trim(" \t"u8);
        Entry entry = Find(word);
        if (entry.Verb == SmtpVerb.Foreign)
            return entry.Verb;
        if (line.ContainsAny(_controls))
            throw new SmtpRefusal(501, "5.5.2", "Control characters are not allowed in commands");
        if (entry.Verb == SmtpVerb.Unknown)
            throw new SmtpRefusal(500, "5.5.2", "Command not recognized");
        if (entry.Argument == Argument.Needed && argument.IsEmpty)
            throw new SmtpRefusal(501, "5.5.4", $"{entry.Word} needs an argument");
        if (entry.Argument == Argument.None && !argument.IsEmpty)
            throw new SmtpRefusal(501, "5.5.4", $"{entry.Word} takes no argument");
        return entry.Verb;
    }

    private enum Argument
    {
        None,
        Any,
        Needed,
    }

    private sealed record Entry(string Word, SmtpVerb Verb, Argument Argument)
    {
        public ulong Key { get; } = Pack(System.Text.Encoding.ASCII.GetBytes(Word));
    }

    private static readonly Entry _unknown = new("", SmtpVerb.Unknown, Argument.Any);

    private static readonly Entry[] _table =
    [
        new("MAIL", SmtpVerb.Mail, Argument.Needed),
        new("RCPT", SmtpVerb.Rcpt, Argument.Needed),
        new("DATA", SmtpVerb.Data, Argument.None),
        new("EHLO", SmtpVerb.Ehlo, Argument.Needed),
        new("HELO", SmtpVerb.Helo, Argument.Needed),
        new("RSET", SmtpVerb.Rset, Argument.None),
        new("NOOP", SmtpVerb.Noop, Argument.Any),
        new("QUIT", SmtpVerb.Quit, Argument.None),
        new("VRFY", SmtpVerb.Vrfy, Argument.Needed),
        new("EXPN", SmtpVerb.Expn, Argument.Any),
        new("HELP", SmtpVerb.Help, Argument.Any),
        .. new[] { "GET", "POST", "HEAD", "PUT", "DELETE", "OPTIONS", "CONNECT", "TRACE", "PATCH", "PRI" }
            .Select(word => new Entry(word, SmtpVerb.Foreign, Argument.Any)),
    ];

    private static readonly SearchValues<byte> _controls =
        SearchValues.Create([.. Enumerable.Range(0, 32).Where(code => code != '\t').Select(code => (byte)code), 127]);

    private static Entry Find(ReadOnlySpan<byte> word)
    {
        ulong key = Pack(word);
        foreach (Entry entry in _table)
            if (entry.Key == key)
                return entry;
        return _unknown;
    }

    /// <summary>Up to eight letters, upper-cased, in one number; 0 when it cannot be a verb.</summary>
    private static ulong Pack(ReadOnlySpan<byte> word)
    {
        ulong key = 0;
        if (word.Length > 8)
            return 0;
        foreach (byte letter in word)
        {
            uint upper = letter & ~0x20u;
            if (upper is < 'A' or > 'Z')
                return 0;
            key = key << 8 | upper;
        }
        return key;
    }
}
