using AiDub.Jobs.Storage.Schema;
using Microsoft.Data.Sqlite;

namespace AiDub.Jobs.Storage.Sqlite;

/// <summary>
/// The embedded record store: one SQLite file in the data folder. A new file has its indexes at once; to an older one they are added in the
/// background.
/// </summary>
public sealed class SqliteDatabase
{
    // How long a lock of another program is waited for: who asked is then told to come again, and a dub waits.
    private const int BusySeconds = 2;

    private const int CannotOpen = 14;

    private readonly string _path;
    private readonly string _connectionString;
    private readonly Lock _making = new();
    private volatile bool _isMade;

    /// <summary>The database in the data folder; its tables are made, or brought up to date, when it is first used.</summary>
    public SqliteDatabase(DataDirectory data)
    {
        _path = data.File("aidub.db");
        _connectionString = new SqliteConnectionStringBuilder
        {
            DataSource = _path,
            Pooling = true,
            DefaultTimeout = BusySeconds,
        }.ToString();
    }

    /// <summary>Opens the file, and makes its tables when they are not there; once is enough.</summary>
    public void Make()
    {
        lock (_making)
        {
            if (!_isMade)
                MakeTables();
            _isMade = true;
        }
    }

    private void MakeTables()
    {
        // The journals beside the database get its rights.
        OwnerOnly.File(_path, make: true);
        OwnerOnly.File(_path + "-wal");
        OwnerOnly.File(_path + "-shm");
        using var connection = new SqliteConnection(_connectionString);
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT (SELECT user_version FROM pragma_user_version) AS version, count(*) FROM sqlite_master";
        bool isNew;
        using (var row = command.ExecuteReader())
        {
            row.Read();
            SchemaVersion.ThrowIfUnreadable(row.GetInt32(0));
            isNew = row.GetInt32(1) == 0;
        }
        command.CommandText = SqliteTables.Script;
        command.ExecuteNonQuery();
        foreach (var table in (string[])["progress", "dubs"])
        {
            foreach (var (column, type) in SqliteOrder.Later)
                AddColumn(connection, table, column, type);
        }
        AddColumn(connection, "progress", "kept_until", "INTEGER");
        AddColumn(connection, "progress", "activity", "TEXT");
        AddColumn(connection, "progress", "steps", "TEXT");
        AddColumn(connection, "dubs", "editable_until", "INTEGER");
        AddColumn(connection, "dubs", "attempt", "INTEGER");
        AddColumn(connection, "callbacks", "user_id", "INTEGER");
        AddColumn(connection, "callbacks", "receiver", "TEXT");
        AddColumn(connection, "progress", "queue", "TEXT");
        AddColumn(connection, "progress", "ready_at", "INTEGER");
        AddColumn(connection, "progress", "taken_at", "INTEGER");
        if (!isNew)
            return;
        command.CommandText = $"{string.Join(';', SqliteTables.Indexes.Values)};PRAGMA user_version = {SchemaVersion.Current}";
        command.ExecuteNonQuery();
    }

    /// <summary>Writes one small row: returns when the file takes writes.</summary>
    public Task ProbeAsync(CancellationToken ct) => ExecuteAsync(
        "INSERT INTO health (id, at) VALUES (1, @at) ON CONFLICT (id) DO UPDATE SET at = @at", ct, ("@at", DateTimeOffset.UtcNow));

    /// <summary>Runs a statement that changes rows and returns how many it changed.</summary>
    public async Task<int> ExecuteAsync(string sql, CancellationToken ct, params (string Name, object? Value)[] parameters)
    {
        await using var connection = await OpenAsync(ct);
        await using var command = Command(connection, sql, parameters);
        return await command.ExecuteNonQueryAsync(ct);
    }

    /// <summary>Runs a statement that returns rows; every row is read before it returns.</summary>
    public async Task<List<T>> QueryAsync<T>(
        string sql, Func<SqliteDataReader, T> read, CancellationToken ct, params (string Name, object? Value)[] parameters)
    {
        await using var connection = await OpenAsync(ct);
        await using var command = Command(connection, sql, parameters);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var rows = new List<T>();
        while (await reader.ReadAsync(ct))
            rows.Add(read(reader));
        return rows;
    }

    private async Task<SqliteConnection> OpenAsync(CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        if (!_isMade)
            Make();
        // Through connections that are open a file that was removed can still be written to, and nothing of it would be found again.
        if (!File.Exists(_path))
        {
            SqliteConnection.ClearPool(new SqliteConnection(_connectionString));
            throw new SqliteException("The database's file is gone.", CannotOpen);
        }
        var connection = new SqliteConnection(_connectionString);
        await connection.OpenAsync(ct);
        return connection;
    }

    // Files that were made before a request could have the field lack its column.
    private static void AddColumn(SqliteConnection connection, string table, string column, string type)
    {
        using var command = connection.CreateCommand();
        command.CommandText = $"SELECT count(*) FROM pragma_table_info('{table}') WHERE name = '{column}'";
        if (command.ExecuteScalar() is not 0L)
            return;
        command.CommandText = $"ALTER TABLE {table} ADD COLUMN {column} {type}";
        command.ExecuteNonQuery();
    }

    private static SqliteCommand Command(SqliteConnection connection, string sql, (string Name, object? Value)[] parameters)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in parameters)
            command.Parameters.AddWithValue(name, Stored(value));
        return command;
    }

    private static object Stored(object? value) => value switch
    {
        null => DBNull.Value,
        DateTimeOffset time => time.ToUnixTimeMilliseconds(),
        Guid id => id.ToString("D"),
        _ => value,
    };
}
