namespace MailInbox.Mail.Mime.Headers;

/// <summary>One mailbox of an address header (RFC 5322 §3.4), decoded.</summary>
/// <param name="Name">Display name, comments behind it in parentheses; empty when there is none.</param>
/// <param name="Address"><c>local@domain</c> as written, quotes kept where the local part needs them; may be any text in broken mail.</param>
public sealed record MailAddress(string Name, string Address)
{
    public override string ToString() => Name.Length == 0 ? Address : $"{Name} <{Address}>";
}

/// <summary>A named group of mailboxes (RFC 5322 §3.4), or a run of mailboxes that stand in none.</summary>
/// <param name="Name">Decoded, comments behind it in parentheses; empty for mailboxes outside of groups.</param>
/// <param name="Mailboxes">In their order; empty in groups that hide their members.</param>
public sealed record AddressGroup(string Name, IReadOnlyList<MailAddress> Mailboxes);
