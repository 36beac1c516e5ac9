namespace MailInbox.Inbox.Contacts;

/// <summary>The outside person, by e-mail address.</summary>
public sealed record Contact
{
    public long Id { get; init; }

    /// <summary>Address as first seen; compared without regard to case.</summary>
    public string Address { get; init; } = "";

    public string Name { get; init; } = "";

    public DateTimeOffset FirstSeen { get; init; }

    /// <summary>The team has written to this contact: step 3 of the filters.</summary>
    public bool WrittenTo { get; init; }

    public string Shown => Name.Length > 0 ? Name : Address;
}
