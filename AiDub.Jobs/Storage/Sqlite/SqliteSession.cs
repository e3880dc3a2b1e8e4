using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace AiDub.Jobs.Storage.Sqlite;

/// <summary>
/// A connection that stays open, with the statements that were run through it, prepared once. One caller uses it at a time.
/// </summary>
internal sealed class SqliteSession : IDisposable
{
    // More different ones are only made by lists, whose texts vary.
    private const int MostStatements = 128;

    private readonly SqliteConnection _connection;
    private readonly Dictionary<string, SqliteCommand> _statements = [];

    /// <summary>Opens the file that a connection string names.</summary>
    /// <param name="connectionString">Names the file.</param>
    /// <param name="opening">Which file of that name it is.</param>
    public SqliteSession(string connectionString, int opening)
    {
        Opening = opening;
        _connection = new SqliteConnection(connectionString);
        _connection.Open();
    }

    /// <summary>Which file of its name is open: one that was removed may have come back as another.</summary>
    public int Opening { get; }

    /// <summary>Rows that were read through it, and are kept while nobody has written.</summary>
    public SqliteKeptRows Kept { get; } = new();

    /// <summary>Whether a transaction is open.</summary>
    public bool IsInTransaction => raw.sqlite3_get_autocommit(_connection.Handle) == 0;

    /// <summary>Runs what has no parameters and no rows; returns the result code of SQLite, 0 when it went well.</summary>
    public int TryRun(string sql) => raw.sqlite3_exec(_connection.Handle, sql);

    /// <summary>The same.</summary>
    /// <exception cref="SqliteException">It did not go well.</exception>
    public void Run(string sql) => ThrowUnlessDone(TryRun(sql));

    /// <summary>Throws what a result code means.</summary>
    public void ThrowUnlessDone(int code) => SqliteException.ThrowExceptionForRC(code, _connection.Handle);

    /// <summary>Runs a statement that changes rows and returns how many it changed.</summary>
    public int Execute(string sql, (string Name, object? Value)[] parameters) => Statement(sql, parameters).ExecuteNonQuery();

    /// <summary>Runs a statement that returns rows; every row is read before it returns.</summary>
    public List<T> Query<T>(string sql, Func<SqliteDataReader, T> read, (string Name, object? Value)[] parameters)
    {
        using var reader = Statement(sql, parameters).ExecuteReader();
        var rows = new List<T>();
        while (reader.Read())
            rows.Add(read(reader));
        return rows;
    }

    /// <summary>Differs from what it was when another connection, of this process or another, has written since.</summary>
    public long Version() => (long)Statement("PRAGMA data_version", []).ExecuteScalar()!;

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (var statement in _statements.Values)
            statement.Dispose();
        _connection.Dispose();
    }

    private SqliteCommand Statement(string sql, (string Name, object? Value)[] parameters)
    {
        if (!_statements.TryGetValue(sql, out var statement))
        {
            Forget();
            statement = _connection.CreateCommand();
            statement.CommandText = sql;
            foreach (var (name, _) in parameters)
                statement.Parameters.Add(new SqliteParameter { ParameterName = name });
            _statements.Add(sql, statement);
        }
        // One text comes from one place, which names its parameters in one order.
        for (var i = 0; i < parameters.Length; i++)
            statement.Parameters[i].Value = Stored(parameters[i].Value);
        return statement;
    }

    private void Forget()
    {
        if (_statements.Count < MostStatements)
            return;
        foreach (var statement in _statements.Values)
            statement.Dispose();
        _statements.Clear();
    }

    private static object Stored(object? value) => value switch
    {
        null => DBNull.Value,
        DateTimeOffset time => time.ToUnixTimeMilliseconds(),
        Guid id => id.ToString("D"),
        _ => value,
    };
}
