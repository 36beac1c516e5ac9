namespace MailInbox.Inbox.Views;

/// <summary>A named list of conversations.</summary>
/// <param name="Key">As in the address of its page.</param>
/// <param name="Name">As the sidebar shows it.</param>
public sealed record View(string Key, string Name)
{
    public static View Unassigned { get; } = new("unassigned", "Unassigned");

    public static View Mine { get; } = new("mine", "Assigned to me");

    public static View Open { get; } = new("open", "All open");

    public static View Closed { get; } = new("closed", "All closed");

    public static View Sent { get; } = new("sent", "Sent");

    public static View Filtered { get; } = new("filtered", "Filtered");

    public static View Trash { get; } = new("trash", "Trash");

    /// <summary>In the order of the sidebar.</summary>
    public static IReadOnlyList<View> All { get; } = [Unassigned, Mine, Open, Closed, Sent, Filtered, Trash];

    public static View? Find(string key) => All.FirstOrDefault(v => v.Key == key);
}
