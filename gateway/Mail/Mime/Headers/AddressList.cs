namespace MailInbox.Mail.Mime.Headers;

/// <summary>Reads address fields (RFC 5322 §3.4 with the obsolete forms of §4.4), and what people and programs make of them.</summary>
public static class AddressList
{
    /// <summary>
    /// The mailboxes of an unfolded value in their order, groups flattened and routes cut off. Comments follow the name in parentheses,
    /// and are the name where there is no other. Words without any address give a mailbox with an empty <see cref="MailAddress.Address"/>.
    /// </summary>
    public static IReadOnlyList<MailAddress> Parse(string value)
    {
        if (value.Length == 0)
            return [];
        var found = new List<MailAddress>(1);
        Parse(value, found);
        return found;
    }

    /// <summary>
    /// The same with the groups kept. Mailboxes that stand in no group come in groups without a name; of groups in groups the
    /// innermost holds a mailbox.
    /// </summary>
    public static IReadOnlyList<AddressGroup> Groups(string value)
    {
        var found = new List<MailAddress>();
        var begins = new List<(string Name, int At)> { ("", 0) };
        new AddressListReader(value, found, begins).Read();
        var groups = new List<AddressGroup>();
        for (int i = 0; i < begins.Count; i++)
        {
            var (name, at) = begins[i];
            int end = i + 1 < begins.Count ? begins[i + 1].At : found.Count;
            if (name.Length > 0 || end > at)
                groups.Add(new AddressGroup(name, found.GetRange(at, end - at)));
        }
        return groups;
    }

    /// <summary>The mailboxes, added to a list that never grows over <see cref="MimeLimits.Addresses"/>.</summary>
    internal static void Parse(string value, List<MailAddress> found) => new AddressListReader(value, found, groups: null).Read();
}
