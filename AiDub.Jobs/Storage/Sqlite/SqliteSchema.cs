using AiDub.Jobs.Storage.Schema;

namespace AiDub.Jobs.Storage.Sqlite;

/// <summary>The version in the file's <c>user_version</c>, and the tables' indexes.</summary>
public sealed class SqliteSchema(SqliteDatabase database) : IRecordSchema
{
    /// <inheritdoc />
    public async Task<int> VersionAsync(CancellationToken ct) =>
        (await database.QueryAsync("PRAGMA user_version", row => row.GetInt32(0), ct)).Single();

    /// <inheritdoc />
    public async Task NoteVersionAsync(CancellationToken ct)
    {
        if (await VersionAsync(ct) < SchemaVersion.Current)
            await database.ExecuteAsync($"PRAGMA user_version = {SchemaVersion.Current}", ct);
    }

    /// <inheritdoc />
    public async Task<IReadOnlyList<string>> FindMissingAsync(CancellationToken ct)
    {
        var there = (await database.QueryAsync("SELECT name FROM sqlite_master WHERE type = 'index'", row => row.GetString(0), ct))
            .ToHashSet();
        return [.. SqliteTables.Indexes.Keys.Where(name => !there.Contains(name))];
    }

    /// <inheritdoc />
    public Task CreateAsync(string index, CancellationToken ct) => database.ExecuteAsync(SqliteTables.Indexes[index], ct);
}
