using System.Data.Common;
using System.Globalization;
using Microsoft.Extensions.Logging;

namespace MailInbox.Inbox.Storage;

/// <summary>Brings a database up to date: numbered SQL files, each in a transaction, after a copy of what was there.</summary>
internal sealed class Migrator(Dialect dialect, TimeProvider clock, ILogger logger)
{
    /// <summary>Copies made before migrations hold mail too, so they do not stay.</summary>
    private static readonly TimeSpan CopyLife = TimeSpan.FromDays(14);

    /// <summary>Applies what is missing. Throws <see cref="DatabaseRefusal"/> when the database is newer than this program.</summary>
    public void Migrate(DbConnection connection, string place, IReadOnlyList<Migration> steps)
    {
        ExpireCopies(place);
        Run(connection, "CREATE TABLE IF NOT EXISTS schema_version (version BIGINT NOT NULL, applied_at BIGINT NOT NULL)");
        long version = Version(connection);
        if (version > steps[^1].Number)
        {
            throw new DatabaseRefusal($"{place} was written by a newer MailInbox (version {version} of its tables, this program knows {steps[^1].Number}). Start that version, or restore a copy.");
        }

        List<Migration> missing = [.. steps.Where(s => s.Number > version)];
        if (version > 0 && missing.Count > 0)
        {
            string target = string.Create(CultureInfo.InvariantCulture, $"{place}.before-{missing[^1].Number:0000}-{clock.GetUtcNow():yyyyMMddHHmmss}");
            dialect.Copy(connection, target);
            logger.LogInformation("Copied {Place} to {Target} before changing its tables", place, target);
        }

        missing.ForEach(step => Apply(connection, step));
    }

    private void Apply(DbConnection connection, Migration step)
    {
        Run(connection, dialect.Begin);
        try
        {
            Run(connection, dialect.Words.Aggregate(step.Sql, (sql, word) => sql.Replace("{" + word.Key + "}", word.Value, StringComparison.Ordinal)));
            Run(connection, string.Create(CultureInfo.InvariantCulture, $"INSERT INTO schema_version VALUES ({step.Number}, {clock.GetUtcNow().ToUnixTimeMilliseconds()})"));
            Run(connection, "COMMIT");
        }
        catch
        {
            Run(connection, "ROLLBACK");
            throw;
        }
    }

    private void ExpireCopies(string place)
    {
        string? folder = Path.GetDirectoryName(Path.GetFullPath(place));
        foreach (string copy in Directory.EnumerateFiles(folder!, Path.GetFileName(place) + ".before-*"))
        {
            if (clock.GetUtcNow() - File.GetLastWriteTimeUtc(copy) > CopyLife)
            {
                File.Delete(copy);
            }
        }
    }

    private static long Version(DbConnection connection)
    {
        using DbCommand command = connection.CreateCommand();
        command.CommandText = "SELECT coalesce(max(version), 0) FROM schema_version";
        return Convert.ToInt64(command.ExecuteScalar(), CultureInfo.InvariantCulture);
    }

    private static void Run(DbConnection connection, string sql)
    {
        using DbCommand command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}

/// <summary>The database cannot be used by this program.</summary>
public sealed class DatabaseRefusal(string message) : Exception(message);
