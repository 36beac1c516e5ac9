using MailInbox.Inbox.RawMail;
using MailInbox.Inbox.Storage;
using MailInbox.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace MailInbox.Tests.RawMail;

public sealed class RawMailStoreTests
{
    private TempFolder _folder = null!;
    private Database _mail = null!;

    [SetUp]
    public void Open()
    {
        _folder = new TempFolder();
        _mail = Database.Open(_folder.File("mail.db"), new SqliteDialect(), new ChangeLog(TimeProvider.System), TimeProvider.System, NullLogger.Instance);
    }

    [TearDown]
    public void Close()
    {
        _mail.Dispose();
        _folder.Dispose();
    }

    [Test]
    public async Task Going_through_all_mails_does_not_hold_the_log_of_the_database()
    {
        RawMailStore raw = new(_mail);
        List<long> ids = [.. Enumerable.Range(0, 2_500).Select(_ => raw.NextId())];
        await Task.WhenAll(ids.Select(id => raw.Finish(new RawMessage { Id = id }, 0, [])));
        List<long> seen = [];
        using Database beside = Database.OpenReadOnly(_folder.File("mail.db"), new SqliteDialect());
        Task shrunk = Task.CompletedTask;
        new RawMailStore(beside).Each(mail =>
        {
            seen.Add(mail.Id);
            if (seen.Count == 1_500)
            {
                // As somebody who reads the first page for an hour.
                shrunk = Task.Run(() => raw.Shrink());
                Assert.That(SpinWait.SpinUntil(() => shrunk.IsCompleted, TimeSpan.FromSeconds(30)), Is.True);
                Assert.That(new FileInfo(_folder.File("mail.db-wal")).Length, Is.Zero);
            }
        });
        await shrunk;
        Assert.That(seen, Is.EqualTo(ids));
    }
}
