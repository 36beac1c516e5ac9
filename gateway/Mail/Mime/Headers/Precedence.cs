namespace MailInbox.Mail.Mime.Headers;

/// <summary>The Precedence field (RFC 2076 §3.9).</summary>
public static class Precedence
{
    /// <summary>Its word in lower case; empty when missing.</summary>
    public static string Keyword(HeaderFields headers) => HeaderText.Keyword(headers.Unfolded("Precedence"));

    /// <summary>Whether the mail calls itself bulk, junk or list mail.</summary>
    public static bool IsBulk(HeaderFields headers) => Keyword(headers) is "bulk" or "junk" or "list";
}
