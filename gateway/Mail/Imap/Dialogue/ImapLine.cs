using System.Buffers;
using System.Text;

namespace MailInbox.Mail.Imap.Dialogue;

/// <summary>A command that is put together: text, and literals for what a quoted string cannot hold.</summary>
/// <param name="verb">The command without arguments, for what is said about it.</param>
internal sealed class ImapLine(string verb)
{
    /// <param name="text">As sent: from our own words, or checked.</param>
    public ImapLine(string verb, string text) : this(verb) => Text(text);

    public string Verb => verb;

    /// <summary>Time for its answer; null: that of every command.</summary>
    public TimeSpan? Time { get; init; }

    public IReadOnlyList<ImapPiece> Pieces => _pieces;

    public ImapLine Text(string text)
    {
        _pieces.Add(new ImapPiece(Encoding.UTF8.GetBytes(text), false));
        return this;
    }

    /// <summary>A blank and a string (RFC 9051 §4.3).</summary>
    /// <param name="eightBit">Quoted strings may hold UTF-8 (RFC 6855 §3).</param>
    public ImapLine String(ReadOnlySpan<byte> bytes, bool eightBit)
    {
        Text(" ");
        bool quotable = bytes.Length <= LongestQuoted && bytes.IndexOfAnyInRange((byte)0, (byte)31) < 0 && !bytes.Contains((byte)127);
        if (quotable && (eightBit || Ascii.IsValid(bytes)))
            return Text(Quote(Encoding.UTF8.GetString(bytes)));
        return Literal(bytes.ToArray());
    }

    public ImapLine String(string text, bool eightBit) => String(Encoding.UTF8.GetBytes(text), eightBit);

    public ImapLine Literal(ReadOnlyMemory<byte> bytes)
    {
        _pieces.Add(new ImapPiece(bytes, true));
        return this;
    }

    /// <summary>Text that a caller gave must not end the line, or begin a literal: what follows would be a command of its own.</summary>
    /// <exception cref="ArgumentException">It would.</exception>
    public static string Checked(string text, string name)
    {
        if (text.Any(letter => letter is '\r' or '\n' or '\0' or '{' or > '~'))
            throw new ArgumentException("No line ends, NUL, braces, or letters outside ASCII.", name);
        return text;
    }

    /// <summary>A flag or keyword.</summary>
    /// <exception cref="ArgumentException">It is none.</exception>
    public static string Flag(string flag)
    {
        ReadOnlySpan<char> name = flag.StartsWith('\\') ? flag.AsSpan(1) : flag;
        if (name.Length == 0 || name.ContainsAny(NotInFlags) || name.IndexOfAnyExceptInRange('!', '~') >= 0)
            throw new ArgumentException("Not a flag.", nameof(flag));
        return flag;
    }

    private const int LongestQuoted = 4096;

    private static readonly SearchValues<char> NotInFlags = SearchValues.Create("(){%*\"\\]");

    private readonly List<ImapPiece> _pieces = [];

    private static string Quote(string text) => $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
}

/// <param name="Literal">Sent with its length before it.</param>
internal readonly record struct ImapPiece(ReadOnlyMemory<byte> Bytes, bool Literal);
