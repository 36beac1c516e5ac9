using System.Buffers;
using System.Collections.Frozen;
using System.Net;

namespace MailInbox.Mail.Mime.Headers;

/// <summary>One trace field (RFC 5321 §4.4), as far as its writer kept to the form. What is not told is empty.</summary>
public sealed record Received
{
    /// <summary>Characters of one field that are looked at.</summary>
    private const int Length = 8_192;

    /// <summary>Parentheses without their partner that are passed over in one field.</summary>
    private const int Unclosed = 8;

    /// <summary>Transmission types (RFC 3848, RFC 6531 and IANA's list, with what stands there without being registered), and what programs call them.</summary>
    private static readonly FrozenDictionary<string, string> Protocols =
        ("smtp esmtp esmtpa esmtps esmtpsa lmtp lmtpa lmtps lmtpsa utf8smtp utf8smtpa utf8smtps utf8smtpsa utf8lmtp utf8lmtpa utf8lmtps utf8lmtpsa "
        + "mms http https imap pop3 local smtpsvc:smtp bsmtp:smtp smtps:esmtps esmtp-tls:esmtps asmtp:esmtpa imap4:imap imaps:imap pop3s:pop3 httprest:http httpd:http")
        .Split(' ').Select(p => p.Split(':'))
        .ToFrozenDictionary(p => p[0], p => p[^1].ToUpperInvariant(), StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenDictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> ProtocolOf = Protocols.GetAlternateLookup<ReadOnlySpan<char>>();

    private static readonly SearchValues<char> CommentWordEnd = SearchValues.Create(" \t()<>,;\"[");

    private static readonly SearchValues<char> CipherLetters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_");

    private Received()
    {
    }

    /// <summary>What the client called itself, or the user who handed the mail in.</summary>
    public string From { get; private set; } = "";

    /// <summary>The client's address as the writer saw it, else the one it called itself; null when none is told.</summary>
    public IPAddress? FromAddress { get; private set; }

    /// <summary>The name the writer found for that address.</summary>
    public string FromHost { get; private set; } = "";

    /// <summary>The name of HELO, EHLO or LHLO where it is told beside <see cref="From"/>.</summary>
    public string Helo { get; private set; } = "";

    /// <summary><c>HELO</c>, <c>EHLO</c> or <c>LHLO</c>.</summary>
    public string HeloCommand { get; private set; } = "";

    /// <summary>The user behind the connection, by IDENT or by login.</summary>
    public string Ident { get; private set; } = "";

    /// <summary>The host that wrote the field.</summary>
    public string By { get; private set; } = "";

    /// <summary>The link, as written.</summary>
    public string Via { get; private set; } = "";

    /// <summary>The first word of the with clause, as written.</summary>
    public string With { get; private set; } = "";

    /// <summary>The transmission type that the with clause names, in upper case, such as <c>ESMTPS</c>; empty when it names none that is known.</summary>
    public string Protocol { get; private set; } = "";

    /// <summary>Such as <c>TLSv1.3</c>.</summary>
    public string TlsVersion { get; private set; } = "";

    /// <summary>As written.</summary>
    public string TlsCipher { get; private set; } = "";

    /// <summary>The writer's own number.</summary>
    public string Id { get; private set; } = "";

    /// <summary>The recipient without brackets.</summary>
    public string For { get; private set; } = "";

    /// <summary>When the writer took the mail.</summary>
    public DateTimeOffset? Date { get; private set; }

    /// <summary>Hosts the mail has passed: the number of Received fields.</summary>
    public static int Hops(HeaderFields headers) => headers.CountOf("Received");

    /// <summary>The trail of a mail, the last hop first.</summary>
    public static IEnumerable<Received> Trail(HeaderFields headers) => headers.AllUnfolded("Received").Select(Parse);

    /// <summary>Reads an unfolded value.</summary>
    public static Received Parse(string value)
    {
        var text = value.AsSpan(0, Math.Min(value.Length, Length));
        var trace = new Received();
        new Reader(text, trace).Read();
        int semicolon = text.LastIndexOf(';');
        if (semicolon >= 0)
            trace.Date = MailDate.Parse(text[(semicolon + 1)..].ToString());
        return trace;
    }

    private enum Clause { None, From, By, Via, With, Id, For }

    private ref struct Reader(ReadOnlySpan<char> text, Received trace)
    {
        private readonly ReadOnlySpan<char> _text = text;
        private readonly Received _trace = trace;
        private Clause _clause;
        private bool _taken;
        private bool _dated;
        private bool _seen;
        private bool _bracketed;
        private int _unclosed;
        private string _awaited = "";

        public void Read()
        {
            int at = 0;
            while (at < _text.Length)
            {
                switch (_text[at])
                {
                    case ' ' or '\t' or ',' or ')':
                        at++;
                        break;
                    case ';':
                        (_dated, _clause) = (true, Clause.None);
                        at++;
                        break;
                    case '(':
                        at = Parentheses(at);
                        break;
                    default:
                        int length = _text[at..].IndexOfAny(" \t(;,");
                        Word(length < 0 ? _text[at..] : _text.Slice(at, length));
                        at = length < 0 ? _text.Length : at + length;
                        break;
                }
            }
        }

        private int Parentheses(int at)
        {
            if (!Comments.IsClosed(_text, at, out int end) && _unclosed++ < Unclosed)
                return at + 1;
            if (!_dated)
                Comment(_text[at..end].Trim("()"));
            return end;
        }

        private void Word(ReadOnlySpan<char> word)
        {
            var keyword = Keyword(word);
            if (keyword != Clause.None && (!_dated || keyword == Clause.For))
            {
                (_clause, _taken) = (keyword, false);
                return;
            }
            bool first = !_taken;
            _taken = true;
            switch (_clause)
            {
                case Clause.From when first:
                    Client(word);
                    break;
                case Clause.From:
                    Detail(word.Trim("[]<>"), beginsComment: false, bracketed: false);
                    break;
                case Clause.By when first && _trace.By.Length == 0:
                    _trace.By = Host(word).ToString();
                    break;
                case Clause.Via when first && _trace.Via.Length == 0:
                    _trace.Via = word.ToString();
                    break;
                case Clause.With:
                    Transmission(word, first);
                    break;
                case Clause.Id when first && _trace.Id.Length == 0:
                    _trace.Id = word.Trim("<>").ToString();
                    break;
                case Clause.For when first && _trace.For.Length == 0 && word.Contains('@'):
                    _trace.For = word.Trim("<>").ToString();
                    break;
                case not Clause.None when !first:
                    Encryption(word);
                    break;
            }
        }

        private static Clause Keyword(ReadOnlySpan<char> word) => word.Length switch
        {
            2 when Is(word, "by") => Clause.By,
            2 when Is(word, "id") => Clause.Id,
            3 when Is(word, "for") => Clause.For,
            3 when Is(word, "via") => Clause.Via,
            4 when Is(word, "from") => Clause.From,
            4 when Is(word, "with") => Clause.With,
            _ => Clause.None,
        };

        private static bool Is(ReadOnlySpan<char> word, string other) => word.Equals(other, StringComparison.OrdinalIgnoreCase);

        /// <summary>The name or literal behind <c>from</c>.</summary>
        private readonly void Client(ReadOnlySpan<char> word)
        {
            if (_trace.From.Length > 0)
                return;
            var host = Host(word);
            bool literal = word[0] == '[';
            if (!literal || !host.Contains('@'))
                _trace.From = host.ToString();
            _trace.FromAddress ??= Address(host);
        }

        private static ReadOnlySpan<char> Host(ReadOnlySpan<char> word)
        {
            int close = word[0] == '[' ? word.IndexOf(']') : -1;
            return close < 0 ? word.Trim("<>[]") : word[1..close].Trim("<>");
        }

        /// <summary><c>with Microsoft SMTP Server</c>, <c>with ESMTP/TLS/…</c>: the type is any word of the clause.</summary>
        private readonly void Transmission(ReadOnlySpan<char> word, bool first)
        {
            if (first && _trace.With.Length == 0)
                _trace.With = word.ToString();
            Encryption(word);
            if (_trace.Protocol.Length > 0)
                return;
            int slash = word.IndexOf('/');
            var type = (slash < 0 ? word : word[..slash]).Trim("[]");
            if (type.StartsWith("local-", StringComparison.OrdinalIgnoreCase))
                type = type[6..];
            if (ProtocolOf.TryGetValue(type, out string? protocol))
                _trace.Protocol = protocol;
        }

        /// <summary>A comment behind the client tells who it is; another may tell the encryption, or hold the whole from clause.</summary>
        private void Comment(ReadOnlySpan<char> comment)
        {
            bool client = _clause == Clause.From;
            bool first = true, named = false;
            while (NextWord(ref comment, out var word, out bool bracketed))
            {
                if (word.IsEmpty)
                    continue;
                if (named)
                {
                    Client(word);
                    (client, named) = (true, false);
                }
                else if (client)
                {
                    Detail(word, first, bracketed);
                }
                else if (_trace.From.Length == 0 && _trace.FromAddress == null && Is(word, "from"))
                {
                    named = true;
                }
                else
                {
                    Encryption(word);
                }
                first = false;
            }
            _awaited = "";
        }

        private static bool NextWord(scoped ref ReadOnlySpan<char> comment, out ReadOnlySpan<char> word, out bool bracketed)
        {
            comment = comment.TrimStart(" \t()<>,;\"]");
            bracketed = !comment.IsEmpty && comment[0] == '[';
            int close = bracketed ? comment.IndexOf(']') : -1;
            int end = close > 0 ? close : comment[(bracketed ? 1 : 0)..].IndexOfAny(CommentWordEnd);
            if (bracketed && close < 0 && end >= 0)
                end++;
            int start = bracketed ? 1 : 0;
            word = end < 0 ? comment[start..] : comment[start..end];
            comment = end < 0 ? default : comment[end..];
            return !word.IsEmpty || !comment.IsEmpty;
        }

        /// <summary>One word of what the writer knows of the client.</summary>
        private void Detail(ReadOnlySpan<char> word, bool beginsComment, bool bracketed)
        {
            if (_awaited.Length > 0)
            {
                Named(_awaited, word);
                return;
            }
            if (Is(word, "helo") || Is(word, "ehlo") || Is(word, "lhlo"))
            {
                _trace.HeloCommand = word.ToString().ToUpperInvariant();
                _awaited = "helo";
                return;
            }
            int sign = word.IndexOfAny('=', ':');
            string name = sign is 4 or 5 && Is(word[..sign], "helo") ? "helo" : sign == 5 && Is(word[..sign], "ident") ? "ident" : "";
            if (name.Length > 0)
                Named(name, word[(sign + 1)..]);
            else if (word.Contains('@'))
                Login(word);
            else if (Address(word) is { } address)
                Seen(address, bracketed);
            else if (beginsComment && !bracketed && word.Contains('.') && _trace.FromHost.Length == 0)
                _trace.FromHost = word.ToString();
            else
                Encryption(word);
        }

        private void Named(string name, ReadOnlySpan<char> value)
        {
            _awaited = value.IsEmpty ? name : "";
            if (name == "helo")
            {
                _trace.Helo = value.ToString();
                _trace.HeloCommand = _trace.HeloCommand.Length == 0 ? "HELO" : _trace.HeloCommand;
            }
            else
            {
                _trace.Ident = value.ToString();
            }
        }

        /// <summary>A login with its host beats one without.</summary>
        private readonly void Login(ReadOnlySpan<char> word)
        {
            if (_trace.Ident.Length == 0 || !_trace.Ident.Contains('@'))
                _trace.Ident = word.Trim("<>").TrimEnd('@').ToString();
        }

        /// <summary>What stands in brackets was seen by the writer; other addresses in comments may only be told.</summary>
        private void Seen(IPAddress address, bool bracketed)
        {
            if (_bracketed || (_seen && !bracketed))
                return;
            _trace.FromAddress = address;
            _seen = true;
            _bracketed = bracketed;
        }

        /// <summary>An address, perhaps with a port behind it.</summary>
        private static IPAddress? Address(ReadOnlySpan<char> text)
        {
            if (text.StartsWith("IPv6:", StringComparison.OrdinalIgnoreCase))
                text = text[5..];
            int port = text.Contains('.') ? text.LastIndexOf(':') : -1;
            if (port > 0 && text.IndexOf(':') == port)
                text = text[..port];
            bool plausible = text.Contains(':') || text.Count('.') == 3;
            return plausible && IPAddress.TryParse(text, out var address) ? address : null;
        }

        /// <summary>Finds version and cipher in <c>TLS1.2:ECDHE_RSA_AES_128_GCM_SHA256:128</c>, <c>version=TLS1_2</c> and the like.</summary>
        private readonly void Encryption(ReadOnlySpan<char> word)
        {
            foreach (var range in word.SplitAny(":/="))
            {
                var piece = word[range];
                if (_trace.TlsVersion.Length == 0 && Version(piece) is { Length: > 0 } version)
                    _trace.TlsVersion = version;
                else if (_trace.TlsCipher.Length == 0 && IsCipher(piece))
                    _trace.TlsCipher = piece.ToString();
            }
        }

        private static string Version(ReadOnlySpan<char> piece)
        {
            if (piece.Length is < 4 or > 8)
                return "";
            bool tls = Is(piece[..3], "TLS");
            if (!tls && !Is(piece[..3], "SSL"))
                return "";
            var number = piece[3..].TrimStart("vV-_");
            if (number.Length is not (1 or 3) || !char.IsAsciiDigit(number[0]) || !char.IsAsciiDigit(number[^1]) || (number.Length == 3 && number[1] is not ('.' or '_')))
                return "";
            return tls ? $"TLSv{number[0]}.{(number.Length == 3 ? number[2] : '0')}" : $"SSLv{number[0]}";
        }

        private static bool IsCipher(ReadOnlySpan<char> piece)
        {
            if (!piece.ContainsAny('-', '_') || piece.ContainsAnyExcept(CipherLetters))
                return false;
            foreach (var range in piece.SplitAny("-_"))
            {
                var part = piece[range];
                if (part is "DES" or "3DES" or "RC4" or "SEED" or "IDEA" or "CHACHA20" or "AES" or "CAMELLIA" or "ARIA"
                    || ((part.StartsWith("AES") || part.StartsWith("CAMELLIA") || part.StartsWith("ARIA")) && char.IsAsciiDigit(part[^1])))
                    return true;
            }
            return false;
        }
    }
}
