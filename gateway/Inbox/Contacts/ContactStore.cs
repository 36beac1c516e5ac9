using MailInbox.Inbox.Storage;

namespace MailInbox.Inbox.Contacts;

/// <summary>The outside people. All members run inside a piece or a read.</summary>
internal static class ContactStore
{
    /// <summary>The contact with this address, made when it is new; a name is learned when none was known.</summary>
    public static Contact Meet(Transaction t, string address, string name)
    {
        string key = AddressKey.Of(address);
        Contact? known = Find(t, address);
        if (known is null)
        {
            long id = t.Insert(
                "INSERT INTO contact (address, address_key, name, first_seen) VALUES (@address, @key, @name, @now) RETURNING id",
                new { address, key, name, now = t.Now });
            return new Contact { Id = id, Address = address, Name = name, FirstSeen = t.Now };
        }

        if (known.Name.Length > 0 || name.Length == 0)
        {
            return known;
        }

        t.Execute("UPDATE contact SET name = @name WHERE id = @Id", new { known.Id, name });
        return known with { Name = name };
    }

    public static Contact? Find(Snapshot reader, string address) =>
        reader.First<Contact>("SELECT * FROM contact WHERE address_key = @key", new { key = AddressKey.Of(address) });

    public static Contact? Find(Snapshot reader, long id) => reader.First<Contact>("SELECT * FROM contact WHERE id = @id", new { id });

    /// <summary>The team has written to this address: its answers are no stranger's.</summary>
    public static void WroteTo(Transaction t, string address, string name)
    {
        Contact contact = Meet(t, address, name);
        if (!contact.WrittenTo)
        {
            t.Execute("UPDATE contact SET written_to = 1 WHERE id = @Id", new { contact.Id });
        }
    }
}
