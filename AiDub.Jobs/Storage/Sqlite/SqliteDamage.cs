using Microsoft.Data.Sqlite;

namespace AiDub.Jobs.Storage.Sqlite;

/// <summary>Whether a database was found damaged: what is written to it then may damage more, and what is read may be wrong.</summary>
/// <param name="connectionString">How it is opened.</param>
internal sealed class SqliteDamage(string connectionString)
{
    private const int Corrupt = 11;
    private const int NotADatabase = 26;

    // The rest of a result code says more than is asked here.
    private const int PrimaryCode = 0xff;

    private readonly Lock _looking = new();
    private volatile bool _isNoted;

    /// <summary>Whether it was, and was not found whole since.</summary>
    public bool IsNoted => _isNoted;

    /// <summary>Notes what an error tells of it. Answers false always, so that it can stand in a filter of exceptions.</summary>
    public bool Note(Exception error)
    {
        if (error is SqliteException { SqliteErrorCode: var code } && (code & PrimaryCode) is Corrupt or NotADatabase)
            _isNoted = true;
        return false;
    }

    /// <summary>Refuses a database that was found damaged.</summary>
    /// <exception cref="SqliteException">It was.</exception>
    public void ThrowIfNoted()
    {
        if (_isNoted)
            throw Error();
    }

    /// <summary>
    /// Looks whether it is whole by now, by a connection of its own, which has kept nothing of the file and makes none; one look at a time,
    /// for a large file takes long.
    /// </summary>
    /// <param name="forget">Closes the connections that are kept: they may be to the damaged file, or remember what it held.</param>
    /// <exception cref="SqliteException">It is not, or it is gone.</exception>
    public void Look(Action forget)
    {
        if (!_looking.TryEnter())
            throw Error();
        try
        {
            using var connection = new SqliteConnection(connectionString + ";Mode=ReadWrite");
            connection.Open();
            using var look = connection.CreateCommand();
            look.CommandText = "PRAGMA integrity_check(1)";
            if (look.ExecuteScalar() is not "ok")
                throw Error();
            forget();
            _isNoted = false;
        }
        finally
        {
            _looking.Exit();
        }
    }

    private static SqliteException Error() => new("The database's file is damaged.", Corrupt);
}
