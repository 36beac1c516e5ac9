namespace MailInbox.Admin.Conversations.Messages;

/// <summary>The page inside a message's frame: our few rules, then the cleaned mail.</summary>
internal static class FrameDocument
{
    private const string Before = """
        <!doctype html>
        <html lang="und"><head><meta charset="utf-8"><base target="_blank"><style>
        :root { color-scheme: light; background: #fff; }
        body { margin: 0; padding: 12px 14px; font: 14px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; color: #1a2230; overflow-wrap: anywhere; }
        img { max-width: 100%; height: auto; }
        pre { white-space: pre-wrap; }
        table { max-width: 100%; }
        blockquote { margin: 8px 0 8px 2px; padding-left: 12px; border-left: 2px solid #cfd5de; color: #455063; }
        details > summary { cursor: pointer; color: #5b6676; font-size: 12px; margin: 6px 0; }
        </style></head><body dir="auto">
        """;

    public static string Around(string html) => Before + html + "</body></html>";
}
