namespace MailInbox.Mail.Mime.Headers;

/// <summary>What says that a mail came through a mailing list (RFC 2369, RFC 2919, RFC 8058).</summary>
public sealed record ListFields
{
    private ListFields()
    {
    }

    /// <summary>The identifier in the brackets of List-Id in lower case, else its whole text; empty when missing.</summary>
    public required string Id { get; init; }

    /// <summary>The words before the identifier, decoded; empty when missing.</summary>
    public required string Name { get; init; }

    /// <summary>The address of List-Post, <c>NO</c> where posting is not allowed; empty when missing.</summary>
    public required string Post { get; init; }

    /// <summary>Whether List-Unsubscribe is there.</summary>
    public required bool Unsubscribe { get; init; }

    /// <summary>The URLs of List-Unsubscribe in their order, the one the list prefers first.</summary>
    public required IReadOnlyList<string> UnsubscribeAddresses { get; init; }

    /// <summary>The https URL that a single POST of <c>List-Unsubscribe=One-Click</c> unsubscribes at; empty where the list offers none (RFC 8058 §3.1).</summary>
    public required string OneClick { get; init; }

    /// <summary>Whether any of the list's own fields is there.</summary>
    public bool IsList => Id.Length > 0 || Post.Length > 0;

    public static ListFields Of(HeaderFields headers)
    {
        string id = headers.Text("List-Id");
        var unsubscribe = Addresses(headers.Unfolded("List-Unsubscribe"));
        bool oneClick = HeaderText.Keyword(headers.Unfolded("List-Unsubscribe-Post")) == "list-unsubscribe=one-click";
        return new ListFields
        {
            Id = InBrackets(id).ToLowerInvariant(),
            Name = BeforeBrackets(id),
            Post = PostAddress(headers.Unfolded("List-Post")),
            Unsubscribe = headers.Has("List-Unsubscribe"),
            UnsubscribeAddresses = unsubscribe,
            OneClick = oneClick ? unsubscribe.FirstOrDefault(a => a.StartsWith("https://", StringComparison.OrdinalIgnoreCase)) ?? "" : "",
        };
    }

    /// <summary>The URLs of an unfolded value of any of these fields (RFC 2369 §2); where brackets are missing, the words with a scheme.</summary>
    public static IReadOnlyList<string> Addresses(string value)
    {
        if (value.Length == 0)
            return [];
        var found = new List<string>();
        string text = Comments.Remove(value);
        bool bracketed = text.Contains('<');
        foreach (var range in text.AsSpan().SplitAny(bracketed ? "<" : ", \t"))
        {
            var piece = text.AsSpan(range);
            int close = piece.IndexOf('>');
            if (bracketed && close < 0)
                continue;
            string address = WithoutBlanks(bracketed ? piece[..close] : piece);
            if (address.Contains(':') && found.Count < MimeLimits.ListAddresses)
                found.Add(address);
        }
        return found;
    }

    private static string InBrackets(string text)
    {
        int open = text.LastIndexOf('<');
        int close = open < 0 ? -1 : text.IndexOf('>', open);
        return (close < 0 ? text : text[(open + 1)..close]).Trim();
    }

    private static string BeforeBrackets(string text)
    {
        int open = text.LastIndexOf('<');
        string name = open < 0 ? "" : Comments.Remove(text[..open]).Trim();
        return name.Length > 1 && name[0] == '"' && name[^1] == '"' ? Comments.Unescape(name.AsSpan(1, name.Length - 2)).Trim() : name;
    }

    private static string PostAddress(string value)
    {
        string address = InBrackets(Comments.Remove(value));
        if (!address.StartsWith("mailto:", StringComparison.OrdinalIgnoreCase))
            return address;
        int query = address.IndexOf('?', StringComparison.Ordinal);
        return query < 0 ? address[7..] : address[7..query];
    }

    private static string WithoutBlanks(ReadOnlySpan<char> address)
    {
        string text = address.ToString();
        return text.Any(c => c <= ' ' || char.IsControl(c)) ? string.Concat(text.Where(c => c > ' ' && !char.IsControl(c))) : text;
    }
}

/// <summary>The Precedence field (RFC 2076 §3.9).</summary>
public static class Precedence
{
    /// <summary>Its word in lower case; empty when missing.</summary>
    public static string Keyword(HeaderFields headers) => HeaderText.Keyword(headers.Unfolded("Precedence"));

    /// <summary>Whether the mail calls itself bulk, junk or list mail.</summary>
    public static bool IsBulk(HeaderFields headers) => Keyword(headers) is "bulk" or "junk" or "list";
}
