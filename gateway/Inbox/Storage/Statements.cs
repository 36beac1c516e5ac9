using System.Collections.Concurrent;
using System.Data.Common;
using System.Linq.Expressions;
using System.Reflection;

namespace MailInbox.Inbox.Storage;

/// <summary>Prepared statements of one connection, by their text. Preparing costs more than running most of them.</summary>
internal sealed class Statements(DbConnection connection) : IDisposable
{
    /// <summary>Statements kept; texts are constants of the program, so more would mean that one is built from data.</summary>
    private const int Most = 500;

    private static readonly ConcurrentDictionary<Type, Field[]> Fields = [];

    private readonly Dictionary<string, DbCommand> _commands = [];

    /// <summary>What was prepared so far; tests look at how it is carried out.</summary>
    public IReadOnlyCollection<string> Texts => _commands.Keys;

    /// <summary>The statement with its parameters bound from the properties of <paramref name="args"/>.</summary>
    public DbCommand Bind(string sql, object? args)
    {
        if (!_commands.TryGetValue(sql, out DbCommand? command))
        {
            command = Prepare(sql, args);
        }

        if (args is not null)
        {
            Field[] fields = Fields.GetOrAdd(args.GetType(), FieldsOf);
            for (int i = 0; i < fields.Length; i++)
            {
                command.Parameters[i].Value = Column(fields[i].Read(args));
            }
        }

        return command;
    }

    public void Dispose()
    {
        foreach (DbCommand command in _commands.Values)
        {
            command.Dispose();
        }

        _commands.Clear();
    }

    private DbCommand Prepare(string sql, object? args)
    {
        if (_commands.Count >= Most)
        {
            Dispose();
        }

        DbCommand command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (Field field in args is null ? [] : Fields.GetOrAdd(args.GetType(), FieldsOf))
        {
            DbParameter parameter = command.CreateParameter();
            parameter.ParameterName = "@" + field.Name;
            command.Parameters.Add(parameter);
        }

        _commands.Add(sql, command);
        return command;
    }

    /// <summary>Times are milliseconds since 1970 (UTC), enumerations lower-case words, booleans 0 and 1.</summary>
    private static object Column(object? value) => value switch
    {
        null => DBNull.Value,
        DateTimeOffset time => time.ToUnixTimeMilliseconds(),
        TimeSpan span => (long)span.TotalMilliseconds,
        bool flag => flag ? 1L : 0L,
        Enum word => Words.Of(word),
        _ => value,
    };

    private static Field[] FieldsOf(Type type) =>
        [.. type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Select(p => new Field(p.Name, Getter(type, p)))];

    private static Func<object, object?> Getter(Type type, PropertyInfo property)
    {
        ParameterExpression source = Expression.Parameter(typeof(object));
        Expression value = Expression.Convert(Expression.Property(Expression.Convert(source, type), property), typeof(object));
        return Expression.Lambda<Func<object, object?>>(value, source).Compile();
    }

    private sealed record Field(string Name, Func<object, object?> Read);
}
