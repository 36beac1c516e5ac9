namespace MailInbox.Tests.Support;

/// <summary>Small mails of our own.</summary>
internal static class Sample
{
    /// <summary>A plain mail; <paramref name="fields"/> are further header lines.</summary>
    public static string Mail(string subject = "Order 10482", string from = "Jonas Berg <jonas@berg.example>", string id = "", string body = "Where is my order?", params string[] fields) =>
        $"""
        From: {from}
        To: support@example.com
        Subject: {subject}
        Date: Fri, 20 Nov 2026 09:14:00 +0100
        Message-ID: <{(id.Length > 0 ? id : Guid.NewGuid().ToString("N") + "@berg.example")}>
        {string.Concat(fields.Select(f => f + "\n"))}MIME-Version: 1.0
        Content-Type: text/plain; charset=utf-8

        {body}

        """;
}
