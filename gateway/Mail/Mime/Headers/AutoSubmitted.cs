namespace MailInbox.Mail.Mime.Headers;

/// <summary>The Auto-Submitted field (RFC 3834 §5).</summary>
public static class AutoSubmitted
{
    /// <summary><c>no</c>, <c>auto-generated</c>, <c>auto-replied</c>, <c>auto-notified</c> or another word in lower case; empty when missing.</summary>
    public static string Keyword(HeaderFields headers) => HeaderText.Keyword(headers.Unfolded("Auto-Submitted"));

    /// <summary>What stands behind the keyword, such as <c>owner-email</c> (RFC 5436 §2.7.1); names in lower case.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Parameters(HeaderFields headers)
    {
        string value = headers.Unfolded("Auto-Submitted");
        int semicolon = Comments.Remove(value).IndexOf(';', StringComparison.Ordinal);
        return semicolon < 0 ? [] : Headers.Parameters.Parse(Comments.Remove(value).AsSpan(semicolon));
    }

    /// <summary>Whether the mail says of itself that no person sent it.</summary>
    public static bool IsAutomatic(HeaderFields headers) => Keyword(headers) is not ("" or "no");
}
