using MailInbox.Inbox.Conversations;
using MailInbox.Inbox.Intake;
using MailInbox.Inbox.RawMail;
using MailInbox.Inbox.Storage;
using MailInbox.Tests.Support;
using Microsoft.Data.Sqlite;

namespace MailInbox.Tests.Intake;

public sealed class QuarantineTests
{
    private TestGateway _gateway = null!;

    [SetUp]
    public async Task Start() => _gateway = await TestGateway.Start();

    [TearDown]
    public async Task Stop() => await _gateway.DisposeAsync();

    [Test]
    public async Task What_could_not_be_filed_is_filed_by_another_try()
    {
        Filing held = await Held("support");
        Assert.That(held.Outcome, Is.EqualTo(FilingOutcome.Quarantined));
        await Mend();
        Assert.That(await _gateway.Get<Quarantine>().Retry(held.RawId, default), Is.True);
        await Eventually.Holds(() => Outcomes(held.RawId) is [FilingOutcome.Filed], "filed");
        Assert.Multiple(() =>
        {
            Assert.That(_gateway.Thread(1).Messages, Has.Count.EqualTo(1));
            Assert.That(_gateway.Get<Quarantine>().All(), Is.Empty);
        });
        Assert.That(await _gateway.Get<Quarantine>().Retry(held.RawId, default), Is.False, "it is filed");
    }

    [Test]
    public async Task A_try_that_breaks_off_leaves_the_mail_in_quarantine()
    {
        Filing held = await Held("support");
        await Eventually.Holds(() => _gateway.Raw.Find(held.RawId)!.State == RawState.Done, "marked");
        Mail("CREATE TRIGGER stuck BEFORE UPDATE ON raw BEGIN SELECT RAISE(ABORT, 'stuck'); END");
        await Assert.ThatAsync(() => _gateway.Get<Quarantine>().Retry(held.RawId, default), Throws.TypeOf<SqliteException>());
        Assert.That(_gateway.Get<Quarantine>().All().Select(q => q.RawId), Is.EqualTo(new[] { held.RawId }));
    }

    [Test]
    public async Task Deleting_for_ever_in_one_inbox_leaves_what_another_holds_in_quarantine()
    {
        Filing held = await Held("sales", "support@example.com", "sales@example.com");
        long id = _gateway.Get<IntakeLedger>().Of(held.RawId).Single(f => f.Outcome == FilingOutcome.Filed).ConversationId!.Value;
        await _gateway.Actions.Trash([id], TestGateway.Nobody, default);
        await _gateway.Get<Erasure>().DeleteDue(TimeProvider.System.GetUtcNow().AddDays(31), default);
        Assert.That(_gateway.Raw.Bytes(held.RawId), Is.Not.Empty);
        await Mend();
        await _gateway.Get<Quarantine>().Retry(held.RawId, default);
        await Eventually.Holds(() => !Outcomes(held.RawId).Contains(FilingOutcome.Quarantined), "filed");
    }

    /// <summary>A mail that one inbox cannot file.</summary>
    private async Task<Filing> Held(string inbox, params string[] to)
    {
        await _gateway.Inbox.Write(t => t.Execute($"CREATE TRIGGER broken BEFORE INSERT ON message WHEN new.inbox = '{inbox}' BEGIN SELECT RAISE(ABORT, 'broken'); END"));
        await _gateway.File(Sample.Mail(), "jonas@berg.example", to);
        return _gateway.Inbox.Read(r => r.First<Filing>("SELECT * FROM filing WHERE outcome = 'quarantined'"))!;
    }

    private Task<int> Mend() => _gateway.Inbox.Write(t => t.Execute("DROP TRIGGER broken"));

    private IReadOnlyList<FilingOutcome> Outcomes(long rawId) => [.. _gateway.Get<IntakeLedger>().Of(rawId).Select(f => f.Outcome)];

    private void Mail(string sql)
    {
        using SqliteConnection connection = new($"Data Source={DataFolder.MailFileOf(Path.Combine(_gateway.Folder, "data"))};Pooling=False");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
