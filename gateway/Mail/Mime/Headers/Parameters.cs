using System.Buffers;
using System.Globalization;
using System.Text;
using MailInbox.Mail.Mime.Decoding;

namespace MailInbox.Mail.Mime.Headers;

/// <summary>Parameters of Content-Type and Content-Disposition with their continuations and charsets (RFC 2045 §5.1, RFC 2231).</summary>
internal static class Parameters
{
    private static readonly SearchValues<char> TokenEnd = SearchValues.Create(" \t;=\"(),<>");

    /// <summary>Characters between a name and its equals sign where blanks stand among them.</summary>
    private const int StarsLength = 64;

    /// <summary>The names of ordinary mail, so that they need no string each.</summary>
    private static readonly string[] Common = ["charset", "boundary", "name", "filename", "format", "delsp", "type", "protocol", "micalg", "report-type", "start", "size", "method"];

    /// <summary>
    /// Reads <c>name=value</c> pairs; semicolons may be missing or doubled. Names come in lower case, each once. A name without any value
    /// is left out.
    /// </summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Parse(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty)
            return [];
        List<KeyValuePair<string, string>>? plain = null;
        Dictionary<string, List<Segment>>? segments = null;
        for (int read = 0, at = 0; read < MimeLimits.Parameters && NextName(text, ref at, out string name); read++)
        {
            bool isName = IsName(name);
            at = isName ? Skip(text, at) : SkipComments(text, at);
            bool quoted = at < text.Length && text[at] == '"';
            string? value = Value(text, ref at, isName);
            if (name.Length == 0 || value == null)
                continue;
            int star = name.IndexOf('*');
            if (star > 0)
                Segmented(segments ??= [], name, star, value);
            else
                (plain ??= new(2)).Add(new(name, name == "boundary" ? value.TrimEnd() : EncodedWords.Decode(value, quoted)));
        }
        return plain == null && segments == null ? [] : Merge(plain ?? [], segments);
    }

    public static string Find(IReadOnlyList<KeyValuePair<string, string>> parameters, string name)
    {
        foreach (var (key, value) in parameters)
        {
            if (key == name)
                return value;
        }
        return "";
    }

    /// <summary>Whether a parameter, a name and an equals sign, begins here; the sign may also begin an encoded word.</summary>
    public static bool BeginsAt(ReadOnlySpan<char> text)
    {
        int end = text.IndexOfAny(TokenEnd);
        if (end <= 0)
            return false;
        var rest = text[end..].TrimStart(" \t");
        return !rest.IsEmpty && rest[0] == '=' && !text.StartsWith("=?");
    }

    /// <summary>One piece of a value (<c>name*1*=</c>): its number and whether it is percent-encoded.</summary>
    private readonly record struct Segment(int Number, bool Encoded, string Value);

    /// <summary>Whether the value is the name of a file, which may hold parentheses and commas without quotes.</summary>
    private static bool IsName(string parameter) =>
        parameter is "name" or "filename" || parameter.StartsWith("name*", StringComparison.Ordinal) || parameter.StartsWith("filename*", StringComparison.Ordinal);

    private static bool NextName(ReadOnlySpan<char> text, ref int at, out string name)
    {
        while (at < text.Length)
        {
            if (text[at] is ';' or ' ' or '\t' or ',' or '"' or '<' or '>' or ')')
            {
                at++;
                continue;
            }
            if (text[at] == '(')
            {
                at = Comments.End(text, at);
                continue;
            }
            int end = text[at..].IndexOfAny(TokenEnd);
            int equals = end < 0 ? text.Length : SkipComments(text, at + end);
            // Blanks around the stars of RFC 2231.
            if (equals < text.Length && text[equals] == '*' && text[equals..Math.Min(text.Length, equals + StarsLength)].IndexOfAny('=', ';', '"') is > 0 and var sign)
                (end, equals) = (equals + sign - at, equals + sign);
            if (equals < text.Length && text[equals] == '=')
            {
                name = Name(text.Slice(at, end));
                at = equals + 1;
                return true;
            }
            at = Math.Max(equals, at + 1);
        }
        name = "";
        return false;
    }

    private static string Name(ReadOnlySpan<char> written)
    {
        foreach (string name in Common)
        {
            if (written.Equals(name, StringComparison.OrdinalIgnoreCase))
                return name;
        }
        string text = written.TrimStart('*').ToString().ToLowerInvariant();
        return text.Contains(' ') || text.Contains('\t') ? text.Replace(" ", "", StringComparison.Ordinal).Replace("\t", "", StringComparison.Ordinal) : text;
    }

    private static int SkipComments(ReadOnlySpan<char> text, int at)
    {
        at = Skip(text, at);
        while (at < text.Length && text[at] == '(')
            at = Skip(text, Comments.End(text, at));
        return at;
    }

    private static int Skip(ReadOnlySpan<char> text, int at)
    {
        while (at < text.Length && text[at] is ' ' or '\t')
            at++;
        return at;
    }

    /// <summary>The value; null when nothing stands behind the equals sign, not even quotes.</summary>
    private static string? Value(ReadOnlySpan<char> text, ref int at, bool keepsParentheses)
    {
        if (at < text.Length && text[at] == '"')
            return Quoted(text, ref at);
        string value = Unquoted(text, ref at, keepsParentheses);
        return value.Length == 0 ? null : value;
    }

    private static string Quoted(ReadOnlySpan<char> text, ref int at)
    {
        int plain = text[(at + 1)..].IndexOfAny('"', '\\');
        if (plain > 0 && text[at + 1 + plain] == '"')
        {
            string whole = text.Slice(at + 1, plain).ToString();
            at += plain + 2;
            return whole;
        }
        var value = new StringBuilder();
        int i = at + 1;
        for (; i < text.Length && text[i] != '"'; i++)
        {
            // A backslash before a letter is a Windows path, not an escape.
            if (text[i] == '\\' && i + 1 < text.Length && !char.IsLetterOrDigit(text[i + 1]))
                i++;
            value.Append(text[i]);
        }
        at = Math.Min(i + 1, text.Length);
        // charset=""utf-8""
        if (value.Length == 0 && at < text.Length && char.IsLetterOrDigit(text[at]))
            return Unquoted(text, ref at, keepsParentheses: true).Trim('"');
        return value.ToString();
    }

    /// <summary>Runs to the semicolon, or to a blank, perhaps behind a comma, with the next parameter behind it.</summary>
    private static string Unquoted(ReadOnlySpan<char> text, ref int at, bool keepsParentheses)
    {
        int start = at;
        while (at < text.Length && text[at] != ';' && (keepsParentheses || text[at] != '('))
        {
            if (text[at] is ' ' or '\t' || (text[at] == ',' && !keepsParentheses && at + 1 < text.Length && text[at + 1] == ' '))
            {
                int next = Skip(text, at + 1);
                if (BeginsAt(text[next..]))
                    break;
                at = next;
                continue;
            }
            at++;
        }
        var value = text[start..at].Trim(" \t");
        // Of a pair of quotes only the second one came.
        return (value.IndexOf('"') == value.Length - 1 ? value.TrimEnd('"') : value).ToString();
    }

    private static void Segmented(Dictionary<string, List<Segment>> segments, string name, int star, string value)
    {
        bool encoded = name.EndsWith('*');
        var number = name.AsSpan(star + 1);
        int next = number.IndexOf('*');
        // What is no number says nothing: the value comes first.
        if (!int.TryParse(next < 0 ? number : number[..next], NumberStyles.None, CultureInfo.InvariantCulture, out int index))
            index = 0;
        string key = name[..star];
        if (!segments.TryGetValue(key, out var list))
            segments.Add(key, list = []);
        list.Add(new Segment(index, encoded, value));
    }

    /// <summary>Extended values win over plain ones of the same name; of equals the first wins.</summary>
    private static List<KeyValuePair<string, string>> Merge(
        List<KeyValuePair<string, string>> plain, Dictionary<string, List<Segment>>? segments)
    {
        if (segments == null && AreDistinct(plain))
            return plain;
        var merged = new List<KeyValuePair<string, string>>(plain.Count);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        if (segments != null)
        {
            foreach (var (name, list) in segments)
            {
                if (seen.Add(name))
                    merged.Add(new(name, Join(list)));
            }
        }
        foreach (var pair in plain)
        {
            if (seen.Add(pair.Key))
                merged.Add(pair);
        }
        return merged;
    }

    /// <summary>Whether a few parameters, as nearly all mail has them, have each its own name.</summary>
    private static bool AreDistinct(List<KeyValuePair<string, string>> parameters)
    {
        if (parameters.Count > 4)
            return false;
        for (int i = 1; i < parameters.Count; i++)
        {
            for (int j = 0; j < i; j++)
            {
                if (parameters[i].Key == parameters[j].Key)
                    return false;
            }
        }
        return true;
    }

    private static string Join(List<Segment> segments)
    {
        // Stable: where a number comes twice the first one counts.
        var ordered = segments.OrderBy(s => s.Number).ToList();
        var bytes = new ArrayBufferWriter<byte>();
        string charset = "";
        // Some mailers forget the star behind the number of all segments but one.
        bool percent = segments.Exists(s => s.Encoded);
        for (int i = 0; i < ordered.Count; i++)
        {
            if (i > 0 && ordered[i].Number == ordered[i - 1].Number)
                continue;
            var value = ordered[i].Value.AsSpan();
            if (ordered[i].Encoded)
                value = WithoutCharset(value, ref charset, first: i == 0);
            AppendBytes(bytes, value, percent, charset);
        }
        string text = Charsets.Decode(bytes.WrittenSpan, charset);
        return charset.Length == 0 ? EncodedWords.Decode(text) : HeaderText.Printable(text);
    }

    /// <summary>Takes <c>charset'language'</c> off; some mailers repeat it in every segment.</summary>
    private static ReadOnlySpan<char> WithoutCharset(ReadOnlySpan<char> value, scoped ref string charset, bool first)
    {
        int quote = value.IndexOf('\'');
        if (quote < 0)
            return value;
        if (!first)
        {
            bool repeated = charset.Length > 0 && value[..quote].Equals(charset, StringComparison.OrdinalIgnoreCase);
            return !repeated ? value : value[(quote + 1)..].StartsWith("'") ? value[(quote + 2)..] : value[(quote + 1)..];
        }
        int second = value[(quote + 1)..].IndexOf('\'');
        // One quote where there should be two: only what is a charset is taken for one.
        if (second < 0 && Charsets.Find(value[..quote].ToString()) == null)
            return value;
        charset = value[..quote].ToString();
        return value[(quote + second + 2)..];
    }

    private static void AppendBytes(ArrayBufferWriter<byte> bytes, ReadOnlySpan<char> value, bool percent, string charset)
    {
        var encoding = Charsets.Find(charset) ?? Encoding.UTF8;
        for (int i = 0; i < value.Length; i++)
        {
            if (percent && value[i] == '%' && i + 2 < value.Length
                && byte.TryParse(value.Slice(i + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out byte escaped))
            {
                bytes.Write([escaped]);
                i += 2;
            }
            else if (value[i] < 128)
            {
                bytes.Write([(byte)value[i]]);
            }
            else
            {
                int length = char.IsHighSurrogate(value[i]) && i + 1 < value.Length ? 2 : 1;
                bytes.Write(encoding.GetBytes(value.Slice(i, length).ToString()));
                i += length - 1;
            }
        }
    }
}
