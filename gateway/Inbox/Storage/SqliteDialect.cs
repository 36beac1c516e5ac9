using System.Data.Common;
using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace MailInbox.Inbox.Storage;

/// <summary>SQLite from 3.35 on. A place is a file.</summary>
public sealed class SqliteDialect : Dialect
{
    /// <summary>Pages of the write-ahead log (4 KB each) before they move into the file: fewer, longer checkpoints than SQLite's 1,000.</summary>
    private const int CheckpointPages = 4_000;

    private static readonly Lock LoadGate = new();
    private static bool _loaded;

    public SqliteDialect() => Load();

    public override IReadOnlyDictionary<string, string> Words { get; } = new Dictionary<string, string>
    {
        ["id"] = "INTEGER PRIMARY KEY AUTOINCREMENT",
        ["key"] = "INTEGER PRIMARY KEY",
        ["bytes"] = "BLOB",
    };

    public override string Begin => "BEGIN IMMEDIATE";

    public override DbConnection OpenWriter(string place)
    {
        bool fresh = !File.Exists(place);
        DbConnection connection = Open(place, SqliteOpenMode.ReadWriteCreate);
        if (fresh)
        {
            // Only possible before the first table.
            Run(connection, "PRAGMA auto_vacuum=INCREMENTAL");
        }

        Run(connection, "PRAGMA journal_mode=WAL");
        Run(connection, "PRAGMA synchronous=FULL");
        Run(connection, "PRAGMA secure_delete=ON");
        Run(connection, "PRAGMA foreign_keys=ON");
        Run(connection, "PRAGMA cache_size=-32000");
        Run(connection, $"PRAGMA wal_autocheckpoint={CheckpointPages}");
        Run(connection, "PRAGMA journal_size_limit=67108864");
        return connection;
    }

    public override DbConnection OpenReader(string place)
    {
        DbConnection connection = Open(place, SqliteOpenMode.ReadOnly);
        Run(connection, "PRAGMA query_only=ON");
        Run(connection, "PRAGMA cache_size=-8000");
        return connection;
    }

    public override string In(string column, string parameter) => $"{column} IN (SELECT value FROM json_each({parameter}))";

    // A full disk rolls back the transaction, not the savepoint: only SQLite itself knows.
    public override bool TransactionGone(DbConnection connection) => raw.sqlite3_get_autocommit(((SqliteConnection)connection).Handle) != 0;

    public override bool IsFull(Exception failure) => failure is SqliteException { SqliteErrorCode: raw.SQLITE_FULL };

    public override bool IsOutage(Exception failure) => failure is SqliteException
    {
        SqliteErrorCode: raw.SQLITE_FULL or raw.SQLITE_IOERR or raw.SQLITE_BUSY or raw.SQLITE_LOCKED or raw.SQLITE_NOMEM or raw.SQLITE_READONLY or raw.SQLITE_CANTOPEN,
    };

    public override void Copy(DbConnection writer, string target)
    {
        using DbCommand copy = writer.CreateCommand();
        copy.CommandText = "VACUUM INTO @target";
        copy.Parameters.Add(new SqliteParameter("@target", target));
        copy.ExecuteNonQuery();
    }

    public override void Shrink(DbConnection writer)
    {
        Run(writer, "PRAGMA incremental_vacuum");
        Run(writer, "PRAGMA wal_checkpoint(TRUNCATE)");
    }

    private static SqliteConnection Open(string place, SqliteOpenMode mode)
    {
        string text = new SqliteConnectionStringBuilder { DataSource = place, Mode = mode, Pooling = false, DefaultTimeout = 10 }.ConnectionString;
        SqliteConnection connection = new(text);
        connection.Open();
        return connection;
    }

    private static void Run(DbConnection connection, string sql)
    {
        using DbCommand command = connection.CreateCommand();
        command.CommandText = sql;
        using DbDataReader rows = command.ExecuteReader();
        while (rows.Read())
        {
            // Some pragmas work row by row.
        }
    }

    // The machine's SQLite, when it is newer than the packaged 3.35.5, carries the distribution's security fixes.
    private static void Load()
    {
        lock (LoadGate)
        {
            if (_loaded)
            {
                return;
            }

            nint system = NewerSystemLibrary();
            NativeLibrary.SetDllImportResolver(typeof(SQLite3Provider_e_sqlite3).Assembly, (name, _, _) => name == "e_sqlite3" ? system : 0);
            Batteries_V2.Init();
            _loaded = true;
        }
    }

    private static nint NewerSystemLibrary()
    {
        if (!OperatingSystem.IsLinux() || !NativeLibrary.TryLoad("libsqlite3.so.0", out nint library) || !NativeLibrary.TryGetExport(library, "sqlite3_libversion_number", out nint export))
        {
            return 0;
        }

        int version = Marshal.GetDelegateForFunctionPointer<LibraryVersion>(export)();
        return version > 3_035_005 ? library : 0;
    }

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate int LibraryVersion();
}
