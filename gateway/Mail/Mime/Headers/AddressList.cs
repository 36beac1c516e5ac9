using System.Text;

namespace MailInbox.Mail.Mime.Headers;

/// <summary>Reads address fields (RFC 5322 §3.4 with the obsolete forms of §4.4), and what people and programs make of them.</summary>
public static class AddressList
{
    /// <summary>
    /// The mailboxes of an unfolded value in their order, groups flattened and routes cut off. A comment is the name where there is
    /// no other. Words without any address give a mailbox with an empty <see cref="MailAddress.Address"/>.
    /// </summary>
    public static IReadOnlyList<MailAddress> Parse(string value)
    {
        if (value.Length == 0)
            return [];
        var found = new List<MailAddress>();
        Parse(value, found);
        return found;
    }

    /// <summary>The same, added to a list that never grows over <see cref="MimeLimits.Addresses"/>.</summary>
    internal static void Parse(string value, List<MailAddress> found) => new Reader(value, found).Read();

    private ref struct Reader(string value, List<MailAddress> found)
    {
        private readonly ReadOnlySpan<char> _text = value;
        private readonly StringBuilder _phrase = new();
        private readonly StringBuilder _bare = new();
        private string? _comment;
        private string? _angle;
        private string? _pending;
        private int _groups;
        private int _at;

        public void Read()
        {
            while (_at < _text.Length && found.Count < MimeLimits.Addresses)
                Step(_text[_at]);
            End(separator: ';');
        }

        private void Step(char c)
        {
            switch (c)
            {
                case ' ' or '\t':
                    _at++;
                    Blank();
                    break;
                case '(':
                    Comment();
                    break;
                case '"':
                    Quoted();
                    break;
                case '<':
                    Angle();
                    break;
                case ',' or ';':
                    _at++;
                    End(c);
                    break;
                case ':' when _angle == null && _groups < MimeLimits.Groups && !LooksLikeScheme():
                    _at++;
                    _groups++;
                    Clear();
                    break;
                case '>' or ')':
                    _at++;
                    break;
                default:
                    Atom();
                    break;
            }
        }

        private readonly void Blank()
        {
            if (_phrase.Length > 0 && _phrase[^1] != ' ')
                _phrase.Append(' ');
        }

        private void Comment()
        {
            int end = Comments.End(_text, _at);
            _comment ??= Comments.Text(_text[_at..end]);
            _at = end;
            Blank();
        }

        private void Quoted()
        {
            int start = _at++;
            while (_at < _text.Length && _text[_at] != '"')
                _at += _text[_at] == '\\' ? 2 : 1;
            _at = Math.Min(_at, _text.Length);
            _phrase.Append(Comments.Unescape(_text[(start + 1).._at]));
            _at = Math.Min(_at + 1, _text.Length);
            _bare.Append(_text[start.._at]);
        }

        private void Atom()
        {
            int end = EncodedWords.EndOfWord(_text, _at);
            if (end < 0 && _text[_at] == '[')
                end = _at + _text[_at..Math.Min(_text.Length, _at + 256)].IndexOf(']') + 1;
            if (end <= _at)
                end = _at + 1;
            while (end < _text.Length && !" \t(\"<>,;:)[".Contains(_text[end]) && !_text[end..].StartsWith("=?"))
                end++;
            _phrase.Append(_text[_at..end]);
            _bare.Append(_text[_at..end]);
            _at = end;
        }

        /// <summary>Reads <c>&lt;address&gt;</c>; of several the last one with an at sign counts.</summary>
        private void Angle()
        {
            var address = new StringBuilder();
            for (_at++; _at < _text.Length && _text[_at] is not ('>' or '<'); _at++)
            {
                if (_text[_at] == '(')
                {
                    int end = Comments.End(_text, _at);
                    _comment ??= Comments.Text(_text[_at..end]);
                    _at = end - 1;
                }
                else if (_text[_at] == '"')
                {
                    int start = _at++;
                    while (_at < _text.Length && _text[_at] != '"')
                        _at += _text[_at] == '\\' ? 2 : 1;
                    _at = Math.Min(_at, _text.Length - 1);
                    address.Append(_text[start..(_at + 1)]);
                }
                else if (_text[_at] is not (' ' or '\t'))
                {
                    address.Append(_text[_at]);
                }
            }
            if (_at < _text.Length && _text[_at] == '>')
                _at++;
            string read = WithoutRoute(address.ToString());
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

        /// <summary>The colon of a bare URL ends no group name.</summary>
        private readonly bool LooksLikeScheme() => _text[_at..].StartsWith("://");

        private void End(char separator)
        {
            string name = EncodedWords.Decode(_phrase.ToString()).Trim();
            if (_angle != null)
                Add(Joined(name), _angle);
            else if (name.Contains('@', StringComparison.Ordinal))
                Bare(name);
            else if (name.Length > 0 || _comment != null)
                Words(name, separator);
            if (separator == ';')
            {
                Release();
                _groups = Math.Max(0, _groups - 1);
            }
            Clear();
        }

        /// <summary>
        /// An address without brackets. Blanks around its dots and at sign are the old form (RFC 5322 §4.4); other blanks part it from a name,
        /// or from a further address that lacks its comma.
        /// </summary>
        private void Bare(string words)
        {
            string address = _bare.ToString();
            if (address.Contains('"') || !words.Contains(' '))
            {
                Add("", address);
                return;
            }
            var name = new StringBuilder();
            var glued = new StringBuilder();
            foreach (var range in words.AsSpan().Split(' '))
            {
                var word = words.AsSpan(range);
                if (word.IsEmpty)
                    continue;
                if (glued.Length > 0 && glued[^1] is not ('.' or '@') && word[0] is not ('.' or '@'))
                    Unglue(name, glued);
                glued.Append(word);
            }
            Unglue(name, glued);
        }

        private void Unglue(StringBuilder name, StringBuilder glued)
        {
            string word = glued.ToString();
            glued.Clear();
            if (!word.Contains('@'))
            {
                name.Append(name.Length == 0 ? "" : " ").Append(word);
                return;
            }
            if (found.Count < MimeLimits.Addresses)
                Add(name.ToString(), word);
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
            if (name.Length == 0 && _comment != null)
                name = EncodedWords.Decode(_comment).Trim();
            if (address.Any(char.IsControl))
                address = string.Concat(address.Where(c => !char.IsControl(c)));
            if (name.Length > 0 || address.Length > 0)
                found.Add(new MailAddress(name, address));
        }

        private void Clear()
        {
            _phrase.Clear();
            _bare.Clear();
            _comment = null;
            _angle = null;
        }
    }
}
