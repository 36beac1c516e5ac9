using System.Globalization;
using System.Text;

namespace MailInbox.Mail.Mime.Headers;

/// <summary>
/// What a server found out about the sender (RFC 8601). Anybody can write this field: only those of servers one knows count.
/// </summary>
/// <param name="Server">The authserv-id as written; empty where it is left out.</param>
/// <param name="Version">1 where none is given.</param>
/// <param name="Results">In their order; empty for <c>none</c>.</param>
public sealed record AuthenticationResults(string Server, int Version, IReadOnlyList<AuthenticationResult> Results)
{
    /// <summary>Characters of one field that are looked at.</summary>
    private const int Length = 65_536;

    /// <summary>Results, and properties of each, that are kept.</summary>
    private const int Most = 256;

    /// <summary>All fields of that name, the newest first.</summary>
    public static IEnumerable<AuthenticationResults> Of(HeaderFields headers) => headers.AllUnfolded("Authentication-Results").Select(Parse);

    /// <summary>Reads an unfolded value, also of ARC-Authentication-Results, and the forms without server, semicolon or property type.</summary>
    public static AuthenticationResults Parse(string value)
    {
        var reader = new Reader(value.AsSpan(0, Math.Min(value.Length, Length)));
        reader.Read();
        return new AuthenticationResults(reader.Server, reader.Version, reader.Results);
    }

    /// <summary>The first result of a method named in lower case; null when there is none.</summary>
    public AuthenticationResult? Find(string method)
    {
        foreach (var result in Results)
        {
            if (result.Method == method)
                return result;
        }
        return null;
    }

    private ref struct Reader(ReadOnlySpan<char> text)
    {
        private readonly ReadOnlySpan<char> _text = text;
        private readonly StringBuilder _comment = new();
        private readonly List<AuthenticationProperty> _properties = [];
        private int _at;
        private bool _begun;
        private bool _instance;
        private bool _unclosed;
        private string _method = "";
        private string _result = "";
        private string _reason = "";

        public string Server { get; private set; } = "";

        public int Version { get; private set; } = 1;

        public List<AuthenticationResult> Results { get; } = [];

        public void Read()
        {
            while (_at < _text.Length)
            {
                SkipBlanks();
                if (_at >= _text.Length)
                    break;
                if (_text[_at] == ';')
                {
                    _at++;
                    End();
                    _begun |= !_instance;
                    _instance = false;
                    continue;
                }
                string name = Name();
                if (_at < _text.Length && _text[_at] == '=')
                {
                    _at++;
                    SkipBlanks();
                    Pair(name, Value());
                }
                else
                {
                    Word(name);
                }
            }
            End();
        }

        private void SkipBlanks()
        {
            while (_at < _text.Length && _text[_at] is ' ' or '\t' or '(')
            {
                if (_text[_at] != '(')
                {
                    _at++;
                    continue;
                }
                int end = Comments.End(_text, _at);
                string comment = HeaderText.Printable(Comments.Text(_text[_at..end])).Trim();
                if (comment.Length > 0)
                    _comment.Append(_comment.Length == 0 ? "" : " ").Append(comment);
                _at = end;
            }
        }

        /// <summary>A method, or a property with blanks around its dot or not.</summary>
        private string Name()
        {
            string name = Piece("=; \t(");
            SkipBlanks();
            while (_at < _text.Length && (_text[_at] is '.' or '/' || name.EndsWith('.') || name.EndsWith('/')) && _text[_at] is not (';' or '='))
            {
                name += Piece("=; \t(");
                SkipBlanks();
                if (name.Length > 256)
                    break;
            }
            return name;
        }

        private string Value() => Piece("; \t(");

        /// <summary>Runs to one of the characters <paramref name="ends"/> outside of quotes; a piece that is one quoted string loses its quotes.</summary>
        private string Piece(string ends)
        {
            int start = _at;
            int quotes = -1;
            while (_at < _text.Length && !ends.Contains(_text[_at]))
            {
                if (_text[_at] == '"' && Closing(_at) is > 0 and var close)
                {
                    quotes = close + 1;
                    _at = close;
                }
                _at++;
            }
            if (_at == start && _at < _text.Length && _text[_at] is not (';' or '=' or ' ' or '\t' or '('))
                _at++;
            var piece = _text[start.._at];
            return HeaderText.Printable(quotes == _at && piece[0] == '"' ? Comments.Unescape(piece[1..^1]) : piece.ToString());
        }

        /// <summary>Offset of the quote that closes the one at <paramref name="at"/>; -1 when none does, and then none is looked for again.</summary>
        private int Closing(int at)
        {
            for (int i = at + 1; !_unclosed && i < _text.Length; i++)
            {
                if (_text[i] == '\\')
                    i++;
                else if (_text[i] == '"')
                    return i;
            }
            _unclosed = true;
            return -1;
        }

        /// <summary>A word without equals sign: the server and its version at the beginning, else <c>none</c>.</summary>
        private void Word(string word)
        {
            if (_begun || _method.Length > 0 || word.Length == 0)
                return;
            if (Server.Length == 0)
                Server = word;
            else if (int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out int version))
                Version = version;
        }

        private void Pair(string name, string value)
        {
            name = name.ToLowerInvariant();
            // The instance of an ARC set (RFC 8617 §4.1.1) stands before the server.
            if (_method.Length == 0 && name == "i" && Server.Length == 0 && Results.Count == 0)
                _instance = true;
            else if (_method.Length == 0)
                (_method, _result) = (name, value.ToLowerInvariant());
            else if (name == "reason")
                _reason = value;
            else if (name.Length > 0 && _properties.Count < Most)
                _properties.Add(Property(name, value));
        }

        private static AuthenticationProperty Property(string name, string value)
        {
            int dot = name.IndexOf('.', StringComparison.Ordinal);
            return dot < 0 ? new AuthenticationProperty("", name, value) : new AuthenticationProperty(name[..dot], name[(dot + 1)..], value);
        }

        private void End()
        {
            if (_method.Length > 0 && Results.Count < Most)
            {
                int slash = _method.IndexOf('/', StringComparison.Ordinal);
                int version = 1;
                if (slash >= 0 && int.TryParse(_method.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int written))
                    version = written;
                string method = slash < 0 ? _method : _method[..slash];
                Results.Add(new AuthenticationResult(method, version, _result) { Reason = _reason, Comment = _comment.ToString(), Properties = [.. _properties] });
            }
            _method = _result = _reason = "";
            _comment.Clear();
            _properties.Clear();
        }
    }
}

/// <summary>The outcome of one method.</summary>
/// <param name="Method">Such as <c>spf</c>, <c>dkim</c>, <c>dmarc</c>; lower case.</param>
/// <param name="Version">1 where none is given.</param>
/// <param name="Result">Such as <c>pass</c>, <c>fail</c>, <c>none</c>; lower case.</param>
public sealed record AuthenticationResult(string Method, int Version, string Result)
{
    public string Reason { get; init; } = "";

    /// <summary>All comments of the result in a row; where many servers write their reasons.</summary>
    public string Comment { get; init; } = "";

    public IReadOnlyList<AuthenticationProperty> Properties { get; init; } = [];

    /// <summary>The value of a property named in lower case, such as <c>header.from</c>, or without type where none is written; empty when missing.</summary>
    public string this[string property]
    {
        get
        {
            foreach (var (type, name, value) in Properties)
            {
                bool named = type.Length == 0 ? property == name
                    : property.Length == type.Length + name.Length + 1 && property[type.Length] == '.'
                        && property.StartsWith(type, StringComparison.Ordinal) && property.EndsWith(name, StringComparison.Ordinal);
                if (named)
                    return value;
            }
            return "";
        }
    }
}

/// <summary>What a result was found for: <c>header.d=example.org</c>.</summary>
/// <param name="Type"><c>smtp</c>, <c>header</c>, <c>body</c>, <c>policy</c> or another word in lower case; empty where none is written.</param>
/// <param name="Name">In lower case.</param>
/// <param name="Value">As written, a quoted one without its quotes.</param>
public sealed record AuthenticationProperty(string Type, string Name, string Value);
