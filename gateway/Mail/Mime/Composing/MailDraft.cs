using MailInbox.Mail.Mime.Headers;

namespace MailInbox.Mail.Mime.Composing;

/// <summary>A mail to be written by <see cref="MessageComposer"/>. Blind copies have no place here: they stand in the envelope alone.</summary>
public sealed record MailDraft
{
    public required MailAddress From { get; init; }

    public IReadOnlyList<MailAddress> To { get; init; } = [];

    public IReadOnlyList<MailAddress> Cc { get; init; } = [];

    public IReadOnlyList<MailAddress> ReplyTo { get; init; } = [];

    public string Subject { get; init; } = "";

    public required DateTimeOffset Date { get; init; }

    /// <summary><c>left@right</c>, without angle brackets, as are all ids here.</summary>
    public required string MessageId { get; init; }

    public IReadOnlyList<string> InReplyTo { get; init; } = [];

    public IReadOnlyList<string> References { get; init; } = [];

    /// <summary>RFC 3834 §5: <c>auto-replied</c>, <c>auto-generated</c>; null for what a person wrote.</summary>
    public string? AutoSubmitted { get; init; }

    /// <summary>Plain text; made from <see cref="Html"/> when empty.</summary>
    public string Text { get; init; } = "";

    public string? Html { get; init; }

    /// <summary>Images that the HTML shows by <c>cid:</c>.</summary>
    public IReadOnlyList<MailFile> Inline { get; init; } = [];

    public IReadOnlyList<MailFile> Attachments { get; init; } = [];

    /// <summary>Makes a boundary; null takes 128 random bits.</summary>
    public Func<string>? Boundary { get; init; }
}

/// <summary>A file in a mail.</summary>
/// <param name="Type">Media type, <c>type/subtype</c>; anything else is sent as <c>application/octet-stream</c>.</param>
/// <param name="ContentId">Without angle brackets; empty when nothing refers to it.</param>
public sealed record MailFile(string FileName, string Type, ReadOnlyMemory<byte> Bytes, string ContentId = "")
{
    /// <summary>Of the media type, such as <c>charset</c>; names that are no token are left out.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Parameters { get; init; } = [];
}
