namespace MailInbox.Mail.Imap;

/// <summary>A folder as LIST tells it (RFC 9051 §7.3.1, RFC 6154).</summary>
/// <param name="Name">In Unicode; as <see cref="ImapClient"/> takes it back.</param>
/// <param name="Delimiter">Between levels of the hierarchy; null for a flat one.</param>
/// <param name="Attributes">As sent, <c>\Noselect</c>, <c>\Sent</c>; compare without regard to case.</param>
public sealed record ImapFolder(string Name, char? Delimiter, IReadOnlyList<string> Attributes)
{
    public bool Has(string attribute) => Attributes.Contains(attribute, StringComparer.OrdinalIgnoreCase);

    public bool Selectable => !Has("\\Noselect") && !Has("\\NonExistent");
}

/// <summary>A folder that was selected (RFC 9051 §6.3.2).</summary>
/// <param name="UidValidity">Null when the server told none.</param>
/// <param name="UidNext">Null when the server told none.</param>
public sealed record ImapFolderState(string Name, long? UidValidity, long? UidNext, long Exists, bool ReadOnly);
