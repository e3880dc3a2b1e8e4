namespace AiDub.Jobs.Storage.Sqlite;

/// <summary>
/// Rows as they were read through one connection. SQLite itself says whether anybody, in this process or another, has written since: then
/// they are read again.
/// </summary>
internal sealed class SqliteKeptRows
{
    private const int Most = 1024;

    private readonly Dictionary<Guid, object?> _rows = [];
    private long _version;

    /// <summary>The row with an id as it is now.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="version">What <see cref="SqliteSession.Version"/> said a moment ago, before it is read.</param>
    /// <param name="read">Reads it; null where there is none.</param>
    public T? Find<T>(Guid id, long version, Func<T?> read)
        where T : class
    {
        if (TryFind<T>(id, version, out var kept))
            return kept;
        var row = read();
        _rows[id] = row;
        return row;
    }

    /// <summary>The row with an id as it is now; false when it has to be read.</summary>
    public bool TryFind<T>(Guid id, long version, out T? row)
        where T : class
    {
        if (version != _version || _rows.Count >= Most)
            _rows.Clear();
        _version = version;
        var isKept = _rows.TryGetValue(id, out var kept);
        row = (T?)kept;
        return isKept;
    }
}
