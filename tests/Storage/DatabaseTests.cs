using MailInbox.Inbox.Storage;
using MailInbox.Tests.Support;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace MailInbox.Tests.Storage;

public sealed class DatabaseTests
{
    private TempFolder _folder = null!;
    private ChangeLog _changes = null!;
    private Database _database = null!;

    [SetUp]
    public void Open()
    {
        _folder = new TempFolder();
        _changes = new ChangeLog(TimeProvider.System);
        _database = Database.Open(_folder.File("inbox.db"), new SqliteDialect(), _changes, TimeProvider.System, NullLogger.Instance);
    }

    [TearDown]
    public void Close()
    {
        _database.Dispose();
        _folder.Dispose();
    }

    [Test]
    public async Task What_is_written_is_read()
    {
        await _database.Write(t => t.Execute("INSERT INTO round_robin (team, agent_id) VALUES (@team, @agent)", new { team = "support", agent = 7L }));
        Assert.That(_database.Read(r => r.First<long>("SELECT agent_id FROM round_robin WHERE team = 'support'")), Is.EqualTo(7));
    }

    [Test]
    public async Task Many_writers_lose_no_update()
    {
        await _database.Write(t => t.Execute("INSERT INTO round_robin (team, agent_id) VALUES ('t', 0)"));
        await Task.WhenAll(Enumerable.Range(0, 500).Select(_ => Task.Run(() =>
            _database.Write(t => t.Execute("UPDATE round_robin SET agent_id = @next WHERE team = 't'", new { next = t.First<long>("SELECT agent_id FROM round_robin WHERE team = 't'") + 1 })))));
        Assert.That(_database.Read(r => r.First<long>("SELECT agent_id FROM round_robin WHERE team = 't'")), Is.EqualTo(500));
    }

    [Test]
    public async Task A_piece_that_fails_takes_back_only_itself()
    {
        Task[] pieces = [.. Enumerable.Range(0, 100).Select(i => _database.Write(t =>
        {
            t.Execute("INSERT INTO round_robin (team, agent_id) VALUES (@team, 1)", new { team = $"team {i}" });
            if (i % 10 == 0)
            {
                throw new InvalidOperationException("piece");
            }
        }))];
        int failed = 0;
        foreach (Task piece in pieces)
        {
            try
            {
                await piece;
            }
            catch (InvalidOperationException)
            {
                failed++;
            }
        }

        Assert.Multiple(() =>
        {
            Assert.That(failed, Is.EqualTo(10));
            Assert.That(_database.Read(r => r.First<long>("SELECT count(*) FROM round_robin")), Is.EqualTo(90));
            Assert.That(_database.Read(r => r.First<long>("SELECT count(*) FROM round_robin WHERE team = 'team 10'")), Is.Zero);
        });
    }

    [Test]
    public async Task When_the_transaction_is_gone_nobody_of_the_group_is_answered_wrongly()
    {
        using ManualResetEventSlim gate = new();
        Task first = _database.WriteOnce(_ => gate.Wait());
        Task session = _database.WriteOnce(t => t.Execute("INSERT INTO round_robin (team, agent_id) VALUES ('session', 1)"));
        Task breaking = _database.WriteOnce(t =>
        {
            // As a full disk does: the whole transaction is rolled back, not the savepoint.
            t.Execute("ROLLBACK");
            throw new IOException("the disk is full");
        });
        Task inner = _database.Write(t => t.Execute("INSERT INTO round_robin (team, agent_id) VALUES ('inner', 1) ON CONFLICT DO NOTHING"));
        gate.Set();
        await Assert.ThatAsync(() => session, Throws.TypeOf<IOException>(), "a session is told to come back");
        await Assert.ThatAsync(() => breaking, Throws.TypeOf<IOException>());
        await Assert.ThatAsync(() => first, Throws.TypeOf<IOException>());
        await inner;
        Assert.Multiple(() =>
        {
            Assert.That(_database.Read(r => r.First<long>("SELECT count(*) FROM round_robin WHERE team = 'session'")), Is.Zero);
            Assert.That(_database.Read(r => r.First<long>("SELECT count(*) FROM round_robin WHERE team = 'inner'")), Is.EqualTo(1), "inner work is tried again alone");
        });
    }

    [Test]
    public async Task A_piece_that_has_failed_is_not_run_again_when_its_group_breaks()
    {
        using ManualResetEventSlim gate = new();
        int runs = 0;
        Task first = _database.WriteOnce(_ => gate.Wait());
        Task failing = _database.Write(_ => runs++ == 0 ? throw new InvalidOperationException("its own fault") : runs);
        Task breaking = _database.WriteOnce(t =>
        {
            t.Execute("ROLLBACK");
            throw new IOException("the disk is full");
        });
        gate.Set();
        await Assert.ThatAsync(() => failing, Throws.InvalidOperationException);
        await Assert.ThatAsync(() => first, Throws.TypeOf<IOException>());
        await Assert.ThatAsync(() => breaking, Throws.TypeOf<IOException>());
        await _database.Write(_ => { });
        Assert.That(runs, Is.EqualTo(1), "its caller was told that nothing was done");
    }

    [Test]
    public async Task What_a_piece_touched_is_announced_after_the_commit_and_not_when_it_failed()
    {
        long before = _changes.Newest;
        await _database.Write(t => t.Touch("support", 1));
        await Assert.ThatAsync(
            () => _database.Write(t =>
            {
                t.Touch("support", 2);
                throw new InvalidOperationException();
            }),
            Throws.InvalidOperationException);
        await _database.Write(t => t.Touch("support", 3));
        Assert.That(_changes.After(before)!.Select(c => c.ConversationId), Is.EqualTo(new[] { 1, 3 }));
    }

    [Test]
    public void A_reader_cannot_write()
    {
        Assert.Throws<SqliteException>(() => _database.Read(r => r.First<long>("INSERT INTO round_robin (team, agent_id) VALUES ('x', 1) RETURNING agent_id")));
    }

    [Test]
    public async Task A_commit_is_flushed_to_the_disk()
    {
        // 2 is FULL: the promise of 250 rests on this setting of the writer's connection.
        Assert.That(await _database.Write(t => t.First<long>("PRAGMA synchronous")), Is.EqualTo(2));
    }

    [Test]
    public async Task Newer_tables_than_this_program_knows_are_refused()
    {
        await _database.Write(t => t.Execute("INSERT INTO schema_version (version, applied_at) VALUES (9999, 0)"));
        _database.Dispose();
        DatabaseRefusal? refusal = Assert.Throws<DatabaseRefusal>(() => Database.Open(_folder.File("inbox.db"), new SqliteDialect(), _changes, TimeProvider.System, NullLogger.Instance));
        Assert.That(refusal!.Message, Does.Contain("newer MailInbox"));
    }
}
