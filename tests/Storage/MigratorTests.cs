using System.Data.Common;
using MailInbox.Inbox.Storage;
using MailInbox.Tests.Support;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace MailInbox.Tests.Storage;

public sealed class MigratorTests
{
    private static readonly Migration First = new(1, "CREATE TABLE thing (id {id}, name TEXT NOT NULL); INSERT INTO thing (name) VALUES ('kept')");
    private static readonly Migration Second = new(2, "ALTER TABLE thing ADD COLUMN colour TEXT");
    private static readonly Migration Broken = new(2, "ALTER TABLE thing ADD COLUMN colour TEXT; INSERT INTO nowhere VALUES (1)");

    private TempFolder _folder = null!;

    [SetUp]
    public void Open() => _folder = new TempFolder();

    [TearDown]
    public void Close() => _folder.Dispose();

    [Test]
    public void A_new_database_gets_every_step_and_no_copy()
    {
        Migrate(First, Second);
        Assert.Multiple(() =>
        {
            Assert.That(Ask("SELECT count(colour) + count(*) FROM thing"), Is.EqualTo(1));
            Assert.That(Copies(), Is.Empty);
        });
    }

    [Test]
    public void An_older_database_is_copied_before_it_changes()
    {
        Migrate(First);
        Migrate(First, Second);
        string copy = Copies().Single();
        using DbConnection connection = new SqliteDialect().OpenReader(copy);
        using DbCommand command = connection.CreateCommand();
        command.CommandText = "SELECT name FROM thing";
        Assert.That(command.ExecuteScalar(), Is.EqualTo("kept"));
    }

    [Test]
    public void A_step_that_fails_leaves_nothing_half_done()
    {
        Migrate(First);
        Assert.Throws<SqliteException>(() => Migrate(First, Broken));
        Assert.Multiple(() =>
        {
            Assert.That(Ask("SELECT max(version) FROM schema_version"), Is.EqualTo(1));
            Assert.That(Ask("SELECT count(*) FROM pragma_table_info('thing') WHERE name = 'colour'"), Is.Zero);
            Assert.That(Copies(), Has.Length.EqualTo(1));
        });
    }

    [Test]
    public void Copies_end_after_two_weeks()
    {
        Migrate(First);
        string old = _folder.File("x.db.before-0001-20200101000000");
        File.WriteAllText(old, "");
        File.SetLastWriteTimeUtc(old, TimeProvider.System.GetUtcNow().UtcDateTime.AddDays(-15));
        Migrate(First);
        Assert.That(File.Exists(old), Is.False);
    }

    private void Migrate(params Migration[] steps)
    {
        SqliteDialect dialect = new();
        using DbConnection connection = dialect.OpenWriter(_folder.File("x.db"));
        new Migrator(dialect, TimeProvider.System, NullLogger.Instance).Migrate(connection, _folder.File("x.db"), steps);
    }

    private long Ask(string sql)
    {
        using DbConnection connection = new SqliteDialect().OpenReader(_folder.File("x.db"));
        using DbCommand command = connection.CreateCommand();
        command.CommandText = sql;
        return (long)command.ExecuteScalar()!;
    }

    private string[] Copies() => Directory.GetFiles(_folder.Path, "x.db.before-*");
}
