namespace MailInbox.Mail.Mime.Headers;

/// <summary>A media type with its parameters (RFC 2045 §5).</summary>
public sealed class ContentType
{
    private ContentType(string media, IReadOnlyList<KeyValuePair<string, string>> parameters)
    {
        int slash = media.IndexOf('/', StringComparison.Ordinal);
        Media = media;
        Kind = media[..slash];
        Subtype = media[(slash + 1)..];
        Parameters = parameters;
        Charset = Headers.Parameters.Find(parameters, "charset").Trim();
        Boundary = Headers.Parameters.Find(parameters, "boundary");
        Name = Headers.Parameters.Find(parameters, "name");
    }

    /// <summary>The default of RFC 2045 §5.2.</summary>
    public static ContentType TextPlain { get; } = new("text/plain", []);

    public static ContentType OctetStream { get; } = new("application/octet-stream", []);

    public static ContentType Rfc822 { get; } = new("message/rfc822", []);

    /// <summary>Type and subtype in lower case, such as <c>text/plain</c>.</summary>
    public string Media { get; }

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
        int at = 0;
        string kind = Token(value, ref at);
        string subtype = "";
        if (at < value.Length && value[at] == '/')
        {
            at++;
            subtype = Token(value, ref at);
            // "text/plain/format" is text, "multipart/multipart/mixed" mixed.
            for (int i = 0; i < 4 && at < value.Length && value[at] == '/'; i++)
            {
                at++;
                string further = Token(value, ref at);
                if (kind == "multipart")
                    subtype = further;
            }
        }
        var parameters = Headers.Parameters.Parse(value.AsSpan(at));
        if (kind.Length == 0)
            return parameters.Count == 0 ? missing : new ContentType(missing.Media, parameters);
        return new ContentType(Complete(kind, subtype), parameters);
    }

    public override string ToString() => Media;

    /// <summary>Reads one half of the type with the comments and blanks around it.</summary>
    private static string Token(string value, ref int at)
    {
        at = SkipBlanks(value, at);
        int start = at;
        if (Headers.Parameters.BeginsAt(value.AsSpan(at)))
            return "";
        while (at < value.Length && value[at] is not ('/' or ';' or ' ' or '\t' or '(' or '"' or ','))
            at++;
        string token = value[start..at].ToLowerInvariant();
        at = SkipBlanks(value, at);
        return token;
    }

    private static int SkipBlanks(string value, int at)
    {
        while (at < value.Length && value[at] is ' ' or '\t' or '(')
            at = value[at] == '(' ? Comments.End(value, at) : at + 1;
        return at;
    }

    private static string Complete(string kind, string subtype) => (kind, subtype) switch
    {
        (_, not "") => $"{kind}/{subtype}",
        ("text", _) => "text/plain",
        ("html", _) => "text/html",
        ("multipart", _) => "multipart/mixed",
        ("message", _) => "message/rfc822",
        _ => "application/octet-stream",
    };
}
