namespace MailInbox.Mail.Mime.Headers;

/// <summary>What says that a mail came through a mailing list (RFC 2369, RFC 2919, RFC 8058).</summary>
/// <param name="Id">The identifier in the brackets of List-Id in lower case, else its whole text; empty when missing.</param>
/// <param name="Post">The address of List-Post, <c>NO</c> where posting is not allowed; empty when missing.</param>
/// <param name="Unsubscribe">Whether List-Unsubscribe is there.</param>
/// <param name="OneClick">Whether List-Unsubscribe-Post is there.</param>
public sealed record ListFields(string Id, string Post, bool Unsubscribe, bool OneClick)
{
    /// <summary>Whether any of the list's own fields is there.</summary>
    public bool IsList => Id.Length > 0 || Post.Length > 0;

    public static ListFields Of(HeaderFields headers) => new(
        InBrackets(headers.Text("List-Id")).ToLowerInvariant(),
        PostAddress(headers.Unfolded("List-Post")),
        headers.Has("List-Unsubscribe"),
        headers.Has("List-Unsubscribe-Post"));

    private static string InBrackets(string text)
    {
        int open = text.LastIndexOf('<');
        int close = open < 0 ? -1 : text.IndexOf('>', open);
        return (close < 0 ? text : text[(open + 1)..close]).Trim();
    }

    private static string PostAddress(string value)
    {
        string address = InBrackets(Comments.Remove(value));
        if (!address.StartsWith("mailto:", StringComparison.OrdinalIgnoreCase))
            return address;
        int query = address.IndexOf('?', StringComparison.Ordinal);
        return query < 0 ? address[7..] : address[7..query];
    }
}
