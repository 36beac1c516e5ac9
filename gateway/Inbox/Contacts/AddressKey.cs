namespace MailInbox.Inbox.Contacts;

/// <summary>Addresses as they are compared: without regard to case.</summary>
internal static class AddressKey
{
    public static string Of(string address) => address.Trim().ToLowerInvariant();

    public static string DomainOf(string address) => Of(address)[(address.Trim().LastIndexOf('@') + 1)..];
}
