using System.Text;

namespace MailInbox.Tests.Mime;

/// <summary>
/// A script of the corpus' IMAP tester: what must be answered to each FETCH. Lists are <c>List&lt;object?&gt;</c>, texts and literals
/// <c>string</c> with one character a byte, NIL null.
/// </summary>
internal sealed class ImapScript
{
    private readonly string _text;
    private int _at;

    private ImapScript(string text) => _text = text;

    /// <summary>The messages of the mailbox beside the script, with CRLF as a server has them.</summary>
    public static IReadOnlyList<byte[]> Mailbox(string script)
    {
        string path = File.Exists(script + ".mbox") ? script + ".mbox" : Path.Combine(Path.GetDirectoryName(script)!, "default.mbox");
        string text = "\n" + Encoding.Latin1.GetString(File.ReadAllBytes(path));
        string[] messages = text.Split("\nFrom ")[1..];
        // The break before the line of the next message belongs to the message.
        return [.. messages.Select((m, i) => Encoding.Latin1.GetBytes(WithReturns(m[(m.IndexOf('\n', StringComparison.Ordinal) + 1)..] + (i + 1 < messages.Length ? "\n" : ""))))];
    }

    /// <summary>Each expected answer with the command before it: message number, wanted or forbidden, names with values.</summary>
    public static IEnumerable<Answer> Answers(string script)
    {
        var reader = new ImapScript(Encoding.Latin1.GetString(File.ReadAllBytes(script)));
        string command = "";
        while (reader._at < reader._text.Length)
        {
            int start = reader._at;
            string line = reader.Line();
            if (line.StartsWith("ok ", StringComparison.Ordinal))
                command = line[3..];
            if (!line.StartsWith("* ", StringComparison.Ordinal) && !line.StartsWith("! ", StringComparison.Ordinal))
                continue;
            string[] words = line.Split(' ', 4);
            if (words.Length < 4 || !words[2].Equals("fetch", StringComparison.OrdinalIgnoreCase))
                continue;
            reader._at = start + line.IndexOf('(', StringComparison.Ordinal);
            yield return new Answer(command, line[0] == '*', int.Parse(words[1], System.Globalization.CultureInfo.InvariantCulture), (List<object?>)reader.Value()!);
            reader.Line();
        }
    }

    public sealed record Answer(string Command, bool Wanted, int Message, List<object?> Items);

    private string Line()
    {
        int end = _text.IndexOf('\n', _at);
        end = end < 0 ? _text.Length : end;
        string line = _text[_at..end];
        _at = Math.Min(end + 1, _text.Length);
        return line;
    }

    private object? Value()
    {
        while (_text[_at] == ' ')
            _at++;
        if (_text[_at] == '(')
            return Items();
        if (_text[_at] == '"')
            return Quoted();
        if (_text.AsSpan(_at).StartsWith("{{{") || _text.AsSpan(_at).StartsWith("~{{{"))
            return Literal();
        string atom = Atom();
        return atom.Equals("NIL", StringComparison.OrdinalIgnoreCase) ? null : atom;
    }

    private List<object?> Items()
    {
        var items = new List<object?>();
        _at++;
        while (true)
        {
            while (_text[_at] is ' ')
                _at++;
            if (_text[_at] == ')')
            {
                _at++;
                return items;
            }
            items.Add(Value());
        }
    }

    private string Quoted()
    {
        int end = _text.IndexOf('"', ++_at);
        string text = _text[_at..end];
        _at = end + 1;
        return text;
    }

    /// <summary>Lines up to one of three braces; the last break is none of it. With a tilde the bytes are as they stand.</summary>
    private string Literal()
    {
        bool exact = _text[_at] == '~';
        int start = _text.IndexOf('\n', _at) + 1;
        int end = _text.IndexOf("\n}}}", start - 1, StringComparison.Ordinal);
        _at = end + 4;
        string text = end < start ? "" : _text[start..end];
        return exact ? text : WithReturns(text);
    }

    /// <summary>An atom with the brackets of a section, in which blanks and parentheses stand.</summary>
    private string Atom()
    {
        int start = _at, open = 0;
        while (_at < _text.Length && _text[_at] != '\n' && (open > 0 || _text[_at] is not (' ' or ')')))
        {
            open += _text[_at] == '[' ? 1 : _text[_at] == ']' ? -1 : 0;
            _at++;
        }
        return _text[start.._at];
    }

    private static string WithReturns(string text) => text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace("\n", "\r\n", StringComparison.Ordinal);
}
