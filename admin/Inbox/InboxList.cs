using MailInbox.Inbox.Configuration;

namespace MailInbox.Admin.Inbox;

/// <summary>The inboxes in force, by the key in addresses.</summary>
public sealed class InboxList(AdminOptions options, IServiceProvider services)
{
    public IReadOnlyList<InboxOptions> All => options.Inboxes(services).Inboxes;

    public InboxOptions? Find(string key) => options.Inboxes(services).Find(key);
}
