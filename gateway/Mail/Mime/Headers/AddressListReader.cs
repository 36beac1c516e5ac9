using System.Buffers;
using System.Text;

namespace MailInbox.Mail.Mime.Headers;

/// <summary>One pass over an address field that collects its mailboxes, and where its groups begin if somebody asks.</summary>
internal ref struct AddressListReader(string value, List<MailAddress> found, List<(string Name, int At)>? groups)
{
    /// <summary>What ends a plain mailbox or makes it one that must be read with care.</summary>
    private static readonly SearchValues<char> Special = SearchValues.Create(",\"(),:;\\[\t\r\n\0");

    private static readonly SearchValues<char> AtomEnd = SearchValues.Create(" \t(\"<>,;:)[");

    /// <summary>Comments without end that are looked at again as text.</summary>
    private const int Unclosed = 8;

    private readonly ReadOnlySpan<char> _text = value;
    private StringBuilder? _phrase;
    private StringBuilder? _bare;
    private StringBuilder? _comment;
    private string? _angle;
    private string? _pending;
    private bool _quoted;
    private bool _noQuotes;
    private int _unclosed;
    private Stack<string>? _open;
    private bool _fresh = true;
    private bool _decoded;
    private int _words;
    private int _at;

    private StringBuilder Phrase => _phrase ??= new();

    private StringBuilder Plain => _bare ??= new();

    public void Read()
    {
        while (_at < _text.Length && found.Count < MimeLimits.Addresses)
        {
            if (_fresh && _pending == null && Simple())
                continue;
            _fresh = false;
            Step(_text[_at]);
        }
        End(separator: ';');
    }

    /// <summary>Takes a whole mailbox that nothing unusual stands in, with its comma: nearly all of them.</summary>
    private bool Simple()
    {
        int start = _at;
        while (start < _text.Length && _text[start] == ' ')
            start++;
        var rest = _text[start..];
        var name = default(ReadOnlySpan<char>);
        int at = 0;
        if (!rest.IsEmpty && rest[0] == '"')
        {
            int close = rest[1..].IndexOfAny('"', '\\');
            if (close < 0 || rest[close + 1] != '"')
                return false;
            name = rest.Slice(1, close);
            at = close + 2;
        }
        int length = rest[at..].IndexOfAny(Special);
        if (length >= 0 && rest[at + length] != ',')
            return false;
        var box = (length < 0 ? rest[at..] : rest.Slice(at, length)).Trim(' ');
        int open = box.IndexOf('<');
        if (open < 0 ? at > 0 || box.Contains('>') : box[^1] != '>' || (at > 0 && open > 0))
            return false;
        var address = open < 0 ? box : box[(open + 1)..^1];
        if (!address.Contains('@') || address.ContainsAny(" <>'") || address.Contains("=?", StringComparison.Ordinal) || HeaderText.HasControl(address))
            return false;
        string words = EncodedWords.Decode((at > 0 ? name : open < 0 ? default : box[..open]).ToString());
        found.Add(new MailAddress(at > 0 ? words.TrimEnd() : words.Trim(), address.ToString()));
        _at = length < 0 ? _text.Length : start + at + length + 1;
        return true;
    }

    private void Step(char c)
    {
        switch (c)
        {
            case ' ' or '\t':
                _at++;
                Blank();
                break;
            case '(' when !IsText():
                Comment();
                break;
            case '"' when !_noQuotes && Closing(_at) is > 0 and var close:
                Quoted(close);
                break;
            case '<':
                Angle();
                break;
            case ',' or ';':
                _at++;
                End(c);
                break;
            case ':' when _angle == null:
                Colon();
                break;
            case '>' or ')' or '"':
                _at++;
                break;
            default:
                Atom();
                break;
        }
    }

    private void Blank()
    {
        if (_phrase is { Length: > 0 } && _phrase[^1] != ' ')
            _phrase.Append(' ');
        if (_bare is { Length: > 0 } && _bare[^1] != ' ')
            _bare.Append(' ');
    }

    /// <summary>A parenthesis that is never closed before an address begins no comment.</summary>
    private bool IsText() =>
        _unclosed < Unclosed && !Comments.IsClosed(_text, _at, out _) && _text[_at..].Contains('<') && ++_unclosed > 0;

    private void Comment()
    {
        int end = Comments.End(_text, _at);
        Remark(_text[_at..end]);
        _at = end;
        Blank();
    }

    private void Remark(ReadOnlySpan<char> comment)
    {
        string text = Comments.Text(comment);
        _comment ??= new();
        if (text.Length > 0)
            _comment.Append(_comment.Length == 0 ? "" : " ").Append(text);
    }

    private int Closing(int at)
    {
        for (int i = at + 1; i < _text.Length; i++)
        {
            if (_text[i] == '\\')
                i++;
            else if (_text[i] == '"')
                return i;
        }
        _noQuotes = true;
        return -1;
    }

    private void Quoted(int close)
    {
        _quoted = true;
        Phrase.Append(Comments.Unescape(_text[(_at + 1)..close]));
        Plain.Append(_text[_at..(close + 1)]);
        _at = close + 1;
    }

    private void Atom()
    {
        int end = EncodedWords.EndOfWord(_text, _at, ref _words);
        if (end < 0 && _text[_at] == '[')
            end = _at + _text[_at..Math.Min(_text.Length, _at + 256)].IndexOf(']') + 1;
        if (end <= _at)
            end = _at + 1;
        while (end < _text.Length && !AtomEnd.Contains(_text[end]) && !(_text[end] == '=' && _text[end..].StartsWith("=?")))
            end++;
        Phrase.Append(_text[_at..end]);
        Plain.Append(_text[_at..end]);
        _at = end;
    }

    /// <summary>Reads <c>&lt;address&gt;</c>; of several the last one with an at sign counts.</summary>
    private void Angle()
    {
        var address = new StringBuilder();
        int start = _at + 1;
        for (_at++; _at < _text.Length && _text[_at] is not ('>' or '<'); _at++)
        {
            if (_text[_at] == '(' && !IsText())
            {
                int end = Comments.End(_text, _at);
                Remark(_text[_at..end]);
                _at = end - 1;
            }
            else if (_text[_at] == '"' && !_noQuotes && Closing(_at) is > 0 and var close)
            {
                address.Append(_text[_at..(close + 1)]);
                _at = close;
            }
            else if (_text[_at] is not (' ' or '\t'))
            {
                address.Append(_text[_at]);
            }
        }
        string read = WithoutRoute(address.ToString());
        // The blanks of words are theirs.
        if (read.Length > 0 && !read.Contains('@') && !_text[start.._at].ContainsAny('(', '"'))
            read = _text[start.._at].Trim(" \t").ToString();
        if (_at < _text.Length && _text[_at] == '>')
            _at++;
        if (_angle == null || !_angle.Contains('@') || read.Contains('@'))
            _angle = read;
        Blank();
    }

    /// <summary><c>@one,@two:user@host</c> is mail for user@host.</summary>
    private static string WithoutRoute(string address)
    {
        int colon = address.StartsWith('@') ? address.IndexOf(':', StringComparison.Ordinal) : -1;
        return colon < 0 ? address : address[(colon + 1)..];
    }

    /// <summary>Ends the name of a group, or a bare <c>mailto:</c> or route that is dropped; the colons of URLs and ports are text.</summary>
    private void Colon()
    {
        string before = _bare == null || _bare.Length > 256 ? "" : _bare.ToString().TrimEnd();
        if (before.Equals("mailto", StringComparison.OrdinalIgnoreCase) || (before.StartsWith('@') && !before.Contains(' ')))
        {
            _at++;
            Clear();
        }
        else if (_open?.Count >= MimeLimits.Groups || _text[_at..].StartsWith("://") || (before.Contains('@') && !before.StartsWith('"')))
        {
            Atom();
        }
        else
        {
            _at++;
            Release();
            string name = Commented(Name());
            (_open ??= new()).Push(name);
            groups?.Add((name, found.Count));
            Clear();
        }
    }

    private void End(char separator)
    {
        string name = Name();
        string bare = _angle == null && _bare is { Length: > 0 } ? _bare.ToString().Trim() : "";
        if (_angle != null)
            Angled(Joined(name), _angle);
        else if (bare.Contains('@'))
            Bare(bare);
        else if (name.Contains('@') && !_decoded)
            Encoded(name);
        else if (name.Length > 0 || _comment != null)
            Words(name, separator);
        if (separator == ';')
        {
            Release();
            if (_open?.TryPop(out _) == true)
                groups?.Add((_open.TryPeek(out string? outer) ? outer : "", found.Count));
        }
        Clear();
    }

    /// <summary>Some put all addresses into one pair of brackets; the name belongs to the first.</summary>
    private void Angled(string name, string address)
    {
        if (!address.Contains(',') || address.Contains('"') || !Array.TrueForAll(address.Split(',', StringSplitOptions.RemoveEmptyEntries), a => a.Contains('@')))
        {
            Add(name, address);
            return;
        }
        foreach (var range in address.AsSpan().Split(','))
        {
            if (found.Count < MimeLimits.Addresses)
                Add(name, address[range]);
            name = "";
        }
    }

    /// <summary>Some encode the whole field, brackets and at sign too.</summary>
    private void Encoded(string decoded)
    {
        Release();
        new AddressListReader(decoded, found, groups: null) { _decoded = true }.Read();
    }

    /// <summary>The phrase, decoded. Blanks that quotes hold stay before it.</summary>
    private readonly string Name()
    {
        if (_phrase is not { Length: > 0 })
            return "";
        string name = EncodedWords.Decode(_phrase.ToString()).TrimEnd();
        return _quoted && name.Length > 0 ? name : name.TrimStart();
    }

    /// <summary>
    /// An address without brackets. Blanks and comments around its dots and at sign are the old form (RFC 5322 §4.4); other blanks part it
    /// from a name, or from a further address that lacks its comma.
    /// </summary>
    private void Bare(string bare)
    {
        var name = new StringBuilder();
        var glued = new StringBuilder();
        for (int at = 0; at < bare.Length;)
        {
            int end = HeaderText.WordEnd(bare, at);
            var word = bare.AsSpan(at, end - at);
            if (glued.Length > 0 && glued[^1] is not ('.' or '@') && word[0] is not ('.' or '@'))
                Unglue(name, glued);
            glued.Append(word);
            at = end;
            while (at < bare.Length && bare[at] == ' ')
                at++;
        }
        Unglue(name, glued);
        if (name.Length > 0)
            Add(EncodedWords.Decode(name.ToString()).Trim(), "");
    }

    private void Unglue(StringBuilder name, StringBuilder glued)
    {
        string word = glued.ToString();
        glued.Clear();
        if (word.Length == 0)
            return;
        bool quoted = word.Length > 2 && word[0] == '"' && word[^1] == '"';
        string plain = quoted ? Comments.Unescape(word.AsSpan(1, word.Length - 2)) : word;
        if (!plain.Contains('@') || (quoted && plain.Contains(' ')))
        {
            name.Append(name.Length == 0 ? "" : " ").Append(plain);
            return;
        }
        string decoded = plain.Contains("=?", StringComparison.Ordinal) ? EncodedWords.Decode(plain) : plain;
        if (found.Count < MimeLimits.Addresses)
            Add(EncodedWords.Decode(name.ToString()).Trim(), decoded);
        name.Clear();
    }

    /// <summary>Words before a comma without an address: <c>Doe, John &lt;john@example.org&gt;</c> lacks quotes.</summary>
    private void Words(string name, char separator)
    {
        if (separator == ',' && name.Length > 0)
        {
            Release();
            _pending = name;
            return;
        }
        if (name.Length > 0 && !name.Contains(' '))
            Add("", name);
        else
            Add(name, "");
    }

    private string Joined(string name)
    {
        if (_pending == null)
            return name;
        string joined = name.Length == 0 ? _pending : $"{_pending}, {name}";
        _pending = null;
        return joined;
    }

    private void Release()
    {
        if (_pending is not { } words)
            return;
        _pending = null;
        found.Add(words.Contains(' ') ? new MailAddress(words, "") : new MailAddress("", words));
    }

    private void Add(string name, string address)
    {
        Release();
        name = Commented(name);
        if (address.Length > 2 && address[0] == '\'' && address[^1] == '\'')
            address = address[1..^1];
        if (HeaderText.HasControl(address))
            address = string.Concat(address.Where(c => !char.IsControl(c)));
        if (name.Length > 0 || address.Length > 0)
            found.Add(new MailAddress(name, address));
    }

    /// <summary>What a person wrote beside the name is kept beside it.</summary>
    private string Commented(string name)
    {
        string comment = _comment is { Length: > 0 } ? EncodedWords.Decode(_comment.ToString()).Trim() : "";
        _comment?.Clear();
        return comment.Length == 0 ? name : name.Length == 0 ? comment : $"{name} ({comment})";
    }

    private void Clear()
    {
        _phrase?.Clear();
        _bare?.Clear();
        _comment = null;
        _angle = null;
        _quoted = false;
        _fresh = true;
    }
}
