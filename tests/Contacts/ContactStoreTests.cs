using MailInbox.Inbox.Contacts;
using MailInbox.Inbox.Storage;
using MailInbox.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace MailInbox.Tests.Contacts;

public sealed class ContactStoreTests
{
    [Test]
    public async Task A_name_is_learned_once()
    {
        using TempFolder folder = new();
        using Database inbox = Database.Open(folder.File("inbox.db"), new SqliteDialect(), new ChangeLog(TimeProvider.System), TimeProvider.System, NullLogger.Instance);
        Contact first = await inbox.Write(t => ContactStore.Meet(t, "jonas@berg.example", ""));
        Contact named = await inbox.Write(t => ContactStore.Meet(t, "Jonas@Berg.example", "Jonas Berg"));
        Contact later = await inbox.Write(t => ContactStore.Meet(t, "jonas@berg.example", "J. B."));
        Contact? kept = inbox.Read(r => ContactStore.Find(r, first.Id));
        Assert.Multiple(() =>
        {
            Assert.That((named.Id, named.Name), Is.EqualTo((first.Id, "Jonas Berg")));
            Assert.That((later.Id, later.Name), Is.EqualTo((first.Id, "Jonas Berg")));
            Assert.That(kept?.Name, Is.EqualTo("Jonas Berg"));
        });
    }
}
