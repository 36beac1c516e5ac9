namespace MailInbox.Inbox.Mailboxes;

/// <summary>Every mailbox that is polled, in the order of inboxes.json.</summary>
public sealed class Polling
{
    public Polling(MailboxRooms rooms)
    {
        All = [.. rooms.Options.Inboxes.Inboxes.SelectMany(i => i.Sources).Select(s => new ImapMailbox(s, rooms))];
        rooms.Actions.Ordered += key => Find(key)?.Act();
        rooms.Copies.Ordered += key => Find(key)?.Act();
    }

    public IReadOnlyList<ImapMailbox> All { get; }

    public ImapMailbox? Find(string key) => All.FirstOrDefault(m => m.Source.Key == key);

    /// <summary>Asks every mailbox whose time has come.</summary>
    public void LookIfDue()
    {
        foreach (ImapMailbox mailbox in All)
        {
            mailbox.LookIfDue();
        }
    }

    /// <summary>Polls all until cancelled.</summary>
    public Task Run(CancellationToken cancel) => Task.WhenAll(All.Select(m => Task.Run(() => m.Run(cancel), CancellationToken.None)));
}
