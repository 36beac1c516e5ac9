namespace MailInbox.Admin.Conversations.Messages;

/// <summary>The page inside a message's frame: our few rules, then the cleaned mail. The frame is made as high as the page, so no mail may make the page as high as the frame.</summary>
internal static class FrameDocument
{
    private const string Before = """
        <!doctype html>
        <html lang="und"><head><meta charset="utf-8"><meta name="referrer" content="no-referrer"><base target="_blank"><style>
        :root { color-scheme: light; background: #fff; }
        body { margin: 0; padding: 12px 14px; font: 14px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; color: #1a2230; overflow-wrap: break-word; }
        body > :first-child, body > style + * { margin-top: 0; }
        body > :last-child { margin-bottom: 0; }
        a { overflow-wrap: anywhere; }
        html:not(#_), body:not(#_) { height: auto !important; min-height: 0 !important; max-height: none !important; overflow: visible !important; }
        img { max-width: 100%; height: auto; }
        img:not([src]):not([alt]), img:not([src])[alt=""] { visibility: hidden; }
        pre { white-space: pre-wrap; }
        table { max-width: 100%; }
        blockquote { margin: 8px 0 8px 2px; padding-left: 12px; border-left: 2px solid #cfd5de; color: #455063; }
        details.quoted > summary { display: inline-block; cursor: pointer; list-style: none; margin: 8px 0; padding: 0 10px; border-radius: 8px; background: #e8ebf0; color: #455063; font: bold 14px/1.2 system-ui, sans-serif; }
        details.quoted > summary::-webkit-details-marker { display: none; }
        </style></head><body dir="auto">
        """;

    public static string Around(string html) => Before + html + "</body></html>";
}
