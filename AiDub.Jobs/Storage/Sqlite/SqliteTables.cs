using AiDub.Jobs.Storage.Schema;
using Microsoft.Data.Sqlite;

namespace AiDub.Jobs.Storage.Sqlite;

/// <summary>The tables of the embedded database, and their indexes.</summary>
internal static class SqliteTables
{
    private static readonly string Schema = $"""
        PRAGMA journal_mode = WAL;
        CREATE TABLE IF NOT EXISTS progress (
            {SqliteOrder.Definitions},
            progress TEXT NOT NULL,
            percent INTEGER NOT NULL,
            activity TEXT,
            attempt INTEGER NOT NULL,
            faults INTEGER NOT NULL,
            kills INTEGER,
            heartbeat_at INTEGER,
            job_id TEXT,
            queue TEXT,
            ready_at INTEGER,
            taken_at INTEGER,
            exception TEXT,
            exception_code TEXT,
            final_response TEXT,
            created_at INTEGER NOT NULL,
            updated_at INTEGER NOT NULL,
            expires_at INTEGER,
            kept_until INTEGER,
            steps TEXT
        ) WITHOUT ROWID;
        CREATE INDEX IF NOT EXISTS progress_updated_at ON progress (updated_at) WHERE expires_at IS NULL;
        CREATE INDEX IF NOT EXISTS progress_expires_at ON progress (expires_at) WHERE expires_at IS NOT NULL;
        CREATE INDEX IF NOT EXISTS progress_running ON progress (user_id) WHERE expires_at IS NULL;
        CREATE INDEX IF NOT EXISTS progress_unfinished ON progress (created_at, request_id) WHERE expires_at IS NULL;
        CREATE INDEX IF NOT EXISTS progress_newest ON progress (user_id, created_at, request_id);
        CREATE INDEX IF NOT EXISTS progress_newest_of_project ON progress (user_id, project_id, created_at, request_id);
        CREATE TABLE IF NOT EXISTS served (
            user_id INTEGER PRIMARY KEY,
            served_at INTEGER NOT NULL
        );
        CREATE TABLE IF NOT EXISTS submission_claims (
            user_id INTEGER NOT NULL,
            claim_key TEXT NOT NULL,
            body_hash TEXT NOT NULL,
            ids TEXT NOT NULL,
            accepted INTEGER NOT NULL,
            expires_at INTEGER NOT NULL,
            PRIMARY KEY (user_id, claim_key)
        ) WITHOUT ROWID;
        CREATE INDEX IF NOT EXISTS submission_claims_expires_at ON submission_claims (expires_at);
        CREATE TABLE IF NOT EXISTS dubs (
            {SqliteOrder.Definitions},
            result_key TEXT NOT NULL,
            response TEXT NOT NULL,
            created_at INTEGER NOT NULL,
            finished_at INTEGER NOT NULL,
            editable_until INTEGER,
            attempt INTEGER
        ) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS dub_bars (
            request_id TEXT PRIMARY KEY,
            shut_out INTEGER NOT NULL,
            barred_at INTEGER NOT NULL
        ) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS edits (
            request_id TEXT PRIMARY KEY,
            revision INTEGER NOT NULL,
            segments TEXT NOT NULL
        ) WITHOUT ROWID;
        CREATE INDEX IF NOT EXISTS dubs_newest ON dubs (user_id, created_at, request_id);
        CREATE INDEX IF NOT EXISTS dubs_newest_of_project ON dubs (user_id, project_id, created_at, request_id);
        CREATE TABLE IF NOT EXISTS callbacks (
            request_id TEXT NOT NULL,
            attempt INTEGER NOT NULL,
            user_id INTEGER,
            receiver TEXT,
            state TEXT NOT NULL,
            attempts TEXT NOT NULL,
            claims INTEGER NOT NULL,
            next_at INTEGER,
            set_at INTEGER,
            created_at INTEGER NOT NULL,
            PRIMARY KEY (request_id, attempt)
        ) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS health (
            id INTEGER PRIMARY KEY,
            at INTEGER NOT NULL
        );
        CREATE INDEX IF NOT EXISTS callbacks_next_at ON callbacks (next_at) WHERE next_at IS NOT NULL;
        CREATE TABLE IF NOT EXISTS leases (
            name TEXT PRIMARY KEY,
            holder TEXT NOT NULL,
            until INTEGER NOT NULL
        ) WITHOUT ROWID;
        """;

    // Columns that files of earlier versions lack.
    private static readonly (string Table, string Name, string Type)[] LaterColumns =
    [
        .. SqliteOrder.Later.Select(later => ("progress", later.Name, later.Type)),
        .. SqliteOrder.Later.Select(later => ("dubs", later.Name, later.Type)),
        ("progress", "kept_until", "INTEGER"),
        ("progress", "activity", "TEXT"),
        ("progress", "steps", "TEXT"),
        ("dubs", "editable_until", "INTEGER"),
        ("dubs", "attempt", "INTEGER"),
        ("callbacks", "user_id", "INTEGER"),
        ("callbacks", "receiver", "TEXT"),
        ("callbacks", "set_at", "INTEGER"),
        ("progress", "queue", "TEXT"),
        ("progress", "ready_at", "INTEGER"),
        ("progress", "taken_at", "INTEGER"),
        ("progress", "kills", "INTEGER"),
    ];

    // On columns that were added later, which older files lack.
    private const string LaterIndexes = """
        CREATE INDEX IF NOT EXISTS dubs_finished_at ON dubs (finished_at);
        CREATE INDEX IF NOT EXISTS dubs_editable_until ON dubs (editable_until) WHERE editable_until IS NOT NULL;
        CREATE INDEX IF NOT EXISTS progress_ready ON progress (ready_at) WHERE ready_at IS NOT NULL;
        CREATE INDEX IF NOT EXISTS progress_taken ON progress (user_id) WHERE taken_at IS NOT NULL;
        """;

    /// <summary>The statements that make the indexes, by name.</summary>
    public static IReadOnlyDictionary<string, string> Indexes { get; } = Statements(Schema + LaterIndexes)
        .Where(IsIndex)
        .ToDictionary(sql => sql.Split(' ')[5]);

    /// <summary>
    /// Makes the tables and columns that are not there. A new file has its indexes at once, and says that it is of this version.
    /// </summary>
    public static void Make(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT (SELECT user_version FROM pragma_user_version) AS version, count(*) FROM sqlite_master";
        bool isNew;
        using (var row = command.ExecuteReader())
        {
            row.Read();
            SchemaVersion.ThrowIfUnreadable(row.GetInt32(0));
            isNew = row.GetInt32(1) == 0;
        }
        command.CommandText = string.Join(';', Statements(Schema).Where(sql => !IsIndex(sql)));
        command.ExecuteNonQuery();
        foreach (var (table, name, type) in LaterColumns)
            AddColumn(command, table, name, type);
        if (!isNew)
            return;
        command.CommandText = $"{string.Join(';', Indexes.Values)};PRAGMA user_version = {SchemaVersion.Current}";
        command.ExecuteNonQuery();
    }

    private static void AddColumn(SqliteCommand command, string table, string name, string type)
    {
        command.CommandText = $"SELECT count(*) FROM pragma_table_info('{table}') WHERE name = '{name}'";
        if (command.ExecuteScalar() is not 0L)
            return;
        command.CommandText = $"ALTER TABLE {table} ADD COLUMN {name} {type}";
        command.ExecuteNonQuery();
    }

    private static IEnumerable<string> Statements(string sql) =>
        sql.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private static bool IsIndex(string sql) => sql.StartsWith("CREATE INDEX", StringComparison.Ordinal);
}
