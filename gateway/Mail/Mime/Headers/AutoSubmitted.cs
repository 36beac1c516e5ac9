namespace MailInbox.Mail.Mime.Headers;

/// <summary>The Auto-Submitted field (RFC 3834 §5).</summary>
public static class AutoSubmitted
{
    /// <summary><c>no</c>, <c>auto-generated</c>, <c>auto-replied</c>, <c>auto-notified</c> or another word in lower case; empty when missing.</summary>
    public static string Keyword(HeaderFields headers) => HeaderText.Keyword(headers.Unfolded("Auto-Submitted"));

    /// <summary>Whether the mail says of itself that no person sent it.</summary>
    public static bool IsAutomatic(HeaderFields headers) => Keyword(headers) is not ("" or "no");
}
