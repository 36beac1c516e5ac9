namespace MailInbox.Inbox.Contacts;

/// <summary>Addresses as they are compared: without regard to case.</summary>
internal static class AddressKey
{
#pragma warning disable CA1308 // Addresses are lower case everywhere people see them.
    public static string Of(string address) => address.Trim().ToLowerInvariant();
#pragma warning restore CA1308

    public static string DomainOf(string address) => Of(address)[(address.Trim().LastIndexOf('@') + 1)..];
}
