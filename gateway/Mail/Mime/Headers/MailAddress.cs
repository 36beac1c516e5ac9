namespace MailInbox.Mail.Mime.Headers;

/// <summary>One mailbox of an address header (RFC 5322 §3.4), decoded.</summary>
/// <param name="Name">Display name; empty when there is none.</param>
/// <param name="Address"><c>local@domain</c> as written, quotes kept where the local part needs them; may be any text in broken mail.</param>
public sealed record MailAddress(string Name, string Address)
{
    public override string ToString() => Name.Length == 0 ? Address : $"{Name} <{Address}>";
}
