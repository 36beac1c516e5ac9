namespace MailInbox.Mail.Mime.Headers;

/// <summary>A media type with its parameters (RFC 2045 §5).</summary>
public sealed class ContentType
{
    /// <summary>Slashes in a type that are followed.</summary>
    private const int Slashes = 5;

    /// <summary>The types of ordinary mail, so that they need no strings each.</summary>
    private static readonly (string Kind, string Subtype, string Media)[] Common =
        [.. "text/plain text/html multipart/alternative multipart/mixed multipart/related multipart/signed multipart/report message/rfc822 image/png image/jpeg image/gif application/pdf application/octet-stream"
            .Split(' ').Select(m => (m[..m.IndexOf('/', StringComparison.Ordinal)], m[(m.IndexOf('/', StringComparison.Ordinal) + 1)..], m))];

    private ContentType(string media, IReadOnlyList<KeyValuePair<string, string>> parameters, string written)
    {
        (Kind, Subtype, Media) = Halves(media);
        Written = written;
        Parameters = parameters;
        Charset = Headers.Parameters.Find(parameters, "charset").Trim();
        Boundary = Headers.Parameters.Find(parameters, "boundary");
        Name = Headers.Parameters.Find(parameters, "name");
    }

    /// <summary>The default of RFC 2045 §5.2.</summary>
    public static ContentType TextPlain { get; } = new("text/plain", [], "");

    public static ContentType OctetStream { get; } = new("application/octet-stream", [], "");

    public static ContentType Rfc822 { get; } = new("message/rfc822", [], "");

    /// <summary>Type and subtype in lower case, such as <c>text/plain</c>.</summary>
    public string Media { get; }

    /// <summary>What the field says where the type belongs, in lower case without blanks and comments: <c>text</c>, <c>text/plain/format</c>; empty when that is nothing.</summary>
    public string Written { get; }

    /// <summary>The type before the slash.</summary>
    public string Kind { get; }

    public string Subtype { get; }

    /// <summary>Names in lower case, values decoded (RFC 2231, RFC 2047), each name once.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Parameters { get; }

    /// <summary>As written; empty when missing.</summary>
    public string Charset { get; }

    /// <summary>Without trailing blanks; empty when missing.</summary>
    public string Boundary { get; }

    /// <summary>The name parameter, decoded but not cleaned; empty when missing.</summary>
    public string Name { get; }

    public bool IsMultipart => Kind == "multipart";

    /// <summary>A whole message (RFC 2046 §5.2.1, RFC 6532 §3.7); partial and external bodies are none.</summary>
    public bool IsMessage => Media is "message/rfc822" or "message/global" or "message/news";

    /// <summary>Image, audio or video: what a reader shows within the text (RFC 8621 §4.1.4).</summary>
    public bool IsMedia => Kind is "image" or "audio" or "video";

    /// <summary>The value of a parameter named in lower case; empty when missing.</summary>
    public string this[string parameter] => Headers.Parameters.Find(Parameters, parameter);

    /// <summary>
    /// Reads an unfolded value. An empty one gives <paramref name="missing"/> (text/plain unless told otherwise), a type without
    /// subtype the likely one, what cannot be told application/octet-stream.
    /// </summary>
    public static ContentType Parse(string value, ContentType? missing = null)
    {
        missing ??= TextPlain;
        if (value.Length == 0)
            return missing;
        if (value.StartsWith("=?", StringComparison.Ordinal))
            value = EncodedWords.Decode(value);
        int at = 0;
        string kind = Token(value, ref at);
        string subtype = "", written = kind;
        // "text/plain/format" is text, "multipart/multipart/mixed" mixed.
        for (int i = 0; i < Slashes && at < value.Length && value[at] == '/'; i++)
        {
            at++;
            string further = Token(value, ref at);
            if (i == 0 || kind == "multipart")
                subtype = further;
            if (kind.Length > 0 && further.Length > 0)
                written = Join(written, further);
        }
        var parameters = Headers.Parameters.Parse(value.AsSpan(at));
        if (kind.Length == 0 || kind.Contains('='))
            return parameters.Count == 0 && written.Length == 0 ? missing : new ContentType(missing.Media, parameters, written);
        return new ContentType(Complete(kind, subtype, written), parameters, written);
    }

    public override string ToString() => Media;

    /// <summary>Reads one half of the type with the comments and blanks around it. The parameters that decide how a body is read may stand in its place.</summary>
    private static string Token(string value, ref int at)
    {
        at = SkipBlanks(value, at);
        if (at < value.Length && value[at] == '"')
            at++;
        int start = at;
        var rest = value.AsSpan(at);
        if ((rest.StartsWith("charset", StringComparison.OrdinalIgnoreCase) || rest.StartsWith("boundary", StringComparison.OrdinalIgnoreCase)) && Headers.Parameters.BeginsAt(rest))
            return "";
        while (at < value.Length && value[at] is not ('/' or ';' or ':' or ' ' or '(' or '"' or ',') && !char.IsControl(value[at]))
            at++;
        var token = value.AsSpan(start, at - start);
        at = SkipBlanks(value, at);
        foreach (var (kind, subtype, _) in Common)
        {
            if (token.Equals(kind, StringComparison.OrdinalIgnoreCase))
                return kind;
            if (token.Equals(subtype, StringComparison.OrdinalIgnoreCase))
                return subtype;
        }
        return token.ToString().ToLowerInvariant();
    }

    private static int SkipBlanks(string value, int at)
    {
        while (at < value.Length && (value[at] is ' ' or '(' || char.IsControl(value[at])))
            at = value[at] == '(' ? Comments.End(value, at) : at + 1;
        return at;
    }

    private static string Complete(string kind, string subtype, string written) => (kind, subtype) switch
    {
        (_, not "") => written.Length == kind.Length + 1 + subtype.Length ? written : $"{kind}/{subtype}",
        ("text", _) => "text/plain",
        ("html", _) => "text/html",
        ("multipart", _) => "multipart/mixed",
        ("message", _) => "message/rfc822",
        _ => "application/octet-stream",
    };

    private static string Join(string kind, string subtype)
    {
        foreach (var known in Common)
        {
            if (known.Kind == kind && known.Subtype == subtype)
                return known.Media;
        }
        return $"{kind}/{subtype}";
    }

    private static (string Kind, string Subtype, string Media) Halves(string media)
    {
        foreach (var known in Common)
        {
            if (known.Media == media)
                return known;
        }
        int slash = media.IndexOf('/', StringComparison.Ordinal);
        return (media[..slash], media[(slash + 1)..], media);
    }
}
