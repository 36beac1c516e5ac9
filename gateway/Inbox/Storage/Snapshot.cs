using System.Data;
using System.Data.Common;
using System.Text.Json;
using Dapper;

namespace MailInbox.Inbox.Storage;

/// <summary>Reads of one connection. Parameters are the properties of <c>args</c>, rows become records by column names.</summary>
public class Snapshot : IDisposable
{
    private readonly Dictionary<(string, Type), object> _parsers = [];

    static Snapshot()
    {
        DefaultTypeMap.MatchNamesWithUnderscores = true;
        SqlMapper.AddTypeHandler(new TimeHandler());
    }

    internal Snapshot(Dialect dialect, DbConnection connection)
    {
        Dialect = dialect;
        Connection = connection;
        Statements = new Statements(connection);
    }

    public Dialect Dialect { get; }

    internal DbConnection Connection { get; }

    internal Statements Statements { get; }

    /// <summary>All rows.</summary>
    public IReadOnlyList<T> All<T>(string sql, object? args = null)
    {
        using DbDataReader reader = Statements.Bind(sql, args).ExecuteReader();
        List<T> rows = [];
        if (reader.Read())
        {
            Func<DbDataReader, T> parse = Parser<T>(sql, reader);
            do
            {
                rows.Add(parse(reader));
            }
            while (reader.Read());
        }

        return rows;
    }

    /// <summary>The first row, or the default of its type when there is none.</summary>
    public T? First<T>(string sql, object? args = null)
    {
        using DbDataReader reader = Statements.Bind(sql, args).ExecuteReader();
        return reader.Read() ? Parser<T>(sql, reader)(reader) : default;
    }

    /// <summary>Rows one by one, for what is too much to hold.</summary>
    public void Each<T>(string sql, object? args, Action<T> row)
    {
        using DbDataReader reader = Statements.Bind(sql, args).ExecuteReader();
        while (reader.Read())
        {
            row(Parser<T>(sql, reader)(reader));
        }
    }

    /// <summary>A list as <see cref="Dialect.In"/> takes it.</summary>
    public static string List<T>(IEnumerable<T> values) => JsonSerializer.Serialize(values);

    public void Dispose()
    {
        Statements.Dispose();
        Connection.Dispose();
        GC.SuppressFinalize(this);
    }

    private Func<DbDataReader, T> Parser<T>(string sql, DbDataReader reader)
    {
        if (!_parsers.TryGetValue((sql, typeof(T)), out object? parser))
        {
            parser = typeof(T).IsPrimitive || typeof(T) == typeof(string) || typeof(T) == typeof(byte[]) || Nullable.GetUnderlyingType(typeof(T)) is not null
                ? (Func<DbDataReader, T>)(r => r.IsDBNull(0) ? default! : r.GetFieldValue<T>(0))
                : reader.GetRowParser<T>();
            _parsers.Add((sql, typeof(T)), parser);
        }

        return (Func<DbDataReader, T>)parser;
    }

    private sealed class TimeHandler : SqlMapper.TypeHandler<DateTimeOffset>
    {
        public override DateTimeOffset Parse(object value) => DateTimeOffset.FromUnixTimeMilliseconds((long)value);

        public override void SetValue(IDbDataParameter parameter, DateTimeOffset value) => parameter.Value = value.ToUnixTimeMilliseconds();
    }
}
